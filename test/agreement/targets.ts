import { everyEngine } from '../../bench/verified-files';
import { catalog, parseEnvironment } from '../../config';
import { catalogOffers } from '../../placement/venues/catalog/offers';
import type { Catalog, EnvironmentInput } from '../../config';
import { deploymentSkus, isBatchSku, isProvisionedSku } from '../../catalog';
import type { HostedModel, Machine, OpenModel } from '../../catalog';
import { acceleratorTypes } from '../../limits/managed-compute';
import type { Trial } from './trial';

export type WorkloadInput = EnvironmentInput['workloads'][number];

const sha256 = 'a'.repeat(64);
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5';
const subscriptionId = '00000000-0000-4000-8000-000000000000';
/** The smallest chat model runs wherever the engine does. */
const smallest = 'smollm2-135m-instruct';

/** Everything that an environment can say so that models are let through. */
export function azureOf(locations: readonly string[], hostedModels: readonly HostedModel[]) {
  const provisioned = deploymentSkus.filter(isProvisionedSku);
  const unlisted = hostedModels.flatMap(({ name: model }) =>
    deploymentSkus.map(sku => ({
      model,
      sku,
      ...(provisioned.includes(sku)
        ? { provisionedUnits: 100_000 }
        : isBatchSku(sku)
          ? { enqueuedTokens: 1_000_000_000 }
          : { tokensPerMinute: 10_000_000, requestsPerMinute: 1000 }),
    })),
  );
  return {
    subscriptionId,
    locations: [...locations],
    acceptedTerms: [
      ...new Set(hostedModels.map(({ publisher }) => publisher)),
      { publisher: 'Anthropic', organizationName: 'Shop AB', countryCode: 'SE', industry: 'retail' },
    ],
    approvedModels: [...new Set(hostedModels.map(({ name }) => name))],
    alreadyDeployed: hostedModels.map(({ name: model, version }) => ({ model, version })),
    managedCompute: {
      usdPerAcceleratorHour: Object.fromEntries(acceleratorTypes.map(type => [type, 4])),
      asOf: '2026-11-01',
      quotas: locations.flatMap(location =>
        acceleratorTypes.map(acceleratorType => ({ acceleratorType, location, accelerators: 64 })),
      ),
    },
    quotas: [...new Map(unlisted.map(each => [`${each.model} ${each.sku}`, each])).values()],
  };
}

export function fileOf({ id }: Pick<OpenModel, 'id'>, quantisation = 'Q4_K_M') {
  return {
    model: id,
    quantisation,
    url: `https://models.example.com/${id}/${quantisation}.gguf`,
    revision: 'r1',
    sha256,
  };
}

/** The catalogue with a spot price for every machine; few are listed. */
export function withSpotPrices(of: Catalog): Catalog {
  const machinePrices = of.machinePrices.map(table => {
    const spot = Object.entries(table.usdPerHour).map(([sku, usd]) => [sku, usd && usd * 0.3] as const);
    return { ...table, spotUsdPerHour: Object.fromEntries(spot) };
  });
  return { ...of, machinePrices };
}

/** Key of a model's file in `weights`. */
export function keyOf(text: string): string {
  return `f-${text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 32).replace(/-$/, '');
}

export function deviceOn(hardware: string, site: string, index: number, connected = true) {
  return { site, hardware, connected, connection: { host: `d${index}.example.com`, hostKey } };
}

const traffic = {
  chat: { requestsPerDay: 50, inputTokens: 100, outputTokens: 20 },
  embedding: { requestsPerDay: 50, inputTokens: 100 },
  image: { requestsPerDay: 5, inputTokens: 100, images: 1 },
} as const;
const tasks = { chat: 'chat', embedding: 'embedding', image: 'image-generation' } as const;

function workloadOf(
  name: string,
  kind: keyof typeof tasks,
  pin: WorkloadInput['pin'],
  more: Partial<WorkloadInput> = {},
): WorkloadInput {
  return { name, task: tasks[kind], traffic: traffic[kind], pin, ...more };
}

/** What must be tried once: a workload that is pinned to it, and the region that sells it. */
interface Target {
  readonly group: string;
  readonly workload: (name: string) => WorkloadInput;
  readonly hosted?: HostedModel;
  readonly open?: OpenModel;
  readonly machine?: Machine;
}

/** Every hosted model that a task asks for, in every SKU, where the SKU is sold. */
function hostedTargets(): Target[] {
  return catalog.hostedModels.flatMap(hosted => {
    const { name: model, version, kind } = hosted;
    if (kind !== 'chat' && kind !== 'embedding' && kind !== 'image') return [];
    return deploymentSkus.flatMap((sku): Target[] => {
      const sold = hosted.regions?.[sku] ?? [];
      const location = sold.includes('swedencentral') ? 'swedencentral' : sold[0];
      if (location === undefined) return [];
      const waits = isBatchSku(sku) ? { traffic: { ...traffic[kind], deferrable: true } } : {};
      const workload = (name: string) =>
        workloadOf(name, kind, { venue: 'hosted', model, version, sku }, waits);
      return [{ group: `hosted ${location}`, workload, hosted }];
    });
  });
}

/** Every model of a registry on every instance type that it allows. */
function endpointTargets(): Target[] {
  return catalog.openModels.flatMap(open =>
    (open.azureMl?.instanceTypes ?? []).flatMap((sku): Target[] => {
      const machine = catalog.machines.find(each => each.cloud === 'azure' && each.sku === sku);
      const table = catalog.machinePrices.find(
        ({ cloud, usdPerHour }) => cloud === 'azure' && usdPerHour[sku] !== undefined,
      );
      if (!machine || !table) return [];
      const workload = (name: string) =>
        workloadOf(name, open.kind, { venue: 'catalog', model: open.id, sku });
      return [{ group: `catalog ${table.region}`, workload, open, machine }];
    }),
  );
}

/** Every model that a registry is estimated to hold, on the smallest instance type. */
function estimatedTargets(): Target[] {
  const environment = parseEnvironment(
    {
      name: 'test',
      evidence: 'estimated',
      azure: azureOf(['eastus2'], []),
      workloads: [workloadOf('any', 'chat', {})],
    },
    'test',
  );
  const offers = catalogOffers({ environment, catalog, asOf: '2026-11-24' });
  const smallest = new Map(offers.map(offer => [offer.open, offer]));
  return [...smallest.values()].flatMap(({ open, sku, class: { weights } }): Target[] => {
    const machine = catalog.machines.find(each => each.cloud === 'azure' && each.sku === sku);
    if (weights?.registry?.instances.evidence !== 'estimated' || !machine) return [];
    const workload = (name: string) => workloadOf(name, open.kind, { venue: 'catalog', model: open.id, sku });
    return [{ group: 'estimated eastus2', workload, open, machine }];
  });
}

/** Every template of managed compute. */
function managedTargets(): Target[] {
  return catalog.openModels.flatMap(open =>
    (open.managedCompute?.templates ?? []).map(({ accelerators, acceleratorType }): Target => {
      const sku = `${accelerators}x${acceleratorType}`;
      const workload = (name: string) =>
        workloadOf(name, open.kind, { venue: 'managed-compute', model: open.id, sku });
      return { group: 'managed-compute eastus2', workload, open };
    }),
  );
}

/** Every machine with the smallest model, paid in every way, and every open model on a large machine. */
function machineTargets(): Target[] {
  const small = catalog.openModels.find(({ id }) => id === smallest);
  const pays = [
    {},
    { interruptible: true },
    {
      traffic: {
        ...traffic.chat,
        activeHours: {
          timeZone: 'Europe/Stockholm',
          days: ['mon', 'sat'] as const,
          from: '22:00',
          to: '06:00',
        },
        peakFactor: 40,
      },
    },
  ];
  const onMachines = catalog.machines.flatMap((machine, i): Target[] => {
    const { cloud, sku } = machine;
    const table = catalog.machinePrices.find(
      each => each.cloud === cloud && each.usdPerHour[sku] !== undefined,
    );
    if (!small || !table) return [];
    const paid = pays[i % pays.length] as Partial<WorkloadInput>;
    const there = { dataLocation: { provider: cloud, region: table.region } };
    const workload = (name: string) =>
      workloadOf(name, 'chat', { venue: 'vm', model: smallest, sku }, { ...there, ...paid });
    return [{ group: `${cloud} ${table.region}`, workload, open: small, machine }];
  });
  const large = catalog.machines.filter(({ sku }) =>
    ['Standard_ND96isr_H100_v5', 'Standard_NC96ads_A100_v4'].includes(sku),
  );
  const models = catalog.openModels.flatMap((open, i): Target[] => {
    const machine = large[i % large.length];
    if (!machine) return [];
    const workload = (name: string) =>
      workloadOf(name, open.kind, { venue: 'vm', model: open.id, sku: machine.sku });
    return [{ group: 'azure swedencentral', workload, open, machine }];
  });
  return [...onMachines, ...models];
}

/** Trials that together try every target once. @param size workloads of a trial at most */
export function targetTrials(size = 24): Trial[] {
  const groups = new Map<string, Target[]>();
  for (const target of [
    ...hostedTargets(),
    ...endpointTargets(),
    ...estimatedTargets(),
    ...managedTargets(),
    ...machineTargets(),
  ])
    groups.set(target.group, [...(groups.get(target.group) ?? []), target]);
  const trials = [...groups].flatMap(([group, targets]) =>
    Array.from({ length: Math.ceil(targets.length / size) }, (_, i) =>
      trialOf(group, targets.slice(i * size, (i + 1) * size), i),
    ),
  );
  return [...trials, ...deviceTrials(size)];
}

function trialOf(group: string, targets: readonly Target[], index: number): Trial {
  const [what, region = ''] = group.split(' ');
  const open = [...new Set(targets.flatMap(each => each.open ?? []))];
  const hostedModels = [...new Set(targets.flatMap(each => each.hosted ?? []))];
  return {
    name: `${group} ${index}`,
    input: {
      name: 'test',
      evidence: 'estimated',
      ...(what === 'aws' ? { aws: { region } } : { azure: azureOf([region], hostedModels) }),
      weights: Object.fromEntries(open.map(each => [keyOf(each.id), fileOf(each)])),
      engines: everyEngine,
      workloads: targets.map(({ workload }, i) => workload(`w-${i}a`)),
    },
    catalog: {
      ...withSpotPrices(catalog),
      hostedModels,
      openModels: open,
      machines: [...new Set(targets.flatMap(each => each.machine ?? []))],
    },
  };
}

/** Every device of the table, with and without a connection. */
function deviceTrials(size: number): Trial[] {
  const open = catalog.openModels.filter(({ id }) => id === smallest);
  const all = catalog.devices.map(({ id }, i) => ({
    hardware: id,
    site: `site-${i}a`,
    connected: i % 2 === 0,
  }));
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at): Trial => {
    const some = all.slice(at * size, (at + 1) * size);
    return {
      name: `devices ${at}`,
      input: {
        name: 'test',
        devices: Object.fromEntries(
          some.map(({ hardware, site, connected }, i) => [
            `d-${site}`,
            deviceOn(hardware, site, i, connected),
          ]),
        ),
        weights: Object.fromEntries(open.map(each => [keyOf(each.id), fileOf(each)])),
        engines: everyEngine,
        workloads: some.map(({ site, connected }, i) =>
          workloadOf(
            `w-${i}a`,
            'chat',
            { venue: 'edge' },
            {
              site,
              residency: 'device',
              connectivity: connected ? 'online' : 'offline',
            },
          ),
        ),
      },
      catalog: { ...catalog, hostedModels: [], openModels: open, machines: [] },
    };
  });
}
