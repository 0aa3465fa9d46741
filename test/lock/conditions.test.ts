import fc from 'fast-check';
import { checkLock, decide, parseLock, settledConditions, writeLock } from '../../config';
import type { Environment, Lock } from '../../config';
import { namedUnits } from '../../lock/conditions';
import { asOf, chat, environmentWith } from '../placement/offers';
import { catalogWith } from '../placement/small-catalog';

// Decisions are computed, not waited for.
jest.setTimeout(240_000);

const catalog = catalogWith(['gpt-5-mini', 'gpt-5.1'], [], []);
const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
const read = (text: string): Lock => parseLock(text, 'x.lock.json', 'place again', catalog);

/** A workload as an edit leaves it: its name, the model that it asks for, and how many requests. */
interface Wanted {
  readonly name: string;
  readonly model: string;
  readonly requestsPerDay: number;
  readonly formerly?: string;
}

function environmentOf(wanted: readonly Wanted[]): Environment {
  const inputs = wanted.map(({ name, model, requestsPerDay, formerly }) =>
    chat({
      name,
      ...(formerly === undefined ? {} : { formerly }),
      pin: { venue: 'hosted', model, sku: 'GlobalStandard' },
      traffic: { requestsPerDay, inputTokens: 100, outputTokens: 10 },
    }),
  );
  return environmentWith(inputs, { azure, aws: undefined, devices: {}, weights: {}, engines: [] });
}

/** What place writes over a lock. */
async function placed(environment: Environment, before?: Lock): Promise<string> {
  const named = before && namedUnits(before.decision, before.going);
  const decision = await decide(environment, catalog, { asOf, named });
  return writeLock(environment, decision, before);
}

const afterDeploy = (lock: Lock): Lock => ({ ...lock, ...settledConditions, moves: [] });
const addressOf = ({ decision }: Lock, workload: string): string | undefined =>
  decision.placements.find(each => each.workload === workload)?.unit;
const mini = { name: 'chat', model: 'gpt-5-mini', requestsPerDay: 10 };
const other = { ...mini, model: 'gpt-5.1' };

describe('the units of a lock', () => {
  it('come when they are placed, and serve when somebody says that they are deployed', async () => {
    const first = read(await placed(environmentOf([mini])));
    expect([first.coming, first.going]).toEqual([['chat'], []]);
    const again = read(await placed(environmentOf([mini]), afterDeploy(first)));
    expect([again.coming, again.going]).toEqual([[], []]);
  });

  it('go when they are wanted no more, however often it is placed again, and come back under their id', async () => {
    let lock = afterDeploy(read(await placed(environmentOf([mini]))));
    for (const requestsPerDay of [10, 11]) {
      lock = read(await placed(environmentOf([{ ...other, requestsPerDay }]), lock));
      expect([lock.coming, lock.going.map(({ unit, served }) => [unit.id, served])]).toEqual([
        ['chat-2'],
        [['chat', true]],
      ]);
    }
    lock = read(await placed(environmentOf([mini]), lock));
    expect([lock.coming, lock.going.map(({ unit, served }) => [unit.id, served])]).toEqual([
      [],
      [['chat-2', false]],
    ]);
    expect(addressOf(lock, 'chat')).toBe('chat');
  });

  it('are held as they were, with the workloads that were on them by the names that these have now', async () => {
    const before = afterDeploy(read(await placed(environmentOf([mini]))));
    const after = read(await placed(environmentOf([{ ...other, name: 'talk', formerly: 'chat' }]), before));
    expect(after.going[0]?.unit).toEqual(before.decision.units[0]);
    expect(after.going[0]?.placements).toEqual([{ workload: 'talk', model: 'gpt-5-mini' }]);
    expect(after.deployed.workloads).toEqual({ talk: 'chat' });
    const later = read(await placed(environmentOf([{ ...other, name: 'talk' }, mini]), after));
    expect(later.deployed.workloads).toEqual({ talk: 'chat', chat: 'chat-x2' });
  });

  it('are never lost, nor renamed by what happens to others, over any edits with deploys in between', async () => {
    const step = fc.record({
      wanted: fc.uniqueArray(
        fc.record({
          name: fc.constantFrom('aaa', 'kit', 'law'),
          model: fc.constantFrom('gpt-5-mini', 'gpt-5.1'),
          requestsPerDay: fc.constantFrom(10, 100_000),
        }),
        { selector: ({ name }) => name, minLength: 1 },
      ),
      deployed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async steps => {
        let lock: Lock | undefined;
        let models = new Map<string, string>();
        let serving: string[] = [];
        for (const { wanted, deployed } of steps) {
          const environment = environmentOf(wanted);
          const text = await placed(environment, lock);
          const next = read(text);
          expect(checkLock(environment, next, catalog)).toEqual([]);
          expect(await placed(environment, next)).toBe(text);
          const held = [...next.decision.units, ...next.going.map(({ unit }) => unit)].map(({ id }) => id);
          expect(new Set(held).size).toBe(held.length);
          expect(serving.filter(id => !held.includes(id))).toEqual([]);
          for (const { name, model } of wanted)
            if (lock && models.get(name) === model) expect(addressOf(next, name)).toBe(addressOf(lock, name));
          lock = deployed ? afterDeploy(next) : next;
          if (deployed) serving = next.decision.units.map(({ id }) => id);
          models = new Map(wanted.map(({ name, model }) => [name, model]));
        }
      }),
      { numRuns: 25, seed: 10 },
    );
  });
});
