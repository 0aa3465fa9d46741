import { PlacementError, catalog, decide } from '../../config';
import type { Catalog, Decision, EnvironmentInput } from '../../config';
import { deployedUnits } from '../../lock/conditions';
import { asOf, chat, environmentWith } from './offers';
import { catalogWith } from './small-catalog';

// A decision is computed, not waited for; a busy machine takes its time.
jest.setTimeout(300_000);

type WorkloadInput = EnvironmentInput['workloads'][number];

const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
/** Nothing but one Azure region. */
const oneRegion = { azure, aws: undefined, devices: {} };
const t4 = 'Standard_NC4as_T4_v3';
const hostedOrT4 = catalogWith(['gpt-5.1'], ['qwen3-4b'], [t4]);

function decided(
  workloads: readonly WorkloadInput[],
  more: Partial<EnvironmentInput> = {},
  from: Catalog = hostedOrT4,
): Promise<Decision> {
  return decide(environmentWith(workloads, { ...oneRegion, ...more }), from, { asOf });
}

/** Workloads that sort tickets: many tokens in, few out. */
function desks(count: number, more: Partial<WorkloadInput> = {}): WorkloadInput[] {
  return Array.from({ length: count }, (_, i) =>
    chat({
      name: `desk-${i}`,
      task: 'classification',
      traffic: { requestsPerDay: 10_000, inputTokens: 300, outputTokens: 5 },
      ...more,
    }),
  );
}

function unitsOf({ units }: Decision) {
  return units.map(({ offer, count, monthlyUsd }) => [offer, count, monthlyUsd]);
}

const token = 'hosted/gpt-5.1/2025-11-13/GlobalStandard/swedencentral';
const machine = 'vm/azure/Standard_NC4as_T4_v3/swedencentral/';

describe('workloads placed together', () => {
  it('pay by the token while they are too few for a machine', async () => {
    expect(unitsOf(await decided(desks(3)))).toEqual([[token, 1, 387.81]]);
  });

  it('share one machine that none of them would pay for alone', async () => {
    const decision = await decided(desks(9));
    expect(unitsOf(decision)).toEqual([[machine, 1, 407.34]]);
    expect(decision.optimality).toEqual({
      status: 'optimal',
      boundUsd: 407.34,
      gap: 0,
      reproducible: true,
    });
  });

  it('keep a budget that each in its own cheapest place would exceed', async () => {
    const decision = await decided(desks(9), { budget: { monthlyUsd: 500 } });
    expect(decision.monthlyUsd).toBe(407.34);
    await expect(decided(desks(9), { budget: { monthlyUsd: 400 } })).rejects.toThrow(
      new PlacementError(
        'test: budget.monthlyUsd: at least $407 a month is needed, got $400, $7.34 too little; the dearest are desk-0 $45.26, desk-1 $45.26, desk-2 $45.26: raise the budget or relax what they require',
      ),
    );
  });

  it('are not blamed for one that nothing can serve even alone', async () => {
    const [huge] = desks(1, {
      traffic: { requestsPerDay: 1_000_000_000, inputTokens: 300, outputTokens: 5 },
    });
    await expect(decided([huge as WorkloadInput, ...desks(3).slice(1)])).rejects.toThrow(
      new PlacementError(`test: workload desk-0: nothing can serve it; relax a requirement, or add what these lack:
  throughput decides: without it, qwen3-4b on the azure machine in swedencentral would serve it for $4,522,289
  gpt-5.1 on the GlobalStandard deployment in swedencentral costs $12,927,083 and only lacks, in azure.quotas: - { model: gpt-5.1, sku: GlobalStandard, location: swedencentral, tokensPerMinute: 635416667 }
  gpt-5.1 on the GlobalProvisionedManaged deployment in swedencentral
    quota: the peak takes 149,125 provisioned units, and the subscription's quota of them is not stated; azure.quotas would say it
  qwen3-4b on the azure machine in swedencentral
    throughput: the busiest hour takes 7770 machines' whole time, and at most 20 may run at 70 %`),
    );
  });

  it('name as near what is good enough and too slow, before a toy and a machine whose speed nobody knows', async () => {
    const small = catalogWith([], ['qwen3-4b', 'smollm2-135m-instruct'], ['Standard_B16s_v2', t4]);
    const busy = chat({
      quality: undefined,
      traffic: { requestsPerDay: 1.6e6, inputTokens: 900, outputTokens: 60 },
    });
    await expect(decided([busy], {}, small)).rejects.toThrow(
      new PlacementError(`test: workload chat: nothing can serve it; relax a requirement, or add what these lack:
  throughput decides: without it, qwen3-4b on the azure machine in swedencentral would serve it for $32,995
  qwen3-4b on the azure machine in swedencentral
    throughput: the busiest hour takes 56.1 machines' whole time, and at most 20 may run at 70 %
  smollm2-135m-instruct on the azure machine in swedencentral
    quality: no quality is stated, so at least -0.6 in the general index is taken (quality: any lifts it), and smollm2-135m-instruct has -2.6 ± 0.86`),
    );
  });

  it('take for granted what the team can arrange where all else costs many times as much, and do not move for it', async () => {
    const few = catalogWith([], ['phi-4', 'qwen3-4b'], [t4, 'Standard_NC24ads_A100_v4']);
    const unarranged = { ...oneRegion, weights: {}, engines: [] };
    const environment = environmentWith([chat({ tenancy: 'dedicated' })], unarranged);
    const strict = await decide(environment, few, { asOf, grantArrangements: false });
    expect(unitsOf(strict)).toEqual([['catalog/phi-4/Standard_NC24ads_A100_v4/swedencentral', 1, 3485.75]]);
    const granted = await decide(environment, few, { asOf });
    expect(unitsOf(granted)).toEqual([['vm/azure/Standard_NC4as_T4_v3/swedencentral/', 1, 407.34]]);
    expect(granted.toState?.map(({ key }) => key)).toEqual(['weights', 'engines']);
    const poor = environmentWith([chat({ tenancy: 'dedicated' })], {
      ...unarranged,
      budget: { monthlyUsd: 1000 },
    });
    expect(unitsOf(await decide(poor, few, { asOf }))).toEqual(unitsOf(granted));
    const poorer = { ...poor, budget: { monthlyUsd: 400 } };
    await expect(decide(poorer, few, { asOf })).rejects.toThrow(
      'at least $3,486 a month is needed, got $400',
    );
    const deployed = deployedUnits(strict);
    expect(unitsOf(await decide(environment, few, { asOf, deployed }))).toEqual(unitsOf(strict));
  });

  it('take what is likely for granted where all that is sure costs many times as much, with more of a quota to ask for', async () => {
    const few = catalogWith(['gpt-5.1'], ['phi-4'], ['Standard_NC24ads_A100_v4']);
    const wanted = chat({
      reasoning: 'none',
      // Typical of hosted models are 1.2 s and at worst 2.5 s; the peak takes 3,125,000 tokens a minute, of which 1,000,000 are the default.
      latency: { firstTokenSeconds: 1.5 },
      quality: { atLeast: 'phi-4' },
      traffic: { requestsPerDay: 1_000_000, inputTokens: 1490, outputTokens: 10, cachedInputShare: 0.9 },
    });
    const sure = await decide(environmentWith([wanted], oneRegion), few, { asOf, grantArrangements: false });
    const likely = await decided([wanted], {}, few);
    expect([sure, likely].map(unitsOf)).toEqual([
      [['catalog/phi-4/Standard_NC24ads_A100_v4/swedencentral', 35, 122001.25]],
      [[token, 1, 13805.36]],
    ]);
    expect(likely.toState?.map(({ how, key, line }) => [how, key, line])).toEqual([
      ['confirm', 'verified', '- { model: gpt-5.1, by: "<who and when>", firstTokenSeconds: <seconds> }'],
      [
        'arrange',
        'azure.quotas',
        '- { model: gpt-5.1, sku: GlobalStandard, location: swedencentral, tokensPerMinute: 3125000 }',
      ],
    ]);
    const told = likely.placements.flatMap(({ reasons }) => reasons);
    expect(told.find(({ rule }) => rule === 'latency')).toMatchObject({
      estimated: true,
      message:
        'first token within 1.5 s is asked for, and gpt-5.1 has about 1.2 s, at worst 2.5, estimated from what other hosted models need',
    });
  });

  it('leave a quota to whom nothing else can serve', async () => {
    // One desk takes 6,354 tokens a minute at its peak, so that the quota is enough for one.
    const quotas = (['GlobalStandard', 'DataZoneStandard', 'Standard'] as const).map(sku => ({
      model: 'gpt-5.1',
      sku,
      tokensPerMinute: sku === 'GlobalStandard' ? 10_000 : 0,
    }));
    const [first, second] = desks(2) as [WorkloadInput, WorkloadInput];
    const picky = { ...second, quality: { atLeast: 'gpt-5.1' } };
    const decision = await decided([first, picky], { azure: { ...azure, quotas } });
    expect(decision.units.map(({ id, offer }) => [id, offer])).toEqual([
      ['desk-0-1', machine],
      ['desk-1', token],
    ]);
    const both = [first, second].map(each => ({ ...each, quality: { atLeast: 'gpt-5.1' } }));
    const more = await decided(both, { azure: { ...azure, quotas } });
    expect(more.units.map(({ id, offer }) => [id, offer])).toEqual([['desk-0', token]]);
    expect(more.toState?.map(({ line }) => line)).toEqual([
      '- { model: gpt-5.1, sku: GlobalStandard, location: swedencentral, tokensPerMinute: 12709 }',
    ]);
    await expect(
      decide(environmentWith(both, { ...oneRegion, azure: { ...azure, quotas } }), hostedOrT4, {
        asOf,
        grantArrangements: false,
      }),
    ).rejects.toThrow(
      "test: desk-0, desk-1: each can be served alone, but not all together: a device's memory, its time, the 16 models that it serves at most, or a quota is too small for those that need it",
    );
  });

  it('are not said to fail together where one alone is too much', async () => {
    const huge = chat({
      name: 'huge',
      traffic: { requestsPerDay: 1e9, inputTokens: 500, outputTokens: 200 },
    });
    await expect(decided([huge])).rejects.toThrow('huge: nothing can serve it');
  });

  it('share provisioned units, whose minimum and step are paid once', async () => {
    const quotas = [
      ...(['GlobalStandard', 'DataZoneStandard', 'Standard'] as const).map(sku => ({
        model: 'gpt-4.1-mini',
        sku,
        tokensPerMinute: 0,
      })),
      { model: 'gpt-4.1-mini', sku: 'GlobalProvisionedManaged' as const, provisionedUnits: 100 },
    ];
    const units = async (count: number) =>
      (
        await decide(
          environmentWith(desks(count), {
            ...oneRegion,
            azure: { ...azure, quotas, alreadyDeployed: [{ model: 'gpt-4.1-mini', version: '2025-04-14' }] },
          }),
          catalogWith(['gpt-4.1-mini'], [], []),
          { asOf, grantArrangements: false },
        )
      ).units.map(unit => [unit.sku, unit.venue === 'hosted' && unit.capacity, unit.monthlyUsd]);
    // A desk takes 6,667 tokens a minute at its peak, and a unit carries 14,900; at least 15, then by five.
    expect(await units(1)).toEqual([['GlobalProvisionedManaged', 15, 10_950]]);
    expect(await units(40)).toEqual([['GlobalProvisionedManaged', 20, 14_600]]);
  });

  it('share the memory and the time of an owned device, which is there once', async () => {
    const offline = { scope: 'focused', connectivity: 'offline', residency: 'device', site: 'shop' } as const;
    const on = (requestsPerDay: number) =>
      ['inspect', 'advise'].map(name =>
        chat({ name, ...offline, traffic: { requestsPerDay, inputTokens: 300, outputTokens: 60 } }),
      );
    const from = catalogWith([], ['qwen3-4b'], []);
    const { units, placements } = await decide(environmentWith(on(500)), from, { asOf });
    expect(units.map(({ offer, count, model }) => [offer, count, model])).toEqual([
      ['edge/till', 1, 'qwen3-4b'],
    ]);
    expect(placements.map(({ unit }) => unit)).toEqual(['advise', 'advise']);
    await expect(decide(environmentWith(on(5000)), from, { asOf })).rejects.toThrow('not all together');
    await expect(decide(environmentWith(on(50_000)), from, { asOf })).rejects.toThrow(
      /throughput: the busiest hour takes [\d.]+ machines' whole time, and at most 1 may run at 70 %/,
    );
  });

  it('stand on separate pools of one machine where one cannot hold both', async () => {
    const long = { residency: 'own-network' as const, contextTokens: 60_000 };
    const workloads = [
      ...desks(1, { ...long, pin: { model: 'qwen3-4b' } }),
      chat({ ...long, name: 'law', pin: { model: 'phi-4-mini-instruct' } }),
    ];
    const decision = await decided(workloads, {}, catalogWith([], ['qwen3-4b', 'phi-4-mini-instruct'], [t4]));
    expect(unitsOf(decision)).toEqual([
      [machine, 1, 407.34],
      [machine, 1, 407.34],
    ]);
  });

  it('split where a first token would come too late on one machine', async () => {
    const slow = chat({
      name: 'slow',
      residency: 'own-network',
      traffic: { requestsPerDay: 6000, inputTokens: 3000, outputTokens: 100 },
    });
    const quick = (seconds: number) => [
      ...desks(1, { residency: 'own-network', latency: { firstTokenSeconds: seconds } }),
      slow,
    ];
    const counts = async (seconds: number) =>
      (await decided(quick(seconds))).units.reduce((sum, { count }) => sum + count, 0);
    expect(await counts(5)).toBe(1);
    expect(await counts(0.3)).toBe(2);
  });
});

interface Scenario {
  readonly what: string;
  readonly workload: Partial<WorkloadInput>;
  readonly more?: Partial<EnvironmentInput>;
  readonly goesTo: readonly [venue: string, model: string];
  readonly because: string;
  readonly says: string;
}

const scenarios: readonly Scenario[] = [
  {
    what: 'four hundred million focused tokens a day run on machines of ours',
    workload: {
      task: 'classification',
      scope: 'focused',
      quality: { index: -0.95 },
      traffic: { requestsPerDay: 400_000, inputTokens: 980, outputTokens: 20 },
    },
    goesTo: ['vm', 'qwen3-4b'],
    because: 'quality',
    says: 'at least -0.95 in the language index is asked for, and qwen3-4b has -0.03 ± 0.46',
  },
  {
    what: 'a language that no small model supports goes to the model that somebody verified',
    workload: { languages: ['kl'] },
    more: { verified: [{ model: 'gpt-5.1', by: 'the Nuuk team', languages: ['kl'] }] },
    goesTo: ['hosted', 'gpt-5.1'],
    because: 'languages',
    says: 'kl are verified: the Nuuk team',
  },
];

it('a data zone that is asked for from a region in none is warned of', async () => {
  const britain = { ...azure, locations: ['uksouth', 'swedencentral'] };
  const { warnings } = await decided(
    [chat({ residency: 'data-zone' })],
    { azure: britain },
    { ...catalogWith([], ['qwen3-4b'], [t4]), machinePrices: catalog.machinePrices },
  );
  expect(warnings).toEqual([
    {
      subject: 'chat',
      rule: 'data-zone',
      message:
        'its data is in uksouth, which is in no data zone of Azure that is known, so only places in uksouth itself count; a region of a zone, first in azure.locations, brings the models that are deployed for the zone',
    },
  ]);
});

it('answers that readers would wait for are warned of where no latency is stated', async () => {
  const few = catalogWith([], ['qwen3-4b'], ['Standard_D8as_v6']);
  const asked = (more: Partial<WorkloadInput>) => decided([chat({ quality: 'any', ...more })], {}, few);
  const { warnings } = await asked({});
  expect(warnings).toEqual([
    {
      subject: 'chat-1',
      rule: 'slow',
      message:
        'chat states no latency, and at the peak its answers begin after about 20.2 s and come at about 11 tokens a second; latency: { firstTokenSeconds: 10, tokensPerSecond: 5 } would ask for more',
    },
  ]);
  const others = await Promise.all(
    [{ task: 'summarisation' as const }, { latency: { firstTokenSeconds: 600 } }].map(asked),
  );
  expect(others.map(each => each.warnings)).toEqual([[], []]);
});

describe('a model that retires next month', () => {
  const version = '2024-05-13';
  const deployed = {
    azure: {
      ...azure,
      alreadyDeployed: [{ model: 'gpt-4o', version }],
      quotas: [{ model: 'gpt-4o', sku: 'GlobalStandard' as const, tokensPerMinute: 10_000 }],
    },
  };
  const pinned = [chat({ pin: { model: 'gpt-4o', version, sku: 'GlobalStandard' } })];
  const from = catalogWith(['gpt-4o'], [], []);

  it('is refused inside the horizon, and its successor named', async () => {
    const lifecycle = { retirementHorizonDays: 30 };
    await expect(decided(pinned, { ...deployed, lifecycle }, from)).rejects.toThrow(
      'retirement: gpt-4o 2024-05-13 retires on 2026-12-09, in 15 days, inside the horizon of 30; its successor is gpt-5.6-sol',
    );
  });

  it('is taken with a warning where the environment wants one', async () => {
    const lifecycle = { retirementHorizonDays: 30, insideHorizon: 'warning' } as const;
    const { warnings } = await decided(pinned, { ...deployed, lifecycle }, from);
    expect(warnings?.filter(({ rule }) => rule === 'retirement').map(({ message }) => message)).toEqual([
      'gpt-4o 2024-05-13 retires on 2026-12-09, in 15 days, inside the horizon of 30; its successor is gpt-5.6-sol',
    ]);
  });
});

describe('a decided scenario', () => {
  it.each(scenarios)('$what', async ({ workload, more, goesTo, because, says }) => {
    const { placements } = await decided([chat(workload)], more);
    expect(placements.map(({ venue, model }) => [venue, model])).toEqual([goesTo]);
    expect(placements[0]?.reasons).toContainEqual(expect.objectContaining({ rule: because, message: says }));
  });
});
