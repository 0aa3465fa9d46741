import type { Catalog } from './catalog';
import { commitments } from './commitment';
import type { Commitment } from './commitment';
import { bare, closest } from '../text/closest';
import type { HostedModel, RetiredModel } from './hosted-model';
import type {
  Accelerator,
  Cloud,
  DeviceHardware,
  Machine,
  MachinePriceFactors,
  MachinePriceTable,
  Processor,
  Region,
} from './machine';
import type { OpenModel, Quantisation } from './open-model';

/** A fact, or a sentence that says what was asked, what is known and what to change. */
export type Lookup<T> = { readonly found: true; readonly value: T } | LookupFailure;

interface LookupFailure {
  readonly found: false;
  /** Lower-case start, no full stop at the end, so that a caller can put a path before it. */
  readonly problem: string;
  /** Known keys, nearest first. */
  readonly closest: readonly string[];
  /** Set when the key is of a retired model. */
  readonly retired?: RetiredModel;
}

/** A machine in a region, with what it costs there. */
export interface PricedMachine {
  readonly machine: Machine;
  readonly region: string;
  /** Null is unknown, never zero. */
  readonly usdPerHour: number | null;
  /** Spot price of that day; null is unknown. */
  readonly spotUsdPerHour: number | null;
  /** Under a commitment, those that are known. @default - none */
  readonly committedUsdPerHour?: Partial<Record<Commitment, number>>;
  /** YYYY-MM-DD; null where no price table covers the region. */
  readonly priceAsOf: string | null;
  readonly priceSource: string | null;
  /** What the price is estimated from. @default - it is listed */
  readonly priceFrom?: string;
}

/** The named version of a hosted model, or its youngest when no version is given. */
export function findHostedModel(catalog: Catalog, name: string, version?: string): Lookup<HostedModel> {
  const versions = catalog.hostedModels.filter(model => model.name === name);
  const value =
    version === undefined ? youngest(versions) : versions.find(model => model.version === version);
  if (value) return { found: true, value };
  const retired = findRetired(catalog, name, version);
  if (retired) return retiredFailure(retired);
  if (versions.length > 0) {
    const known = versions.map(model => model.version);
    return failure(`version ${version} of the hosted model ${name}`, version ?? '', known, 'versions');
  }
  const names = catalog.hostedModels.map(model => model.name);
  return failure(`the hosted model ${name}`, name, names, 'models');
}

/** An open model by its id. Ids are lower case, such as `phi-4`. */
export function findOpenModel(catalog: Catalog, id: string): Lookup<OpenModel> {
  return pick(catalog.openModels, 'the open model', 'models', id, model => model.id);
}

/** A device of the device table by its id. */
export function findDevice(catalog: Catalog, id: string): Lookup<DeviceHardware> {
  return pick(catalog.devices, 'the device hardware', 'devices', id, device => device.id);
}

/** The accelerator that a hardware name mentions, by its longest alias; undefined when none is known. */
export function findAccelerator(catalog: Catalog, hardware: string): Accelerator | undefined {
  return mentioned(catalog.accelerators, hardware);
}

/** The CPU that a hardware name mentions, by its longest alias; undefined when none is known. */
export function findProcessor(catalog: Catalog, hardware: string): Processor | undefined {
  return mentioned(catalog.processors, hardware);
}

interface Named {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** What names mention, by table: a decision asks for each of some hundred machines thousands of times. */
const found = new WeakMap<readonly Named[], Map<string, Named | undefined>>();

function mentioned<T extends Named>(rows: readonly T[], hardware: string): T | undefined {
  const known = found.get(rows) ?? new Map<string, Named | undefined>();
  found.set(rows, known);
  if (!known.has(hardware)) known.set(hardware, mentionedAnew(rows, hardware));
  return known.get(hardware) as T | undefined;
}

function mentionedAnew<T extends Named>(rows: readonly T[], hardware: string): T | undefined {
  const text = ` ${words(hardware)} `;
  const mentions = rows.flatMap(row =>
    [row.name, ...row.aliases]
      .filter(alias => text.includes(` ${words(alias)} `))
      .map(alias => ({ row, length: alias.length })),
  );
  return mentions.toSorted((a, b) => b.length - a.length)[0]?.row;
}

/** A region by its name, such as `swedencentral` or `us-east-1`. */
export function findRegion(catalog: Catalog, name: string): Lookup<Region> {
  return pick(catalog.regions, 'the region', 'regions', name, region => region.name);
}

/** A quantisation by its name, such as `Q4_K_M`. */
export function findQuantisation(catalog: Catalog, name: string): Lookup<Quantisation> {
  return pick(
    catalog.quantisations,
    'the quantisation',
    'quantisations',
    name,
    quantisation => quantisation.name,
  );
}

/** A machine as one region sells it. Fails when the size or the region's price table is unknown. */
export function findMachine(
  catalog: Catalog,
  cloud: Cloud,
  sku: string,
  region: string,
): Lookup<PricedMachine> {
  const machines = catalog.machines.filter(machine => machine.cloud === cloud);
  const machine = machines.find(candidate => candidate.sku === sku);
  const skus = machines.map(candidate => candidate.sku);
  if (!machine) return failure(`the ${cloud} machine ${sku}`, sku, skus, 'sizes');
  const tables = catalog.machinePrices.filter(table => table.cloud === cloud);
  const table = tables.find(candidate => candidate.region === region);
  const regions = tables.map(candidate => candidate.region);
  if (!table) return failure(`a price table of the ${cloud} region ${region}`, region, regions, 'regions');
  const usdPerHour = table.usdPerHour[sku];
  if (usdPerHour === undefined) {
    const elsewhere = tables.filter(other => other.usdPerHour[sku] !== undefined).map(other => other.region);
    return failure(`a price of ${sku} in ${region}`, region, elsewhere, 'regions that sell it');
  }
  return {
    found: true,
    value: {
      machine,
      region,
      usdPerHour,
      spotUsdPerHour: table.spotUsdPerHour?.[sku] ?? null,
      ...committedOf(table, sku),
      priceAsOf: table.asOf,
      priceSource: table.source,
    },
  };
}

function committedOf(
  { committedUsdPerHour }: MachinePriceTable,
  sku: string,
): Pick<PricedMachine, 'committedUsdPerHour'> {
  if (!committedUsdPerHour) return {};
  const known = commitments.flatMap(name => {
    const usd = committedUsdPerHour[name]?.[sku] ?? null;
    return usd === null ? [] : [[name, usd] as const];
  });
  return { committedUsdPerHour: Object.fromEntries(known) };
}

/**
 * Every machine that a region sells, in the order of the table. Where no price table covers the region nobody knows what
 * it sells: all machines, at an unknown price.
 */
export function machinesOf(catalog: Catalog, cloud: Cloud, region: string): PricedMachine[] {
  return catalog.machines
    .filter(machine => machine.cloud === cloud)
    .flatMap(({ sku }) => machineIn(catalog, cloud, sku, region) ?? []);
}

/**
 * A machine as a region sells it; undefined when it does not. Where no price table covers the region, its price is estimated from
 * that in another one, at the upper end, or unknown.
 */
export function machineIn(
  catalog: Catalog,
  cloud: Cloud,
  sku: string,
  region: string,
): PricedMachine | undefined {
  const lookup = findMachine(catalog, cloud, sku, region);
  if (lookup.found) return lookup.value;
  const covered = catalog.machinePrices.some(table => table.cloud === cloud && table.region === region);
  const machine = catalog.machines.find(candidate => candidate.cloud === cloud && candidate.sku === sku);
  if (covered || !machine) return undefined;
  const factor = catalog.machinePriceFactors.regions.find(
    each => each.cloud === cloud && each.region === region,
  );
  if (factor) return estimatedIn(factor, catalog, machine);
  return { machine, region, usdPerHour: null, spotUsdPerHour: null, priceAsOf: null, priceSource: null };
}

function estimatedIn(
  { cloud, region, of, least, most, families }: MachinePriceFactors['regions'][number],
  catalog: Catalog,
  machine: Machine,
): PricedMachine | undefined {
  const listed = findMachine(catalog, cloud, machine.sku, of);
  if (!listed.found || !families.includes(machine.sku.split('.')[0] ?? '')) return undefined;
  const { usdPerHour, priceAsOf, priceSource } = listed.value;
  return {
    machine,
    region,
    usdPerHour: usdPerHour === null ? null : Number((usdPerHour * most).toFixed(5)),
    spotUsdPerHour: null,
    priceAsOf,
    priceSource,
    priceFrom:
      least === most ? `the price in ${of}` : `the price in ${of} × ${least} to ${most}, at the upper end`,
  };
}

function pick<T>(
  rows: readonly T[],
  what: string,
  plural: string,
  key: string,
  keyOf: (row: T) => string,
): Lookup<T> {
  const value = rows.find(row => keyOf(row) === key);
  return value ? { found: true, value } : failure(`${what} ${key}`, key, rows.map(keyOf), plural);
}

/** The sentence is made when it is read: placement looks much up that is not there, and asks no further. */
function failure(what: string, given: string, known: readonly string[], plural: string): LookupFailure {
  return {
    found: false,
    get problem() {
      const near = this.closest;
      const hint = near.length > 0 ? `closest known ${plural}: ${near.join(', ')}` : `no ${plural} are known`;
      return `${what} is not in the catalogue; ${hint}`;
    },
    get closest() {
      return closest(given, known);
    },
  };
}

function findRetired(catalog: Catalog, name: string, version?: string): RetiredModel | undefined {
  return catalog.retiredModels.find(
    model =>
      bare(model.name) === bare(name) &&
      (version === undefined || model.version === null || model.version === version),
  );
}

function retiredFailure(retired: RetiredModel): LookupFailure {
  const version = retired.version === null ? '' : ` (version ${retired.version})`;
  const next =
    retired.successors.length > 0
      ? `use its successor${retired.successors.length > 1 ? 's' : ''} ${retired.successors.join(', ')}`
      : 'Azure names no successor';
  return {
    found: false,
    problem: `${retired.name}${version} was retired on ${retired.retiredOn}; ${next}`,
    closest: retired.successors,
    retired,
  };
}

/** Lower case, with every kind of hyphen and punctuation as one space. */
function words(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9+.]+/g, ' ')
    .trim();
}

/** Versions are dates or small whole numbers, so text order with numbers compared as numbers is age. */
function youngest(versions: readonly HostedModel[]): HostedModel | undefined {
  return versions.toSorted((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }))[0];
}
