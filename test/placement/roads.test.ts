import { catalog, parseEnvironment } from '../../config';
import type { Setting } from '../../placement/setting';
import { judgeOffer } from '../../placement/rules';
import { allOffers } from '../../placement/venues';
import type { Offer } from '../../placement/offer';
import { withFacts } from '../../catalog';
import { azure } from './rules/rule-cases';

const environment = parseEnvironment(
  {
    name: 'roads',
    evidence: { instanceTypes: 'estimated' },
    azure: {
      ...azure,
      locations: ['eastus2'],
      managedCompute: {
        usdPerAcceleratorHour: { A100_80GB: 4, H100_80GB: 8 },
        asOf: '2026-11-01',
        quotas: (['A100_80GB', 'H100_80GB'] as const).map(acceleratorType => ({
          acceleratorType,
          location: 'eastus2',
          accelerators: 8,
        })),
      },
    },
    workloads: [
      {
        name: 'chat',
        task: 'chat',
        quality: 'any',
        traffic: { requestsPerDay: 1, inputTokens: 10, outputTokens: 10 },
      },
      { name: 'vectors', task: 'embedding', quality: 'any', traffic: { requestsPerDay: 1, inputTokens: 10 } },
    ],
  },
  'roads',
);
const setting: Setting = { environment, catalog, asOf: '2026-11-24' };
const group =
  '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg/providers/Microsoft.MachineLearningServices';
const [chat, vectors] = environment.workloads;

/** How it is known that a road takes the model: by its registry or template, by an estimate, or else what keeps it out. */
function evidenceOf(offer: Offer): string {
  const workload = offer.class.facts.kind === 'embedding' ? vectors : chat;
  const verdicts = judgeOffer(offer, workload as NonNullable<typeof workload>, setting);
  const against = verdicts.find(({ verdict }) => verdict !== 'pass');
  if (against) return `${against.rule}: ${against.message}`;
  return verdicts.some(({ rule, estimated }) => rule === 'instance-types' && estimated)
    ? 'estimated'
    : 'stated';
}

const gated = (license: string) =>
  `no registry is known to hold it, and ${license} wants an account at Hugging Face`;

describe('open models on the roads of the catalogue', () => {
  const offers = allOffers(setting).filter(({ venue }) => venue === 'catalog' || venue === 'managed-compute');
  const best = catalog.openModels.map(({ id, license }) => {
    const found = offers.filter(({ model }) => model === id).map(evidenceOf);
    const evidence = ['stated', 'estimated'].find(each => found.includes(each));
    const reason = found[0] ?? gated(license);
    return { id, evidence, reason };
  });

  it('are choosable, each with how that is known: 51 of 60', () => {
    const by = (evidence: string) => best.filter(each => each.evidence === evidence).map(({ id }) => id);
    expect(by('stated')).toEqual([
      'phi-4',
      'mistral-7b-instruct-v0.3',
      'qwen3-32b',
      'gemma-4-31b-it',
      'smollm3-3b',
    ]);
    expect(by('estimated')).toHaveLength(46);
  });

  it('are left out with the reason', () => {
    const rest = best.filter(({ evidence }) => evidence === undefined);
    expect(Object.fromEntries(rest.map(({ id, reason }) => [id, reason]))).toEqual({
      'phi-3.5-mini-instruct': 'instance-types: phi-3.5-mini-instruct is archived in its registry',
      'llama-3.2-3b-instruct': gated('Llama 3.2 Community'),
      'llama-3.3-70b-instruct': gated('Llama 3.3 Community'),
      'gemma-2-2b-it': gated('Gemma'),
      'gemma-2-9b-it': gated('Gemma'),
      'gemma-3-1b-it': gated('Gemma'),
      'gemma-3-4b-it': gated('Gemma'),
      'gemma-3-12b-it': gated('Gemma'),
      'gemma-3-27b-it': gated('Gemma'),
    });
  });

  it.each([
    [{}, 'stated'],
    [
      { assetId: `${group}/workspaces/mine/models/llama/versions/2` },
      "instance-types: llama-3.3-70b-instruct is registered in a workspace, which alone deploys it, and the environment's endpoints are in another; azure.existing.machineLearningWorkspaceId would name it",
    ],
  ])('are where facts say: %j', (more, evidence) => {
    const endpoint = {
      assetId: 'azureml://registries/mine/models/llama/versions/1',
      instanceTypes: ['Standard_NC96ads_A100_v4'],
      speaks: 'openai' as const,
      ...more,
    };
    const stated = withFacts(catalog, [{ model: 'llama-3.3-70b-instruct', by: 'our registry', endpoint }]);
    const [offer] = allOffers({ ...setting, catalog: stated }).filter(
      ({ venue, model }) => venue === 'catalog' && model === 'llama-3.3-70b-instruct',
    );
    expect(offer && [offer.sku, evidenceOf(offer)]).toEqual(['Standard_NC96ads_A100_v4', evidence]);
  });

  it('are left out where only what is stated counts', () => {
    const strict = { ...setting, environment: { ...environment, evidence: undefined } };
    const smollm = allOffers(strict).filter(
      ({ venue, model }) => venue === 'catalog' && model === 'qwen3-4b',
    );
    expect(smollm).toHaveLength(1);
    const [verdict] = judgeOffer(smollm[0] as Offer, chat as NonNullable<typeof chat>, strict).filter(
      each => each.verdict !== 'pass',
    );
    expect(verdict?.message).toBe(
      'that Standard_NC4as_T4_v3 may run qwen3-4b is estimated from the registry HuggingFace and its 7.45 GiB of weights, which fit the memory, and evidence.instanceTypes is verified; estimated would accept it, and facts[].endpoint would say it',
    );
  });
});
