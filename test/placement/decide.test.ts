import { join } from 'node:path';
import { PlacementError, catalog, decide, loadEnvironment } from '../../config';
import type { Decision, Environment, EnvironmentInput, Placement } from '../../config';
import { environmentsDirectory } from '../config/dev-input';
import { asOf, chat, environmentWith, weightsOf } from './offers';

// A decision is computed, not waited for; a busy machine takes its time.
jest.setTimeout(300_000);

function decided(environment: Environment): Promise<Decision> {
  return decide(environment, catalog, { asOf });
}

async function placementOf(
  environment: Environment,
  workload = environment.workloads[0]?.name,
): Promise<Placement> {
  const found = (await decided(environment)).placements.find(placement => placement.workload === workload);
  if (!found) throw new Error(`${workload} was not placed`);
  return found;
}

async function errorOf(environment: Environment): Promise<PlacementError> {
  try {
    await decided(environment);
  } catch (error) {
    if (error instanceof PlacementError) return error;
    throw error;
  }
  throw new Error('a place was found');
}

interface Scenario {
  readonly what: string;
  readonly workload: Parameters<typeof chat>[0];
  readonly more?: Partial<EnvironmentInput>;
  readonly goesTo: readonly [venue: string, model: string];
  readonly because: string;
  readonly says: string;
}

const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
const traffic = { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 };

const scenarios: readonly Scenario[] = [
  {
    what: 'an offline line inspector runs on the Jetson of its site',
    workload: { scope: 'focused', connectivity: 'offline', site: 'shop', quality: { index: -1 } },
    goesTo: ['edge', 'gemma-4-12b-it'],
    because: 'connectivity',
    says: 'the device till serves callers on the site without a connection',
  },
  {
    what: 'a general assistant of frontier quality is hosted',
    workload: { quality: { atLeast: 'gpt-5.4' } },
    goesTo: ['hosted', 'gpt-5.1'],
    because: 'quality',
    says: 'at least 1.74 ± 0.48 of gpt-5.4 as it usually thinks in the general index is asked for, and gpt-5.1 has 1.41 ± 0.15, estimated from 1.61 with more thinking, less 0.2 at effort medium',
  },
  {
    what: 'images go to an image model',
    workload: { task: 'image-generation', traffic: { requestsPerDay: 100, inputTokens: 50, images: 1 } },
    more: { azure: { ...azure, approvedModels: ['gpt-image-1-mini'] } },
    goesTo: ['hosted', 'gpt-image-1-mini'],
    because: 'kind',
    says: 'image-generation needs an image model, and gpt-image-1-mini is one',
  },
  {
    what: 'on-premises residency leaves only owned devices',
    workload: { residency: 'on-premises', site: 'office', quality: { atLeast: 'gpt-4o-mini' } },
    goesTo: ['edge', 'gemma-4-12b-it'],
    because: 'residency',
    says: 'the device server is ours, on our premises',
  },
  {
    what: 'the EU data boundary excludes global deployments, which cost less',
    workload: { residency: 'data-zone', quality: { atLeast: 'gpt-4o' } },
    goesTo: ['hosted', 'gpt-6-luna'],
    because: 'residency',
    says: 'processing stays in the EU data zone',
  },
  {
    what: 'a fine-tuned open model runs on a machine of ours',
    workload: { scope: 'focused', weights: 'mine', quality: { index: 0.3 } },
    more: { weights: { mine: weightsOf('qwen3-1.7b', { fineTuned: true, measuredQuality: 0.4 }) } },
    goesTo: ['vm', 'mine'],
    because: 'own-weights',
    says: 'it runs on the weights mine',
  },
  {
    what: 'dedicated compute without machines of ours is a managed endpoint',
    workload: { tenancy: 'dedicated', operations: 'provider-managed', quality: { index: -0.5 } },
    goesTo: ['catalog', 'phi-4'],
    because: 'operations',
    says: "the operating system of the managed endpoint in eastus2 is the provider's to patch",
  },
  {
    what: 'data that must stay in an AWS region is served there',
    workload: { residency: 'region', dataLocation: { provider: 'aws', region: 'us-east-1' } },
    goesTo: ['vm', 'qwen3.5-4b'],
    because: 'residency',
    says: 'processing stays in aws us-east-1, where the data lives',
  },
];

describe('a decided scenario', () => {
  it.each(scenarios)('$what', async ({ workload, more, goesTo, because, says }) => {
    const { venue, model, reasons } = await placementOf(
      environmentWith([chat({ traffic, ...workload })], more),
    );
    expect([venue, model]).toEqual(goesTo);
    expect(reasons).toContainEqual(expect.objectContaining({ rule: because, message: says }));
  });

  it('names the nearest misses of a workload that nothing can serve', async () => {
    const environment = environmentWith([chat({ languages: ['kl'] })]);
    const { message, unplaceable } = await errorOf(environment);
    expect(message).toContain(
      'test: workload chat: nothing can serve it; relax a requirement, or add what these lack:',
    );
    expect(message).toContain(
      '    languages: kl are asked for, and no language list of gpt-5-nano is published; verified[].languages would say it',
    );
    expect(unplaceable.map(({ workload, misses }) => [workload, misses.length])).toEqual([['chat', 3]]);
  });

  it('refuses a device that is too small for every model', async () => {
    const hardware = { memoryGib: 0.75, memoryBandwidthGbs: 5, runsOn: 'cpu', arch: 'arm64' } as const;
    const connection = { host: 'tag.example.com', hostKey: 'ssh-ed25519 AAAA' };
    const tag = { site: 'shelf', hardware, connection };
    const environment = environmentWith([chat({ residency: 'device', site: 'shelf' })], {
      azure: undefined,
      aws: undefined,
      devices: { tag },
    });
    expect((await errorOf(environment)).message).toMatch(
      /qwen3-4b on the device tag\n {4}memory-fit: qwen3-4b Q4_K_M needs [\d.]+ GiB, and tag leaves [\d.]+ of its 0\.75 GiB/,
    );
  });

  it('never falls back from a model that retires within the horizon to that model', async () => {
    const workload = chat({ quality: { atLeast: 'gpt-5-mini' }, evidence: { lifecycle: 'verified' } });
    const openAi = { publishers: ['OpenAI'] };
    const lifecycle = { retirementHorizonDays: 90 };
    const soon = await placementOf(environmentWith([workload], { ...openAi, lifecycle }));
    expect((await placementOf(environmentWith([workload], openAi))).model).toBe('gpt-5-mini');
    expect(soon.model).toBe('gpt-5.4-mini');
    expect(soon.alternatives.find(({ model }) => model === 'gpt-5-mini')?.because).toEqual([
      {
        rule: 'retirement',
        message: 'gpt-5-mini 2025-08-07 retires on 2027-02-09, in 77 days, inside the horizon of 90',
      },
    ]);
  });

  it('warns of the horizon and of old prices where the environment wants warnings', async () => {
    const environment = environmentWith([chat({ pin: { model: 'gpt-5-mini' } })], {
      lifecycle: { retirementHorizonDays: 90, insideHorizon: 'warning' },
      maxPriceAgeDays: 100,
    });
    expect((await decided(environment)).warnings?.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      'price-age: its price was read on 2026-08-01, 115 days ago, and maxPriceAgeDays is 100',
      'retirement: gpt-5-mini 2025-08-07 retires on 2027-02-09, in 77 days, inside the horizon of 90',
    ]);
  });

  it('says by how much a budget is too small, and because of which workloads', async () => {
    const environment = environmentWith([chat({ quality: { atLeast: 'gpt-5-mini' } })], {
      budget: { monthlyUsd: 5 },
    });
    expect((await errorOf(environment)).message).toBe(
      'test: budget.monthlyUsd: at least $7.60 a month is needed, got $5.00, $2.60 too little; the dearest are chat $7.60: raise the budget or relax what they require; what is cheaper and only lacks evidence:\n  chat: Ministral-3B on the GlobalStandard deployment in swedencentral costs $0.73, would save $6.87 and only lacks, in verified: - { model: Ministral-3B, by: "<who and when>", quality: <index> }; in azure.acceptedTerms: - Mistral AI; in azure.quotas: - { model: Ministral-3B, sku: GlobalStandard, location: swedencentral, tokensPerMinute: 1250 }',
    );
  });

  it('lets a pin choose what costs more, and says so', async () => {
    const { model, reasons } = await placementOf(environmentWith([chat({ pin: { model: 'gpt-5.1' } })]));
    expect(model).toBe('gpt-5.1');
    expect(reasons).toContainEqual({ rule: 'pin', message: 'it is pinned here' });
  });
});

describe('shared units', () => {
  it('put workloads of one hosted model on one deployment, each with its own cost', async () => {
    const workloads = ['aa', 'bb'].map(name => chat({ name, quality: { atLeast: 'gpt-5-mini' } }));
    const { units, placements } = await decided(environmentWith(workloads));
    expect(units.map(({ id }) => id)).toEqual(['aa']);
    expect(placements.map(({ monthlyUsd }) => monthlyUsd)).toEqual([7.61, 7.6]);
    expect(placements[0]?.reasons).toContainEqual({
      rule: 'shared',
      message: 'it shares its unit with bb',
    });
  });

  it('put workloads of own weights on one pool, split by their tokens', async () => {
    const weights = {
      mine: weightsOf('qwen3-1.7b', { fineTuned: true }),
      other: weightsOf('qwen3-0.6b', { fineTuned: true }),
    };
    const few = { ...traffic, requestsPerDay: 200 };
    const more = { ...traffic, requestsPerDay: 600 };
    const workloads = [
      chat({ name: 'aa', weights: 'mine', traffic: few }),
      chat({ name: 'bb', weights: 'other', traffic: more }),
    ];
    const { units, placements, monthlyUsd } = await decided(environmentWith(workloads, { weights }));
    expect(units.map(({ venue, model, count }) => [venue, model, count])).toEqual([
      ['vm', 'mine + other', 1],
    ]);
    const [first = 0, second = 0] = placements.map(placement => placement.monthlyUsd);
    expect(second / first).toBeCloseTo(3, 2);
    expect(first + second).toBeCloseTo(monthlyUsd, 10);
  });
});

describe('the dev environment', () => {
  let decision: Decision;
  beforeAll(async () => {
    decision = await decided(loadEnvironment(join(environmentsDirectory, 'dev.yaml')));
  });

  it('meets every venue because requirements ask for it', () => {
    expect(decision.placements.map(({ workload, venue, model }) => [workload, venue, model])).toEqual([
      ['contract-summaries', 'catalog', 'mistral-7b-instruct-v0.3'],
      ['intent-classifier', 'vm', 'store-intents'],
      ['product-images', 'hosted', 'gpt-image-1-mini'],
      ['search-embeddings', 'hosted', 'text-embedding-3-small'],
      ['store-assistant', 'edge', 'phi-4-mini-instruct'],
      ['support-chat', 'hosted', 'gpt-6-luna'],
    ]);
  });

  it('lists one alternative for each venue, provider and model that was not taken', () => {
    for (const { venue, model, alternatives } of decision.placements) {
      const keys = alternatives.map(each => `${each.venue}/${each.provider}/${each.model}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(alternatives.filter(each => each.venue === venue && each.model === model)).toEqual([]);
      expect(alternatives.filter(({ because }) => because.length === 0)).toEqual([]);
    }
  });

  it('costs what its units cost, and its placements share exactly that', () => {
    const cents = (values: readonly { monthlyUsd: number }[]): number =>
      Math.round(values.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0) * 100);
    expect(cents(decision.units)).toBe(Math.round(decision.monthlyUsd * 100));
    expect(cents(decision.placements)).toBe(Math.round(decision.monthlyUsd * 100));
  });
});
