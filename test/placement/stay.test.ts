import fc from 'fast-check';
import { decide } from '../../config';
import type { Catalog, Decision, EnvironmentInput } from '../../config';
import { deployedUnits, namedUnits, standingUnits } from '../../lock/conditions';
import { stayingLines } from '../../report/staying';
import { asOf, chat, environmentWith } from './offers';
import { catalogWith } from './small-catalog';

// A decision is computed, not waited for; a busy machine takes its time.
jest.setTimeout(300_000);

type WorkloadInput = EnvironmentInput['workloads'][number];

const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
const [t4, twice] = ['Standard_NC4as_T4_v3', 'Standard_NC8as_T4_v3'] as const;
const small = catalogWith(['gpt-5.1'], ['qwen3-4b'], [t4, twice]);

/** The catalogue with other prices of machines, USD an hour. */
function priced(usdPerHour: Readonly<Record<string, number>>, from: Catalog = small): Catalog {
  const machinePrices = from.machinePrices.map(table => ({
    ...table,
    usdPerHour: { ...table.usdPerHour, ...usdPerHour },
  }));
  return { ...from, machinePrices };
}

/** Decides over what is deployed. */
function placed(
  workloads: readonly WorkloadInput[],
  from: Catalog,
  before?: Decision,
  more: Partial<EnvironmentInput> = {},
): Promise<Decision> {
  const environment = environmentWith(workloads, { azure, aws: undefined, devices: {}, ...more });
  return decide(environment, from, {
    asOf,
    ...(before ? { named: namedUnits(before), deployed: deployedUnits(before) } : {}),
  });
}

const own = (name: string, more: Partial<WorkloadInput> = {}): WorkloadInput =>
  chat({ name, task: 'classification', residency: 'own-network', ...more });
/** Workloads that share one machine. */
const desks = Array.from({ length: 10 }, (_, i) =>
  own(`desk-${i}`, { traffic: { requestsPerDay: 2000, inputTokens: 300, outputTokens: 5 } }),
);

const offersOf = ({ units }: Decision) => units.map(({ id, sku, count }) => [id, sku, count]);

describe('what is deployed', () => {
  it('stays where another place would save too little, and says what that costs', async () => {
    const before = await placed([own('chat')], priced({ [t4]: 0.5, [twice]: 0.6 }));
    expect(offersOf(before)).toEqual([['chat-1', t4, 1]]);
    const after = await placed([own('chat')], priced({ [t4]: 0.5, [twice]: 0.45 }), before);
    expect(offersOf(after)).toEqual([['chat-1', t4, 1]]);
    expect(stayingLines(after.placements)).toEqual([
      'chat stays on chat-1, although qwen3-4b (Azure VM: NC8as_T4_v3 in swedencentral) would cost $36.50 a month less; what is deployed moves for more than $62.01 (moveWhen)',
    ]);
    expect(after.optimality).toEqual({ status: 'stays', boundUsd: 328.5, gap: 0.1, reproducible: true });
  });

  it('moves where that saves enough', async () => {
    const before = await placed([own('chat')], priced({ [t4]: 0.5, [twice]: 0.6 }));
    const after = await placed([own('chat')], priced({ [t4]: 0.5, [twice]: 0.4 }), before);
    expect(offersOf(after)).toEqual([['chat-2', twice, 1]]);
    expect(stayingLines(after.placements)).toEqual([]);
    expect(after.optimality?.status).toBe('optimal');
  });

  it('moves by the share of its cost where that is more', async () => {
    const dear = { [t4]: 5, [twice]: 5.5 };
    const before = await placed([own('chat')], priced(dear));
    const saving = { ...dear, [twice]: 4.6 };
    expect(offersOf(await placed([own('chat')], priced(saving), before))).toEqual([['chat-1', t4, 1]]);
    const eager = { moveWhen: { savingPercent: 1 } };
    expect(offersOf(await placed([own('chat')], priced(saving), before, eager))).toEqual([
      ['chat-2', twice, 1],
    ]);
  });

  it('stays for ever at the same cost, whatever its name', async () => {
    const before = await placed([own('chat')], priced({ [t4]: 0.5, [twice]: 0.4 }));
    expect(offersOf(before)).toEqual([['chat-1', twice, 1]]);
    const equal = priced({ [t4]: 0.4, [twice]: 0.4 });
    expect(offersOf(await placed([own('chat')], equal))).toEqual([['chat-1', t4, 1]]);
    const never = { moveWhen: { savingUsdPerMonth: 0, savingPercent: 0 } };
    const after = await placed([own('chat')], equal, before, never);
    expect(offersOf(after)).toEqual([['chat-1', twice, 1]]);
    expect(stayingLines(after.placements)).toEqual([]);
    expect(after.optimality?.status).toBe('optimal');
  });

  it('moves where a requirement breaks, however much that costs', async () => {
    const before = await placed([chat({ name: 'chat' })], small);
    expect(before.units.map(({ venue }) => venue)).toEqual(['hosted']);
    const after = await placed([own('chat')], small, before, {
      moveWhen: { savingUsdPerMonth: 1e6, savingPercent: 100 },
    });
    expect(after.units.map(({ venue }) => venue)).toEqual(['vm']);
    expect(stayingLines(after.placements)).toEqual([
      'chat leaves chat, where residency: own-network is asked for, and the GlobalStandard deployment in swedencentral is a service outside it, also behind a private endpoint',
    ]);
  });

  it('stays where it is on its way to, when it may not stay where it still serves', async () => {
    const prices = priced({ [t4]: 0.5, [twice]: 0.6 });
    const hosted = await placed([chat({ name: 'chat' })], prices);
    const comes = await placed([own('chat')], prices, hosted);
    expect(offersOf(comes)).toEqual([['chat-1', t4, 1]]);
    const [unit] = hosted.units;
    const going = unit ? [{ unit, placements: hosted.placements, served: true }] : [];
    const deployed = standingUnits({ coming: ['chat-1'], going }, deployedUnits(comes));
    const cheaper = priced({ [t4]: 0.5, [twice]: 0.45 });
    const environment = environmentWith([own('chat')], { azure, aws: undefined, devices: {} });
    const named = namedUnits(comes, going);
    expect(offersOf(await decide(environment, cheaper, { asOf, named, deployed }))).toEqual([
      ['chat-1', t4, 1],
    ]);
  });

  it('moves where staying would exceed the budget', async () => {
    const before = await placed([own('chat')], priced({ [t4]: 0.5, [twice]: 0.6 }));
    const cheaper = priced({ [t4]: 0.5, [twice]: 0.45 });
    const after = await placed([own('chat')], cheaper, before, { budget: { monthlyUsd: 340 } });
    expect(offersOf(after)).toEqual([['chat-2', twice, 1]]);
  });

  it('moves together where it is shared, for what one unit is kept for', async () => {
    const before = await placed(desks, priced({ [t4]: 0.5, [twice]: 0.6 }));
    expect(offersOf(before)).toEqual([['desk-0-1', t4, 1]]);
    const little = await placed(desks, priced({ [t4]: 0.5, [twice]: 0.45 }), before);
    expect(offersOf(little)).toEqual([['desk-0-1', t4, 1]]);
    expect(stayingLines(little.placements)[0]).toBe(
      'desk-0 stays on desk-0-1, although qwen3-4b (Azure VM: NC8as_T4_v3 in swedencentral) with desk-1, desk-2, desk-3 and 6 others moved too, would cost $36.50 a month less; what is deployed moves for more than $62.01 (moveWhen)',
    );
    const much = await placed(desks, priced({ [t4]: 0.5, [twice]: 0.4 }), before);
    expect(offersOf(much)).toEqual([['desk-0-2', twice, 1]]);
  });

  it('takes in what is new, and stays under its name', async () => {
    const before = await placed(desks.slice(1), small);
    const after = await placed(desks, small, before);
    expect(offersOf(after)).toEqual(offersOf(before));
  });

  it('stays when a workload is renamed', async () => {
    const before = await placed([own('chat')], priced({ [t4]: 0.5, [twice]: 0.6 }));
    const cheaper = priced({ [t4]: 0.5, [twice]: 0.45 });
    const after = await placed([own('talk', { formerly: 'chat' })], cheaper, before);
    expect(offersOf(after)).toEqual([['chat-1', t4, 1]]);
  });
});

describe('for any workloads and prices', () => {
  const names = ['aa', 'bb', 'cc', 'dd'] as const;
  const machines = [t4, twice, 'Standard_D4as_v6', 'Standard_NC24ads_A100_v4'];
  const from = catalogWith(['gpt-5-mini', 'gpt-5.1'], ['qwen3-1.7b', 'qwen3-4b', 'phi-4'], machines);
  const workload = (name: string) =>
    fc
      .record({
        requestsPerDay: fc.integer({ min: 1, max: 60_000 }),
        residency: fc.constantFrom('any' as const, 'own-network' as const),
        quality: fc.constantFrom({}, { quality: { atLeast: 'phi-4' } }),
      })
      .map(({ requestsPerDay, residency, quality }) =>
        chat({
          name,
          residency,
          traffic: { requestsPerDay, inputTokens: 400, outputTokens: 60 },
          ...quality,
        }),
      );
  const prices = fc.tuple(...machines.map(() => fc.integer({ min: 1, max: 30 })));
  const at = (all: readonly number[]): Catalog =>
    priced(Object.fromEntries(machines.map((sku, i) => [sku, (all[i] ?? 1) / 20])), from);
  const where = ({ placements, units }: Decision) =>
    placements.map(({ workload: name, model, unit }) => [
      name,
      model,
      units.find(({ id }) => id === unit)?.offer,
    ]);

  it('moves nothing for less than is stated, and stays for no more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(...names.map(workload)), prices, prices, async (workloads, ...usd) => {
        const [first, second] = usd.map(at) as [Catalog, Catalog];
        const before = await placed(workloads, first);
        const after = await placed(workloads, second, before);
        const stuck = await placed(workloads, second, before, {
          moveWhen: { savingUsdPerMonth: 1e6, savingPercent: 100 },
        });
        const fresh = await placed(workloads, second);
        const rounding = 0.05;
        expect(where(stuck)).toEqual(where(before));
        expect(after.monthlyUsd).toBeLessThanOrEqual(stuck.monthlyUsd);
        expect(after.monthlyUsd).toBeGreaterThan(fresh.monthlyUsd - rounding);
        const hasMoved = JSON.stringify(where(after)) !== JSON.stringify(where(before));
        if (hasMoved) expect(stuck.monthlyUsd - after.monthlyUsd).toBeGreaterThan(50 - rounding);
        const keptFor = before.units.reduce(
          (sum, { monthlyUsd }) => sum + Math.max(50, monthlyUsd / 10) + monthlyUsd / 30,
          0,
        );
        expect(after.monthlyUsd - fresh.monthlyUsd).toBeLessThan(keptFor + rounding);
        const again = await placed(workloads, second, after);
        expect([offersOf(again), where(again)]).toEqual([offersOf(after), where(after)]);
      }),
      { numRuns: 15, seed: 10 },
    );
  });
});
