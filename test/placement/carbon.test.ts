import { decide, explain } from '../../config';
import type { Decision, EnvironmentInput } from '../../config';
import { withPrices } from '../../catalog';
import { asOf, chat, environmentWith } from './offers';
import { catalogWith } from './small-catalog';

const sku = { small: 'Standard_NC4as_T4_v3', large: 'Standard_NC8as_T4_v3' } as const;
const prices = (region: string, small: number, large: number) => ({
  cloud: 'azure' as const,
  region,
  asOf: '2026-11-20',
  currency: 'USD' as const,
  source: 'a test',
  usdPerHour: { [sku.small]: small, [sku.large]: large },
});

/** One model on two machines with the same GPU. */
const catalog = withPrices(catalogWith(['gpt-5-nano'], ['qwen3-4b'], [sku.small, sku.large]), {
  tables: [prices('swedencentral', 0.6, 0.9), prices('eastus2', 0.5, 0.8)],
});

const a100 = 'Standard_NC24ads_A100_v4';
/** One model on a managed endpoint, which may stand in either region. */
const endpoints = withPrices(catalogWith([], ['phi-4'], [a100]), {
  tables: [
    { ...prices('swedencentral', 0, 0), usdPerHour: { [a100]: 4 } },
    { ...prices('eastus2', 0, 0), usdPerHour: { [a100]: 3 } },
  ],
});

const gramsPerKwh = { swedencentral: 20, eastus2: 400 };

async function decided(
  carbon: EnvironmentInput['carbon'],
  monthlyKg?: number,
  more: Parameters<typeof chat>[0] = { tenancy: 'dedicated', pin: { venue: 'vm' } },
  from = catalog,
): Promise<Decision> {
  const limit = monthlyKg === undefined ? {} : { carbon: { monthlyKg } };
  const environment = environmentWith([chat({ ...more, ...limit })], {
    aws: undefined,
    devices: {},
    ...(carbon ? { carbon } : {}),
  });
  const decision = await decide(environment, from, { asOf });
  expect(explain(decision, environment, from).placements).toHaveLength(1);
  return decision;
}

const placeOf = ({ units }: Decision) => units.map(unit => `${unit.count} × ${unit.sku} in ${unit.location}`);
const reasonOf = ({ placements }: Decision) =>
  placements[0]?.reasons.find(({ rule }) => rule === 'carbon')?.message;

describe('a carbon limit of a workload', () => {
  it('says nothing where there is none', async () => {
    const decision = await decided(undefined);
    expect(placeOf(decision)).toEqual([`1 × ${sku.small} in swedencentral`]);
    expect(reasonOf(decision)).toBeUndefined();
  });

  it('moves it to a cleaner region, by the power of the GPU, and says so', async () => {
    // 300 W for 730 h are 219 kWh.
    const asked = { pin: { venue: 'catalog' } } as const;
    const dirty = await decided({ gramsPerKwh }, 88, asked, endpoints);
    expect(placeOf(dirty)).toEqual([`1 × ${a100} in eastus2`]);
    const decision = await decided({ gramsPerKwh }, 87, asked, endpoints);
    expect(placeOf(decision)).toEqual([`1 × ${a100} in swedencentral`]);
    expect(reasonOf(decision)).toBe(
      'the machines that it needs emit 4.38 kg of CO2 a month in swedencentral, and carbon.monthlyKg is 87',
    );
  });

  it('keeps a machine that is dearer and no faster, and draws less', async () => {
    const carbon = { gramsPerKwh: { swedencentral: 400 }, watts: { [sku.small]: 100, [sku.large]: 50 } };
    expect(placeOf(await decided(carbon, 29.2))).toEqual([`1 × ${sku.small} in swedencentral`]);
    expect(placeOf(await decided(carbon, 15))).toEqual([`1 × ${sku.large} in swedencentral`]);
  });

  it('judges a shared machine as if each had its own', async () => {
    const both = environmentWith(
      ['one', 'two'].map(name => chat({ name, pin: { venue: 'vm' }, carbon: { monthlyKg: 1.1 } })),
      { aws: undefined, devices: {}, carbon: { gramsPerKwh } },
    );
    expect(placeOf(await decide(both, catalog, { asOf }))).toEqual([`1 × ${sku.small} in swedencentral`]);
  });

  it('is met by no service, which publishes nothing, and by no place whose grams nobody states', async () => {
    const error = await decided({ gramsPerKwh: { eastus2: 20 } }, 0.5, {}).catch(String);
    expect(error).toContain('carbon: carbon.monthlyKg is 0.5, and what a service emits is not published');
    expect(error).toContain(
      'carbon: carbon.monthlyKg is 0.5, and what a kilowatt-hour emits in swedencentral is not stated; carbon.gramsPerKwh would say it',
    );
  });

  it.each([
    [
      'needs the figures',
      undefined,
      "test: workloads[0].carbon: needs the environment's carbon.gramsPerKwh, got none; state there what a kilowatt-hour emits in each region, or remove the limit",
    ],
    [
      'knows its places',
      { gramsPerKwh: { eastus: 400 } },
      'carbon.gramsPerKwh.eastus: must be a region of the environment or the site of a device',
    ],
  ])('%s', async (_, carbon, message) => {
    expect(await decided(carbon, 1).catch(String)).toContain(message);
  });
});
