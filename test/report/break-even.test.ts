import fc from 'fast-check';
import { firstChange, hasChanged, toleranceUsd } from '../../report/break-even';
import type { Race } from '../../report/break-even';

const never = (): number => Infinity;

/** Machines at a price that carry a multiple of today's traffic each. */
function machines(usd: number, each: number): (factor: number) => number {
  return factor => usd * Math.max(1, Math.ceil(factor / each - 1e-9));
}

function race(change: Partial<Race>): Race {
  return { stay: factor => 100 * factor, stayPerToken: true, perToken: never, stepped: never, ...change };
}

describe('the first change', () => {
  it('upwards is where the costs of a line and of a machine meet', () => {
    const change = firstChange(race({ stepped: machines(407, 1000) }), 1, 100);
    expect(change?.after).toBeCloseTo(407 / (100 * 0.999), 3);
    expect(change?.before).toBeLessThan(change?.after ?? 0);
  });

  it('downwards is where a line falls below a machine', () => {
    const stays = race({ stay: machines(407, 1000), stayPerToken: false, perToken: factor => 1000 * factor });
    const change = firstChange(stays, 1, 0.01);
    expect(change?.after).toBeCloseTo((407 * 0.999) / 1000, 4);
    expect(change?.before).toBeGreaterThan(change?.after ?? Infinity);
  });

  it('is found however short it lasts', () => {
    const stays = race({
      stay: factor => (factor > 7.0001 ? 200 : 100),
      stayPerToken: false,
      stepped: factor => (factor > 7.001 ? 300 : 150),
    });
    expect(firstChange(stays, 1, 100)?.after).toBeCloseTo(7.0001, 3);
  });

  it('is where the chosen place can carry no more, whether or not another can', () => {
    const stays = race({ stay: factor => (factor > 7.14 ? Infinity : 100 * factor) });
    expect(firstChange(stays, 1, 100)?.after).toBeCloseTo(7.14, 3);
  });

  it.each([
    ['an equal price is no reason to move', race({ perToken: factor => 100 * factor })],
    ['nor is a saving below a thousandth', race({ perToken: factor => 99.95 * factor })],
    ['a rival that stays dearer never wins', race({ stepped: factor => 101 * factor + 1 })],
    ['nobody else can serve it', race({})],
  ])('is none: %s', (_, stays) => {
    expect(firstChange(stays, 1, 100)).toBeUndefined();
    expect(firstChange(stays, 1, 0.01)).toBeUndefined();
  });

  it('agrees with trying every step of many random pools', () => {
    const pool = fc.record({
      usd: fc.integer({ min: 20, max: 4000 }),
      each: fc.double({ min: 1, max: 40, noNaN: true }),
    });
    fc.assert(
      fc.property(pool, fc.array(pool, { minLength: 1, maxLength: 4 }), (own, rivals) => {
        const stays = race({
          stay: machines(own.usd, own.each),
          stayPerToken: false,
          stepped: factor => Math.min(...rivals.map(({ usd, each }) => machines(usd, each)(factor))),
        });
        fc.pre(!hasChanged(stays, 1));
        // Costs change only just above a multiple of what a machine carries.
        const steps = [own, ...rivals]
          .flatMap(({ each }) =>
            Array.from({ length: Math.ceil(100 / each) }, (_, i) => each * (i + 1) * 1.00002),
          )
          .filter(factor => factor >= 1 && factor <= 100)
          .sort((a, b) => a - b);
        const first = steps.find(factor => hasChanged(stays, factor));
        const found = firstChange(stays, 1, 100)?.after;
        if (first === undefined) expect(found).toBeUndefined();
        else expect((found ?? 0) / first).toBeCloseTo(1, 4);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

it('counts costs as equal within a cent or a thousandth', () => {
  expect([1, 10, 5000].map(toleranceUsd)).toEqual([0.01, 0.01, 5]);
});
