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

/** One model on two machines with the same GPU, in two regions of which the dirty one is cheaper. */
const catalog = withPrices(catalogWith(['gpt-5-nano'], ['qwen3-4b'], [sku.small, sku.large]), {
  tables: [prices('swedencentral', 0.6, 0.9), prices('eastus2', 0.5, 0.8)],
});

const gramsPerKwh = { swedencentral: 20, eastus2: 400 };

async function decided(
  carbon: EnvironmentInput['carbon'],
  monthlyKg?: number,
  more: Parameters<typeof chat>[0] = { tenancy: 'dedicated', pin: { venue: 'vm' } },
): Promise<Decision> {
  const limit = monthlyKg === undefined ? {} : { carbon: { monthlyKg } };
  const environment = environmentWith([chat({ ...more, ...limit })], {
    aws: undefined,
    devices: {},
    ...(carbon ? { carbon } : {}),
  });
  const decision = await decide(environment, catalog, { asOf });
  expect(explain(decision, environment, catalog).placements).toHaveLength(1);
  return decision;
}

const placeOf = ({ units }: Decision) => units.map(unit => `${unit.count} × ${unit.sku} in ${unit.location}`);
const reasonOf = ({ placements }: Decision) =>
  placements[0]?.reasons.find(({ rule }) => rule === 'carbon')?.message;

describe('a carbon limit of a workload', () => {
  it('says nothing where there is none', async () => {
    const decision = await decided(undefined);
    expect(placeOf(decision)).toEqual([`1 × ${sku.small} in eastus2`]);
    expect(reasonOf(decision)).toBeUndefined();
  });

  it('moves it to a cleaner region, by the power of the GPU, and says so', async () => {
    // 70 W for 730 h are 51.1 kWh.
    expect(placeOf(await decided({ gramsPerKwh }, 20.5))).toEqual([`1 × ${sku.small} in eastus2`]);
    const decision = await decided({ gramsPerKwh }, 20);
    expect(placeOf(decision)).toEqual([`1 × ${sku.small} in swedencentral`]);
    expect(reasonOf(decision)).toBe(
      'the machines that it needs emit 1.02 kg of CO2 a month in swedencentral, and carbon.monthlyKg is 20',
    );
  });

  it('keeps a machine that is dearer and no faster, and draws less', async () => {
    const carbon = { gramsPerKwh: { eastus2: 400 }, watts: { [sku.small]: 100, [sku.large]: 50 } };
    expect(placeOf(await decided(carbon, 29.2))).toEqual([`1 × ${sku.small} in eastus2`]);
    expect(placeOf(await decided(carbon, 15))).toEqual([`1 × ${sku.large} in eastus2`]);
  });

  it('judges a shared machine as if each had its own', async () => {
    const both = environmentWith(
      ['one', 'two'].map(name => chat({ name, pin: { venue: 'vm' }, carbon: { monthlyKg: 1.1 } })),
      { aws: undefined, devices: {}, carbon: { gramsPerKwh } },
    );
    expect(placeOf(await decide(both, catalog, { asOf }))).toEqual([`1 × ${sku.small} in swedencentral`]);
  });

  it('is met by no service, which publishes nothing, and by no place whose grams nobody states', async () => {
    const error = await decided({ gramsPerKwh: { swedencentral: 20 } }, 0.5, {}).catch(String);
    expect(error).toContain('carbon: carbon.monthlyKg is 0.5, and what a service emits is not published');
    expect(error).toContain(
      'carbon: carbon.monthlyKg is 0.5, and what a kilowatt-hour emits in eastus2 is not stated; carbon.gramsPerKwh would say it',
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
