import { decide } from '../../config';
import type { EnvironmentInput } from '../../config';
import { withPrices } from '../../catalog';
import { cheapestWay, commitmentVerdicts } from '../../placement/commitments';
import { lockFindings } from '../../lock/check-lock';
import { writeLock } from '../../lock/lock';
import { parseLock } from '../../lock/parse-lock';
import { asOf, chat, engineFor, environmentWith, weightsOf } from './offers';
import { catalogWith } from './small-catalog';

const sku = 'Standard_NC4as_T4_v3';

/** One size of machine, at half a dollar an hour, 0.3 under a year's reservation and 0.35 under a savings plan. */
const small = withPrices(catalogWith([], ['qwen3-1.7b'], [sku]), {
  tables: [
    {
      cloud: 'azure',
      region: 'swedencentral',
      asOf: '2026-11-01',
      currency: 'USD',
      source: 'our agreement',
      usdPerHour: { [sku]: 0.5 },
      committedUsdPerHour: {
        'reservation-1-year': { [sku]: 0.3 },
        'savings-plan-1-year': { [sku]: 0.35 },
      },
    },
  ],
});

const environment = (more: Partial<EnvironmentInput>) =>
  environmentWith(
    [
      chat({
        name: 'answers',
        weights: 'mine',
        traffic: { requestsPerDay: 100, inputTokens: 100, outputTokens: 20 },
      }),
    ],
    {
      weights: { mine: weightsOf('qwen3-1.7b', { fineTuned: true }) },
      engines: [engineFor('amd64', 'cuda')],
      aws: undefined,
      devices: {},
      azure: { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] },
      ...more,
    },
  );

describe('a machine that always runs', () => {
  it('costs what it does on demand, and the explanation says from when on a commitment would pay', async () => {
    const { units, placements } = await decide(environment({}), small, { asOf });
    expect(units[0]?.prices).toEqual({ per: 'hour', usd: 0.5, asOf: '2026-11-01' });
    expect(placements[0]?.reasons.find(({ rule }) => rule === 'commitment')?.message).toBe(
      'reservation-1-year would cost $0.3 an hour of a machine instead of $0.5 on demand, saves $146 a month, and pays from 7.2 of its 12 months on; commitments: [reservation-1-year] would take it',
    );
  });

  it('costs what it does under the cheapest commitment that the team makes, which the lock records and is checked by', async () => {
    const own = environment({ commitments: ['savings-plan-1-year', 'reservation-1-year'] });
    const decision = await decide(own, small, { asOf });
    const [unit] = decision.units;
    expect(unit?.prices).toEqual({
      per: 'hour',
      usd: 0.3,
      asOf: '2026-11-01',
      commitment: 'reservation-1-year',
    });
    expect(unit?.monthlyUsd).toBe(219);
    const text = writeLock(own, decision);
    expect(lockFindings(own, parseLock(text, 'test.lock.json', '', small), small)).toEqual([]);
    const dearer = parseLock(text.replace('"usd": 0.3', '"usd": 0.4'), 'test.lock.json', '', small);
    expect(lockFindings(own, dearer, small).map(({ message }) => message)).toEqual([
      expect.stringContaining('monthlyUsd must be 292'),
    ]);
  });

  it('takes no commitment that costs more, or that nobody makes', () => {
    const ways = { onDemandUsd: 0.5, committed: { 'reservation-1-year': 0.6, 'reservation-3-years': 0.2 } };
    expect(cheapestWay({ ...ways, made: ['reservation-1-year'] })).toEqual({ usd: 0.5 });
    expect(cheapestWay({ ...ways, made: [] })).toEqual({ usd: 0.5 });
    expect(commitmentVerdicts({ ...ways, committed: {}, made: [] }, 1, 'machine')).toEqual([]);
  });
});
