import { seededRandom } from '../../tools/seeded-random';
import { everyEngine } from '../../bench/verified-files';
import { catalog } from '../../config';
import { azureOf, deviceOn, fileOf, keyOf, withSpotPrices } from './targets';
import type { WorkloadInput } from './targets';
import type { Trial } from './trial';

/** Draws one value; the same seed draws the same values. */
type Pick = <T>(values: readonly T[]) => T;

const clouds = { azure: ['swedencentral', 'eastus2', 'westeurope'], aws: ['us-east-1', 'eu-north-1'] };
const quantisations = ['Q4_K_M', 'Q8_0', 'Q4_K_M', 'BF16'];

/** An environment that may ask for anything, over a part of the catalogue that a seed draws. */
export function randomTrial(seed: number): Trial {
  const random = seededRandom(seed);
  const pick: Pick = values => values[Math.floor(random() * values.length)] as (typeof values)[number];
  const some = <T>(values: readonly T[], count: number): T[] => [
    ...new Set(Array.from({ length: count }, () => pick(values))),
  ];
  const chance = (share: number): boolean => random() < share;

  const hostedModels = some(catalog.hostedModels, 14);
  const openModels = some(catalog.openModels, 10);
  const machines = some(catalog.machines, 24);
  const devices = some(catalog.devices, 3).map(({ id }, i) => ({
    id,
    site: `site-${i}a`,
    connected: chance(0.5),
  }));
  const weights = Object.fromEntries(
    openModels
      .filter(() => chance(0.8))
      .flatMap(open => {
        const plain = pick(quantisations);
        const own = chance(0.3)
          ? [[keyOf(`${open.id} own`), { ...fileOf(open, 'Q8_0'), fineTuned: true }]]
          : [];
        // A second file of the same model: who wants this one names it.
        const second = chance(0.3) && plain !== 'Q8_0' ? [[keyOf(`${open.id} 2`), fileOf(open, 'Q8_0')]] : [];
        return [[keyOf(open.id), formatted(fileOf(open, plain))], ...own, ...second] as const;
      }),
  );
  const withAws = chance(0.5);
  const withAzure = !withAws || chance(0.8);
  const region = pick(clouds.aws);
  const locations = some(clouds.azure, 2);

  const workload = (i: number): WorkloadInput => {
    const task = pick([
      'chat',
      'chat',
      'classification',
      'summarisation',
      'code',
      'embedding',
      'image-generation',
    ] as const);
    const hasText = task !== 'embedding' && task !== 'image-generation';
    const device = pick([undefined, undefined, undefined, ...devices]);
    const night = {
      days: ['mon', 'fri'] as const,
      from: '20:00',
      to: '04:00',
      timeZone: 'Europe/Stockholm' as const,
    };
    const hours = chance(0.15);
    const provider = pick([
      ...(withAzure ? (['azure'] as const) : []),
      ...(withAws ? (['aws'] as const) : []),
    ]);
    return {
      name: `w-${i}a`,
      task,
      traffic: {
        requestsPerDay: pick([0, 10, 1000, 30_000, 1_000_000, 1_000_000_000]),
        inputTokens: pick([0, 50, 800, 6000]),
        outputTokens: hasText ? pick([0, 10, 200]) : 0,
        ...(task === 'image-generation' ? { images: 1 } : {}),
        ...(hours ? { activeHours: { ...night, days: [...night.days] }, peakFactor: 40 } : {}),
        deferrable: chance(0.15),
      },
      residency: pick([
        'any',
        'any',
        'any',
        'data-zone',
        'region',
        'own-network',
        ...(device ? (['device', 'on-premises'] as const) : []),
      ]),
      ...(device
        ? { site: device.site, connectivity: chance(0.5) ? ('offline' as const) : ('online' as const) }
        : {}),
      ...(chance(0.5)
        ? { dataLocation: { provider, region: provider === 'aws' ? region : pick(locations) } }
        : {}),
      ...demands(chance, pick, hasText),
      ...(Object.keys(weights).length > 0 && chance(0.4) ? { weights: pick(Object.keys(weights)) } : {}),
    };
  };

  return {
    name: `seed ${seed}`,
    input: {
      name: 'test',
      ...(withAzure ? { azure: azureOf(locations, hostedModels) } : {}),
      ...(withAws ? { aws: { region } } : {}),
      devices: Object.fromEntries(
        devices.map(({ id, site, connected }, i) => [`d-${site}`, deviceOn(id, site, i, connected)]),
      ),
      weights,
      engines: everyEngine.filter(() => chance(0.85)),
      workloads: Array.from({ length: pick([1, 3, 8, 20]) }, (_, i) => workload(i)),
    },
    catalog: { ...withSpotPrices(catalog), hostedModels, openModels, machines },
  };
}

/** What a workload may ask for besides its place, each seldom. */
function demands(chance: (share: number) => boolean, pick: Pick, hasText: boolean): Partial<WorkloadInput> {
  return {
    ...(chance(0.1) ? { tenancy: 'dedicated' as const } : {}),
    ...(chance(0.1) ? { operations: 'provider-managed' as const } : {}),
    ...(chance(0.2) ? { interruptible: true } : {}),
    ...(chance(0.1) && hasText ? { latency: { firstTokenSeconds: 4 } } : {}),
    ...(chance(0.1) && hasText ? { quality: { index: pick([-1, 0]) } } : {}),
    ...(chance(0.1) ? { languages: ['en'] } : {}),
    ...(chance(0.1) ? { contextTokens: 20_000 } : {}),
  };
}

/** A file of the format that its quantisation has. */
function formatted(file: ReturnType<typeof fileOf>) {
  const format = catalog.quantisations.find(({ name }) => name === file.quantisation)?.format ?? 'gguf';
  return { ...file, format };
}
