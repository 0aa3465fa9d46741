import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide, loadCatalog, loadEnvironment } from '../../config';
import type { Catalog, EnvironmentInput } from '../../config';
import { withFacts } from '../../catalog';
import type { StatedFact } from '../../catalog';
import { asOf, chat, environmentWith } from '../placement/offers';
import { catalogWith } from '../placement/small-catalog';

jest.setTimeout(60_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'berth-facts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
const quotas = [{ model: 'gpt-5-mini', sku: 'GlobalProvisionedManaged' as const, provisionedUnits: 100 }];
const [mini] = catalogWith(['gpt-5-mini'], [], []).hostedModels;
if (!mini) throw new Error('gpt-5-mini is what these tests state facts of');
const { name: model, version } = mini;

/** A catalogue with one hosted model that lacks something. */
const lacking = (more: Partial<Catalog['hostedModels'][number]>): Catalog => ({
  ...catalogWith([], [], []),
  hostedModels: [{ ...mini, ...more }],
});
const fact = (more: Partial<StatedFact>): StatedFact => ({ model, by: 'the portal, 2026-11-20', ...more });
const environmentOf = (more: Partial<EnvironmentInput['workloads'][number]>) =>
  environmentWith([chat({ quality: 'any', ...more })], {
    azure: { ...azure, quotas },
    aws: undefined,
    devices: {},
  });

/** What an environment without and with a fact comes to: the cost, or the sentence that refuses it. */
async function decided(catalog: Catalog, more = {}): Promise<string> {
  try {
    const { units } = await decide(environmentOf(more), catalog, { asOf, grantArrangements: false });
    return units.map(({ sku, count }) => `${count} × ${sku}`).join();
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a fact that the catalogue lacks', () => {
  const cases: [string, Partial<Catalog['hostedModels'][number]>, Partial<StatedFact>, string, object][] = [
    [
      'the longest answer',
      { maxOutputTokens: null },
      { maxOutputTokens: 4096 },
      'facts[].maxOutputTokens would say it',
      {},
    ],
    [
      'where it is sold',
      { regions: null },
      { regions: { GlobalStandard: ['swedencentral'] } },
      'facts[].regions would say where it is sold',
      {},
    ],
    [
      'its stage and last day',
      { version: 'latest', lifecycle: { stage: null, retirementDate: null, replacement: null } },
      { lifecycle: { stage: 'GA', retirementDate: '2027-09-01' } },
      'facts[].lifecycle would say its stage',
      {},
    ],
    [
      'what it costs',
      { prices: {} },
      { prices: { global: { input: 0.25, cachedInput: 0.025, output: 2 } }, asOf: '2026-11-20' },
      'price',
      { pin: { sku: 'GlobalStandard' } },
    ],
    [
      'how provisioned units are sized',
      { provisioned: null },
      { provisioned: mini.provisioned ?? undefined },
      'provisioned',
      { pin: { sku: 'GlobalProvisionedManaged' } },
    ],
  ];
  it.each(cases)('is stated: %s', async (_, without, stated, lacks, more) => {
    const catalog = lacking(without);
    expect(await decided(catalog, more)).toContain(lacks);
    expect(await decided(withFacts(catalog, [fact(stated)]), more)).toMatch(/^\d+ × \w+$/);
  });

  it('counts for one version, where it names one', () => {
    const catalog = lacking({});
    const of = (...facts: StatedFact[]) => withFacts(catalog, facts).hostedModels[0]?.maxOutputTokens;
    expect(of(fact({ version: 'another', maxOutputTokens: 5 }))).toBe(mini.maxOutputTokens);
    expect(of(fact({ version, maxOutputTokens: 5 }))).toBe(5);
  });

  it('counts against a model too', async () => {
    const over = fact({ lifecycle: { retirementDate: '2026-11-01' } });
    expect(await decided(withFacts(lacking({}), [over]))).toContain(
      `${model} ${version} was retired on 2026-11-01`,
    );
  });
});

const text = (facts: string, more = '') => `name: shop
azure: { subscriptionId: 00000000-0000-4000-8000-000000000000, locations: [swedencentral] }
${more}facts:
${facts}workloads:
  - { name: chat, task: chat, traffic: { requestsPerDay: 10, inputTokens: 10, outputTokens: 10 } }
`;

describe('facts of an environment and its price file', () => {
  it('both count, those of the environment last', () => {
    writeFileSync(
      join(folder, 'prices.json'),
      JSON.stringify({
        tables: [],
        facts: [{ model, by: 'a page', maxOutputTokens: 1, contextTokens: 9 }],
      }),
    );
    const file = join(folder, 'shop.yaml');
    writeFileSync(
      file,
      text(`  - { model: ${model}, by: us, maxOutputTokens: 2 }\n`, 'prices: prices.json\n'),
    );
    const read = loadCatalog(file, loadEnvironment(file)).hostedModels.find(each => each.name === model);
    expect([read?.maxOutputTokens, read?.contextTokens]).toEqual([2, 9]);
  });

  it.each([
    [
      'of no model',
      '  - { model: gpt-5-minni, by: us, maxOutputTokens: 2 }\n',
      /^FILE:4:7: facts\[0\]\.model: must be a model of the catalogue, got 'gpt-5-minni'; the closest are gpt-5-mini, /,
    ],
    [
      'that say nothing',
      `  - { model: ${model}, by: us }\n`,
      /^FILE:4:5: facts\[0\]: must state a fact of gpt-5-mini, such as maxOutputTokens, got none; add one, or remove the entry$/,
    ],
    [
      'of another kind of model',
      '  - { model: phi-4-mini-instruct, by: us, access: open }\n',
      /^FILE:4:43: facts\[0\]\.access: must be absent of phi-4-mini-instruct, which is an open model, got one; remove it$/,
    ],
    [
      'that are said twice',
      `  - { model: ${model}, by: us, maxOutputTokens: 2 }\n  - { model: ${model}, by: them, maxOutputTokens: 3 }\n`,
      /^FILE:5:5: facts\[1\]: must say each fact of gpt-5-mini once, got maxOutputTokens beside facts\[0\]; remove one$/,
    ],
  ])('are refused %s', (_, lines, message) => {
    const file = join(folder, 'shop.yaml');
    writeFileSync(file, text(lines));
    let said = '';
    try {
      loadEnvironment(file);
    } catch (error) {
      said = (error as Error).message.replace(file, 'FILE');
    }
    expect(said).toMatch(message);
  });
});
