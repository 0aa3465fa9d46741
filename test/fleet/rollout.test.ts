import fc from 'fast-check';
import { isRolledOut, rollOut } from '../../bin/fleet/rollout';
import type { Rollout, RolloutRule } from '../../bin/fleet/rollout';

const ten = Array.from({ length: 10 }, (_, i) => `till-${i + 1}`);

/** What is wrong with some devices. */
interface World {
  readonly broken?: readonly string[];
  readonly offline?: readonly string[];
}

async function rolled(
  devices: readonly string[],
  rule: RolloutRule,
  { broken = [], offline = [] }: World = {},
): Promise<{ rollout: Rollout; said: string[]; tried: string[][] }> {
  const [said, tried]: [string[], string[][]] = [[], []];
  const rollout = await rollOut(devices, rule, {
    reach: device => Promise.resolve(offline.includes(device) ? 'no answer' : undefined),
    change: some => {
      tried.push([...some]);
      return Promise.resolve(
        some.filter(each => broken.includes(each)).map(device => ({ device, because: 'the disk is full' })),
      );
    },
    tell: line => said.push(line),
  });
  return { rollout, said, tried };
}

describe('a rollout', () => {
  it('takes a canary first, leaves out who is offline, and reports each wave', async () => {
    const world = { broken: ['till-4'], offline: ['till-1', 'till-7'] };
    const { rollout, said } = await rolled(ten, { canary: 1, wave: 4, failures: 1 }, world);
    expect(said).toEqual([
      'till-1 is left out: no answer',
      'till-7 is left out: no answer',
      'wave 1 (canary): 1 of 1 devices changed: till-2',
      'wave 2: 3 of 4 devices changed: till-3, till-5, till-6',
      'till-4 failed: the disk is full',
      'wave 3: 3 of 3 devices changed: till-8, till-9, till-10',
    ]);
    expect(isRolledOut(rollout)).toBe(false);
  });

  it('ends with its canary', async () => {
    const { rollout, said } = await rolled(ten, { canary: 2, wave: 4, failures: 5 }, { broken: ['till-2'] });
    expect(rollout.waiting).toEqual(ten.slice(2));
    expect(said.at(-1)).toMatch(/^8 devices are not tried, because 1 failed: till-3, till-4/);
  });

  it('goes on where it ended', async () => {
    const rule = { canary: 1, wave: 3, failures: 0 };
    const first = await rolled(ten, rule, { broken: ['till-3'] });
    const done = first.rollout.waves.flatMap(wave => wave.done);
    const left = ten.filter(device => !done.includes(device));
    const second = await rolled(left, rule);
    expect(second.tried.flat()).toEqual(left);
    expect(isRolledOut(second.rollout)).toBe(true);
  });

  it('tries no device twice and none after too many failures, whatever breaks', async () => {
    const names = fc.uniqueArray(
      fc.integer({ min: 0, max: 60 }).map(n => `d${n}`),
      { maxLength: 40 },
    );
    const rules = fc.record({
      canary: fc.integer({ min: 1, max: 3 }),
      wave: fc.integer({ min: 1, max: 9 }),
      failures: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(names, names, names, rules, async (devices, broken, offline, rule) => {
        const { rollout, tried } = await rolled(devices, rule, { broken, offline });
        const { waves, waiting } = rollout;
        const all = [...waves.flatMap(({ done, failed }) => [...done, ...failed.map(each => each.device)])];
        expect([...all, ...rollout.offline.map(each => each.device), ...waiting].sort()).toEqual(
          [...devices].sort(),
        );
        expect(tried.flat().some(device => offline.includes(device))).toBe(false);
        // Before each wave no more had failed than may.
        waves.forEach((_, at) => {
          const failed = waves.slice(0, at).flatMap(wave => wave.failed).length;
          expect(failed <= (at === 1 ? 0 : rule.failures)).toBe(true);
        });
        expect(
          waves.every(
            ({ done, failed }, at) => done.length + failed.length <= (at === 0 ? rule.canary : rule.wave),
          ),
        ).toBe(true);
      }),
      { numRuns: 200, seed: 13 },
    );
  });
});
