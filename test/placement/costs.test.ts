import { decide } from '../../config';
import type { Decision, EnvironmentInput } from '../../config';
import { withPrices } from '../../catalog';
import type { Catalog } from '../../catalog';
import { sizeUnit } from '../../placement/units';
import type { UnitSize } from '../../placement/candidate';
import { asOf, chat, environmentWith, offerOf, settingOf } from './offers';
import type { OfferQuery } from './offers';
import { tables } from '../tables';

type Input = Parameters<typeof chat>[0];

const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
/** 730 hours are 30 days and 10 hours. */
const daysPerMonth = 730 / 24;

/** The unit of one offer with all these workloads on it. */
function sized(
  query: OfferQuery,
  workloads: readonly Input[],
  more: Partial<EnvironmentInput> = {},
): UnitSize {
  const inputs = workloads.map((each, i) => chat({ ...each, name: `w${i + 1}` }));
  const environment = environmentWith(inputs, more);
  const offer = offerOf(environment, query);
  const assignments = environment.workloads.map(workload => ({ workload, offer }));
  return sizeUnit(assignments, settingOf(environment));
}

const verdictOf = ({ verdicts }: UnitSize, rule: string) => {
  const found = verdicts.find(verdict => verdict.rule === rule);
  return found && `${found.verdict}: ${found.message}`;
};

describe('the cost of tokens', () => {
  const mini = { venue: 'hosted', model: 'gpt-5-mini', sku: 'GlobalStandard' } as const;

  it('is that of fresh input, cached input and output', () => {
    // 10 million tokens of input a month, half of them cached, and 2 million of output.
    const traffic = {
      requestsPerDay: 10_000 / daysPerMonth,
      inputTokens: 1000,
      outputTokens: 200,
      cachedInputShare: 0.5,
    };
    const size = sized(mini, [{ traffic }]);
    expect(size.monthlyUsd).toBe(5.38);
    expect(verdictOf(size, 'price')).toBe(
      'pass: a million tokens cost $0.25 for input, $0.025 for cached input and $2 for output, read 2026-08-01',
    );
  });

  it('is read from the price file of an environment, and as old as that', async () => {
    const price = { input: 1, cachedInput: null, output: 2, source: 'our agreement', asOf: '2026-11-20' };
    const row = { model: 'gpt-5-mini', version: '2025-08-07', scope: 'global' as const, price };
    const own = withPrices(tables, { tables: [], tokenPrices: [row] });
    const pin = { model: 'gpt-5-mini', sku: 'GlobalStandard' };
    const { units, placements } = await decide(environmentWith([chat({ name: 'aa', pin })]), own, { asOf });
    expect(units[0]?.priceDate).toBe('2026-11-20');
    expect(placements[0]?.reasons.find(({ rule }) => rule === 'price')?.message).toBe(
      'a million tokens cost $1 for input and $2 for output, read 2026-11-20',
    );
  });

  const long = { venue: 'hosted', model: 'gpt-5.4', sku: 'GlobalStandard' } as const;
  it.each([
    [272_000, 0.68, ''],
    [272_001, 1.36, '; this is the price of requests with more than 272,000 tokens of input'],
  ])('of a request with %d tokens of input is $%d', (inputTokens, usd, says) => {
    const traffic = { requestsPerDay: 1 / daysPerMonth, inputTokens, outputTokens: 0 };
    const size = sized(long, [{ traffic, contextTokens: inputTokens }]);
    expect(size.monthlyUsd).toBe(usd);
    expect(verdictOf(size, 'price')?.split('read 2026-08-01')[1]).toBe(says);
  });

  it('tells of requests that are longer than the average one and cost more', () => {
    const traffic = { requestsPerDay: 1, inputTokens: 1000, outputTokens: 10 };
    expect(verdictOf(sized(long, [{ traffic, contextTokens: 400_000 }]), 'price')).toContain(
      '; a request with more than 272,000 tokens of input costs $5 instead',
    );
  });
});

describe('the cost of a batch deployment', () => {
  const batch = { venue: 'hosted', model: 'gpt-5.1', sku: 'GlobalBatch' } as const;
  const traffic = (requestsPerDay: number) => ({
    requestsPerDay,
    inputTokens: 1000,
    outputTokens: 100,
    deferrable: true,
  });

  it('is half, and its capacity is what waits of a day', () => {
    const half = sized(batch, [{ traffic: traffic(10_000) }]);
    const whole = sized({ ...batch, sku: 'GlobalStandard' }, [{ traffic: traffic(10_000) }]);
    expect((half.monthlyUsd ?? 0) * 2).toBeCloseTo(whole.monthlyUsd ?? 0, 1);
    expect(half.capacity).toBe(10_000);
    expect(verdictOf(half, 'price')).toMatch(/^pass: .*, half of the standard price$/);
  });

  it.each([
    [
      50_000,
      "pass: a day's 50,000,000 tokens may wait at once, and the quota of the smallest paid subscription is 50,000,000",
    ],
    [
      50_001,
      "fail: a day's 50,001,000 tokens may wait at once, and the quota of the smallest paid subscription is 50,000,000; ask Azure for more quota",
    ],
  ])('has a quota: %d requests', (requests, says) => {
    expect(verdictOf(sized(batch, [{ traffic: traffic(requests) }]), 'quota')).toBe(says);
  });

  it('takes the quota of the subscription where it is stated', () => {
    const quotas = [{ model: 'gpt-5.1', sku: 'GlobalBatch' as const, enqueuedTokens: 200_000_000 }];
    const size = sized(batch, [{ traffic: traffic(50_001) }], { azure: { ...azure, quotas } });
    expect(verdictOf(size, 'quota')).toBe(
      "pass: a day's 50,001,000 tokens may wait at once, and the subscription's quota is 200,000,000",
    );
  });
});

describe('the cost of provisioned units', () => {
  // The worked example of Microsoft Learn: 1,000 requests a minute of 200 and 20 tokens.
  const traffic = { requestsPerDay: 1_440_000, inputTokens: 200, outputTokens: 20, peakFactor: 1 };
  const units = (sku: string) => ({ venue: 'hosted', model: 'gpt-5.2', sku }) as const;

  it.each([
    ['DataZoneProvisionedManaged', [traffic], 110],
    ['DataZoneProvisionedManaged', [{ ...traffic, cachedInputShare: 0.5 }], 80],
    ['ProvisionedManaged', [traffic], 150],
    ['GlobalProvisionedManaged', [{ ...traffic, requestsPerDay: 1 }], 15],
    [
      'DataZoneProvisionedManaged',
      [
        { ...traffic, requestsPerDay: 720_000 },
        { ...traffic, requestsPerDay: 720_000 },
      ],
      110,
    ],
  ] as const)('as %s for %j is of %d units', (sku, all, capacity) => {
    const offered = sized(
      units(sku),
      all.map(each => ({ traffic: each })),
    );
    const rate = { G: 1, D: 1.1, P: 2 }[sku[0] as 'G' | 'D' | 'P'];
    expect(offered.capacity).toBe(capacity);
    expect(offered.monthlyUsd).toBeCloseTo(capacity * rate * 730, 6);
  });

  it('is read from the price file of an environment, such as under a reservation', () => {
    const usdPerHour = { GlobalProvisionedManaged: 0.36 };
    const own = withPrices(tables, { tables: [], provisionedUnits: { asOf: '2026-11-01', usdPerHour } });
    expect(own.hostingTerms.provisionedUnitUsdPerHour).toEqual({
      GlobalProvisionedManaged: 0.36,
      DataZoneProvisionedManaged: 1.1,
      ProvisionedManaged: 2,
    });
    expect(own.hostingTerms.provisionedPricesAsOf).toBe('2026-11-01');
  });
});

describe('the fee of a fine-tuned deployment', () => {
  const mini = { venue: 'hosted', model: 'gpt-4.1-mini', sku: 'GlobalStandard' } as const;
  const tuned = { fineTuning: true } as const;

  it('is unknown, and so is the cost', () => {
    const size = sized(mini, [tuned]);
    expect(size.monthlyUsd).toBeNull();
    expect(verdictOf(size, 'fine-tuning-fee')).toBe(
      'unverified: what a deployment of a fine-tuned gpt-4.1-mini costs an hour is not listed; azure.fineTunedUsdPerHour would say it',
    );
  });

  it('is what the environment states, for all hours of the month', () => {
    const stated = { azure: { ...azure, fineTunedUsdPerHour: 1.7 } };
    const fee = (sized(mini, [tuned], stated).monthlyUsd ?? 0) - (sized(mini, [{}]).monthlyUsd ?? 0);
    expect(fee).toBeCloseTo(1.7 * 730, 2);
  });
});

describe('the cost of a training', () => {
  const mini = { venue: 'hosted', model: 'gpt-4.1-mini', sku: 'GlobalStandard' } as const;
  const priced = {
    ...azure,
    fineTunedUsdPerHour: 1.7,
    trainingUsdPerMillionTokens: { 'gpt-4.1-mini': 5 } as Record<string, number>,
  };
  const plan = { trainingFile: 'train.jsonl', trainingTokens: 1_200_000, hyperparameters: { epochs: 2 } };
  const planned = (more: object, input = priced) =>
    sized(mini, [{ fineTuning: { ...plan, ...more } }], { azure: input });

  it('is told, and is no part of a month where it is made once', () => {
    const size = planned({});
    expect(verdictOf(size, 'training')).toBe(
      'pass: a training of gpt-4.1-mini takes 2,400,000 tokens, 1,200,000 × 2 epochs, at $5.00 a million: $12.00 once, which is no part of a month',
    );
    const fee = (size.monthlyUsd ?? 0) - (sized(mini, [{}]).monthlyUsd ?? 0);
    expect(fee).toBeCloseTo(1.7 * 730, 2);
  });

  it('is spread over the months until the next', () => {
    const size = planned({ retrainedEveryMonths: 6 });
    expect(verdictOf(size, 'training')).toMatch(/: \$12\.00 every 6 months, \$2\.00 of each$/);
    expect((size.monthlyUsd ?? 0) - (planned({}).monthlyUsd ?? 0)).toBeCloseTo(2, 2);
  });

  it.each([
    [{}, 'pass'],
    [{ retrainedEveryMonths: 6 }, 'unverified'],
  ])('is unknown where no price is stated: %j', (more, verdict) => {
    const size = planned({ ...more, trainingTokens: undefined }, {
      ...azure,
      fineTunedUsdPerHour: 1.7,
    } as never);
    expect(verdictOf(size, 'training')).toBe(
      `${verdict}: what a training of gpt-4.1-mini costs is unknown; fineTuning.trainingTokens and azure.trainingUsdPerMillionTokens.gpt-4.1-mini would say it`,
    );
    expect(size.monthlyUsd === null).toBe(verdict === 'unverified');
  });

  it('has a deployment of its own for each workload that is yet to be tuned', () => {
    const two = sized(mini, [{ fineTuning: plan }, { fineTuning: plan }], { azure: priced });
    const none = sized(mini, [{}, {}]);
    expect((two.monthlyUsd ?? 0) - (none.monthlyUsd ?? 0)).toBeCloseTo(2 * 1.7 * 730, 1);
  });
});

describe('a speed that the team measured on the pinned hardware', () => {
  const query = { venue: 'vm', provider: 'azure', model: 'qwen3-4b', sku: 'Standard_NC4as_T4_v3' } as const;
  const pin = (sku: string, firstTokenSeconds: number) => ({
    model: 'qwen3-4b',
    sku,
    measured: { by: 'the shop', firstTokenSeconds },
  });
  const asks = { latency: { firstTokenSeconds: 0.01 } } as const;

  it.each([
    [
      'stands in for the prediction',
      pin(query.sku, 0.01),
      'pass: first token within 0.01 s is asked for, and it comes after 0.01 s, measured by the shop',
    ],
    [
      'also when it is too slow',
      pin(query.sku, 0.02),
      'fail: first token within 0.01 s is asked for, and it comes after 0.02 s, measured by the shop',
    ],
  ])('%s', (_, pinned, says) => {
    expect(verdictOf(sized(query, [{ ...asks, pin: pinned }]), 'first-token')).toBe(says);
  });

  it('says nothing of other hardware', () => {
    expect(
      verdictOf(sized(query, [{ ...asks, pin: pin('g4dn.xlarge', 0.01) }]), 'first-token'),
    ).not.toContain('the shop');
  });
});

/** One model on a few machines, with spot prices as a refreshed file has them. */
const few: Catalog = withPrices(
  {
    ...tables,
    hostedModels: [],
    openModels: tables.openModels.filter(({ id }) => id === 'qwen3-4b'),
    machines: tables.machines.filter(({ sku }) => sku === 'Standard_NC4as_T4_v3'),
  },
  {
    tables: [
      {
        cloud: 'azure',
        region: 'swedencentral',
        asOf: '2026-11-20',
        currency: 'USD',
        source: 'a test',
        usdPerHour: { Standard_NC4as_T4_v3: 0.5 },
        spotUsdPerHour: { Standard_NC4as_T4_v3: 0.1 },
      },
    ],
  },
);

function decided(workloads: readonly Input[], from: Catalog = few): Promise<Decision> {
  const inputs = workloads.map((each, i) => chat({ ...each, name: `w${i + 1}` }));
  const environment = environmentWith(inputs, { azure, aws: undefined, devices: {} });
  return decide(environment, from, { asOf });
}

const unitsOf = (decision: Decision) =>
  decision.units.map(unit => ({
    offer: unit.offer,
    monthlyUsd: unit.monthlyUsd,
    ...(unit.venue === 'vm' ? { billing: unit.billing, schedule: unit.schedule } : {}),
  }));
const reasonOf = ({ placements: [placement] }: Decision, rule: string) =>
  placement?.reasons.find(reason => reason.rule === rule)?.message;

describe('the cost of a machine', () => {
  const traffic = { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100, peakFactor: 4 };
  const activeHours = { from: '08:00', to: '18:00', timeZone: 'Europe/Stockholm' } as const;

  it('that is always on is its hourly price for 730 hours', async () => {
    const decision = await decided([{ traffic }]);
    expect(unitsOf(decision)).toEqual([
      { offer: 'vm/azure/Standard_NC4as_T4_v3/swedencentral/', monthlyUsd: 365 },
    ]);
    expect(reasonOf(decision, 'price')).toBe('1 × Standard_NC4as_T4_v3 at $0.5 an hour, read 2026-11-20');
  });

  it('on a schedule is for the hours in which it runs', async () => {
    const decision = await decided([{ traffic: { ...traffic, activeHours } }]);
    const days = ['mon', 'tue', 'wed', 'thu', 'fri'];
    expect(unitsOf(decision)).toEqual([
      {
        offer: 'vm/azure/Standard_NC4as_T4_v3/swedencentral/mon-tue-wed-thu-fri-0800-1800-europe-stockholm',
        monthlyUsd: 108.63,
        billing: 'scheduled',
        schedule: {
          timeZone: 'Europe/Stockholm',
          start: { time: '08:00', days },
          stop: { time: '18:00', days },
        },
      },
    ]);
    expect(reasonOf(decision, 'price')).toBe(
      '1 × Standard_NC4as_T4_v3 at $0.5 an hour, 217 of 730 hours a month, read 2026-11-20',
    );
  });

  it('on spot is the spot price, for a workload that may be interrupted', async () => {
    const decision = await decided([{ traffic, interruptible: true }]);
    expect(unitsOf(decision)).toEqual([
      { offer: 'vm/azure/Standard_NC4as_T4_v3/swedencentral/spot', monthlyUsd: 73, billing: 'spot' },
    ]);
    expect(reasonOf(decision, 'price')).toBe(
      '1 × Standard_NC4as_T4_v3 at spot $0.1 an hour, read 2026-11-20, which moves',
    );
  });

  it('on spot is unknown, and never wins, where no spot price is known', async () => {
    const without = {
      ...few,
      machinePrices: few.machinePrices.map(table => ({ ...table, spotUsdPerHour: undefined })),
    };
    const decision = await decided([{ traffic, interruptible: true }], without);
    expect(unitsOf(decision)).toEqual([
      { offer: 'vm/azure/Standard_NC4as_T4_v3/swedencentral/', monthlyUsd: 365 },
    ]);
    expect(decision.warnings).toEqual([
      {
        subject: 'w1-1',
        rule: 'spot-price',
        message:
          'w1 may be interrupted, and the spot price of Standard_NC4as_T4_v3 in swedencentral is unknown; a file named by prices would say it',
      },
    ]);
  });

  it("is shared by a workload whose hours lie within another one's", async () => {
    const morning = { ...activeHours, to: '13:00', days: ['mon' as const, 'tue' as const] };
    const decision = await decided([
      { traffic: { ...traffic, activeHours } },
      { traffic: { ...traffic, peakFactor: 20, activeHours: morning } },
    ]);
    expect(unitsOf(decision).map(({ monthlyUsd }) => monthlyUsd)).toEqual([108.63]);
    expect(decision.placements.map(({ unit }) => unit)).toEqual([
      decision.units[0]?.id,
      decision.units[0]?.id,
    ]);
  });

  it('that a workload without hours shares is always on', async () => {
    const decision = await decided([{ traffic: { ...traffic, activeHours } }, { traffic }]);
    expect(unitsOf(decision)).toEqual([
      { offer: 'vm/azure/Standard_NC4as_T4_v3/swedencentral/', monthlyUsd: 365 },
    ]);
  });
});

describe('the cost of an owned device', () => {
  const device = (more: object, hardware: unknown = 'jetson-orin-nx-16gb') => {
    const connection = { host: 'till.example.com', hostKey: 'ssh-ed25519 AAAA' };
    return {
      devices: { till: { site: 'shop', hardware, connection, ...more } },
    } as Partial<EnvironmentInput>;
  };
  const till = { venue: 'edge', model: 'qwen3-4b' } as const;
  const measures = { memoryGib: 16, memoryBandwidthGbs: 100, runsOn: 'gpu', arch: 'arm64' };

  it.each([
    [
      'nothing where nothing is charged',
      device({}),
      0,
      'the device is owned; $0.00 a month for power and upkeep is charged to it',
    ],
    [
      'what is charged to it',
      device({ monthlyUsd: 12 }),
      12,
      'the device is owned; $12.00 a month for power and upkeep is charged to it',
    ],
    [
      'its power, of the draw that is stated',
      device({ monthlyUsd: 5, power: { watts: 20, usdPerKwh: 0.25 } }, measures),
      8.65,
      'the device is owned; $3.65 a month for power (20 W at $0.25 a kWh) and $5.00 for upkeep is charged to it',
    ],
    [
      'its power, of the peak in the device table',
      device({ power: { usdPerKwh: 0.2 } }),
      3.65,
      'the device is owned; $3.65 a month for power (25 W at $0.2 a kWh) and $0.00 for upkeep is charged to it',
    ],
  ] as const)('is %s', (_, more, usd, says) => {
    const size = sized(
      till,
      [{ site: 'shop', traffic: { requestsPerDay: 10, inputTokens: 100, outputTokens: 10 } }],
      more,
    );
    expect([size.monthlyUsd, verdictOf(size, 'price')]).toEqual([usd, `pass: ${says}`]);
  });
});
