import { catalog } from '../../config';

/** A workload of an environment that is edited. */
export interface ShopWorkload {
  readonly name: string;
  readonly formerly?: string;
  /** Where it is pinned to: a hosted model, machines, a managed endpoint of the catalogue, or the device. */
  readonly on: 'service' | 'machines' | 'endpoint' | 'device';
  /** Deployment SKU or machine size. @default - Berth's choice */
  readonly sku?: string;
  readonly model: string;
  readonly requestsPerDay: number;
  /** @default - as the traffic needs */
  readonly contextTokens?: number;
}

/** An environment that is edited. */
export interface Shop {
  /** In the order of the file. */
  readonly locations: readonly string[];
  readonly workloads: readonly ShopWorkload[];
  /** Keys of `azure` beside its locations. @default - only a subscription */
  readonly azure?: Readonly<Record<string, unknown>>;
  /** Version of the engine. @default 'b9000' */
  readonly engine?: string;
  /** Host key of the device. @default - there is no device */
  readonly hostKey?: string;
  /** Prices of machines instead of those that ship, by size. Unit: USD an hour. */
  readonly prices?: Readonly<Record<string, number>>;
}

const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';

/** Models of machines, in the environment's own files. */
export const machineModels = ['qwen3-1.7b', 'qwen3-4b'] as const;

const placeOf: Readonly<Record<ShopWorkload['on'], object>> = {
  service: {},
  machines: { residency: 'own-network' },
  endpoint: { residency: 'region', tenancy: 'dedicated', operations: 'provider-managed' },
  device: { residency: 'device', site: 'till-site' },
};

const venueOf = { service: 'hosted', machines: 'vm', endpoint: 'catalog', device: 'edge' } as const;

/** Name of the price file beside the environment's. */
const pricesFile = 'prices.json';

/** The environment as its files say it, by their names. */
export function shopFiles(shop: Shop): Readonly<Record<string, string>> {
  const { prices = {} } = shop;
  const tables = catalog.machinePrices
    .filter(({ cloud, region }) => cloud === 'azure' && region === 'swedencentral')
    .map(table => ({ ...table, usdPerHour: { ...table.usdPerHour, ...prices } }));
  return {
    'shop.json': JSON.stringify(environmentOf(shop), null, 2),
    ...(shop.prices ? { [pricesFile]: JSON.stringify({ tables }, null, 2) } : {}),
  };
}

function environmentOf({
  locations,
  workloads,
  azure = {},
  engine = 'b9000',
  hostKey,
  prices,
}: Shop): object {
  return {
    name: 'shop',
    azure: { subscriptionId: '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11', ...azure, locations },
    ...(prices ? { prices: pricesFile } : {}),
    weights: Object.fromEntries(machineModels.map(model => [idOf(model), weightsOf(model)])),
    engines: ['cpu', 'cuda'].map(accelerator => ({
      arch: 'amd64',
      accelerator,
      version: engine,
      url: `https://models.example.com/${accelerator}-${engine}.tar.gz`,
      sha256,
    })),
    ...(hostKey === undefined ? {} : { devices: { till: deviceOf(hostKey) } }),
    workloads: workloads.map(workloadOf),
  };
}

function workloadOf({ on, sku, model, requestsPerDay, ...named }: ShopWorkload): object {
  const own = on === 'machines' || on === 'device';
  return {
    ...named,
    task: 'classification',
    scope: 'focused',
    ...(own ? {} : { quality: 'any' }),
    traffic: { requestsPerDay, inputTokens: 260, outputTokens: 6 },
    ...placeOf[on],
    ...(own ? { weights: idOf(model) } : {}),
    pin: { venue: venueOf[on], ...(own ? {} : { model }), ...(sku === undefined ? {} : { sku }) },
  };
}

function deviceOf(hostKey: string): object {
  return {
    site: 'till-site',
    hardware: { memoryGib: 16, memoryBandwidthGbs: 50, runsOn: 'cpu', arch: 'amd64' },
    connection: { host: 'till.example.com', hostKey: `ssh-ed25519 ${hostKey}` },
  };
}

/** What a device would download, and its sha256. */
export function shopDownloads(engines: readonly string[]): Readonly<Record<string, string>> {
  const urls = [
    ...machineModels.map(model => weightsOf(model).url),
    ...engines.map(engine => `https://models.example.com/cpu-${engine}.tar.gz`),
  ];
  return Object.fromEntries(urls.map(url => [url, sha256]));
}

function idOf(model: string): string {
  return model.replace(/[^a-z0-9]+/g, '-');
}

function weightsOf(model: string): { readonly url: string } {
  return {
    ...{ model, fineTuned: true, quantisation: 'Q8_0', revision: 'v7', sha256, measuredQuality: 0.4 },
    url: `https://models.example.com/${idOf(model)}.gguf`,
  };
}
