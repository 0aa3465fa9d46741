import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  agreedTokenPrices,
  catalog,
  environmentFile,
  loadEnvironment,
  loadPrices,
  mergeTables,
  mergeTokenPrices,
  priceFileSchema,
  samePrice,
  tableOfRetail,
  tokenMeters,
  tokenPricesOfRetail,
  withPrices,
  writeOutput,
} from '../config';
import type { Catalog, MachinePriceTable, PriceFile, TokenPriceRow, TokenPrices } from '../config';
import { counted } from './counted';
import { dayOf } from './decision';
import { readRetailPrices, retailPricesUrl } from './retail-prices';
import { UsageError } from './usage-error';

export interface RefreshOptions {
  readonly region?: readonly string[];
  readonly out?: string;
  readonly today?: string;
  /** For tests. */
  readonly url?: string;
}

/**
 * Reads the prices of machines and tokens from Azure's public list into a file, which is left as it is when anything
 * fails.
 */
export async function refreshPrices(nameOrPath: string | undefined, options: RefreshOptions): Promise<void> {
  const asOf = dayOf(options.today);
  const { regions, out, hint } = targetOf(nameOrPath, options);
  const previous: PriceFile = existsSync(out) ? loadPrices(out) : { tables: [] };
  const skus = catalog.machines.filter(({ cloud }) => cloud === 'azure').map(({ sku }) => sku);
  const api = { url: options.url ?? retailPricesUrl, wait };
  const tables: MachinePriceTable[] = [];
  const lists: TokenPrices[] = [];
  // One region after another: the list is public, unauthenticated and throttled.
  for (const region of regions) {
    tell(`reading the prices of ${region}`);
    const machines = await readRetailPrices(api, 'Virtual Machines', region);
    const reservations = await readRetailPrices(api, 'Virtual Machines', region, 'Reservation');
    tables.push(tableOfRetail(machines, { region, skus, asOf, reservations }));
    const tokens = await readRetailPrices(api, 'Foundry Models', region);
    lists.push(tokenPricesOfRetail(tokens, { region, asOf }, catalog));
  }
  const tokens = agreedTokenPrices(lists);
  const tokenPrices = mergeTokenPrices(previous.tokenPrices ?? [], tokens.rows);
  write(out, {
    ...previous,
    tables: mergeTables(previous.tables, tables),
    ...(tokenPrices.length > 0 ? { tokenPrices } : {}),
  });
  const before = withPrices(catalog, previous);
  for (const table of tables) print(summaryOf(table, before.machinePrices));
  for (const line of summaryOfTokens(tokens, before)) print(line);
  print(`wrote ${out}${hint}`);
}

interface Target {
  readonly regions: readonly string[];
  readonly out: string;
  /** What is left to do, to be put behind the name of the file. */
  readonly hint: string;
}

function targetOf(nameOrPath: string | undefined, { region: asked, out }: RefreshOptions): Target {
  if (nameOrPath === undefined) return withoutEnvironment(asked, out);
  const file = environmentFile(nameOrPath, process.cwd());
  const { azure, prices } = loadEnvironment(file);
  const regions = asked ?? azure?.locations ?? [];
  if (regions.length === 0)
    throw new UsageError(`${file}: no azure.locations, and only Azure's prices are read; name a --region`);
  checkRegions(regions);
  const named = prices === undefined ? undefined : join(dirname(file), prices);
  const target = out ?? named ?? join(dirname(file), 'prices.json');
  const hint = named === target ? '' : `; to use it, give the environment prices with the path of this file`;
  return { regions, out: target, hint };
}

/** The table of Berth's own checkout, or a file of one's own. */
function withoutEnvironment(asked: readonly string[] | undefined, out: string | undefined): Target {
  const shipped = join('catalog', 'machine-prices.json');
  const own = isBerth() && existsSync(shipped) ? shipped : undefined;
  const target = out ?? own;
  if (target === undefined)
    throw new UsageError(
      'prices refresh: an environment, or --out with a file, is needed, got neither; name one',
    );
  const known = catalog.machinePrices.filter(({ cloud }) => cloud === 'azure').map(({ region }) => region);
  const regions = asked ?? known;
  checkRegions(regions);
  return { regions, out: target, hint: '' };
}

function checkRegions(regions: readonly string[]): void {
  const known = catalog.regions.filter(({ cloud }) => cloud === 'azure').map(({ name }) => name);
  const wrong = regions.filter(region => !known.includes(region));
  if (wrong.length > 0)
    throw new UsageError(
      `--region: a region of azure is allowed, got ${wrong.join(', ')}; known are ${known.join(', ')}`,
    );
}

function isBerth(): boolean {
  if (!existsSync('package.json')) return false;
  const parsed = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly name?: unknown };
  return parsed.name === 'cdktf-berth';
}

function write(path: string, prices: PriceFile): void {
  writeOutput(path, `${JSON.stringify(priceFileSchema.parse(prices), null, 2)}\n`);
}

function summaryOf(table: MachinePriceTable, before: readonly MachinePriceTable[]): string {
  const old = before.find(({ cloud, region }) => cloud === table.cloud && region === table.region);
  const prices = Object.entries(table.usdPerHour);
  const unknown = prices.filter(([, price]) => price === null).length;
  const changed = prices.filter(([sku, price]) => {
    const known = old?.usdPerHour[sku];
    return known !== undefined && known !== price;
  }).length;
  const gone = Object.keys(old?.usdPerHour ?? {}).filter(sku => !(sku in table.usdPerHour)).length;
  const spot = Object.values(table.spotUsdPerHour ?? {}).filter(price => price !== null).length;
  return `${table.region}: ${prices.length} sizes, ${changed} with another price, ${gone} no longer sold, ${unknown} unclear, ${spot} with a spot price${summaryOfCommitments(table, old)}`;
}

/** By commitment, how many sizes have a price under it, and how many of them another than before. */
function summaryOfCommitments(table: MachinePriceTable, old: MachinePriceTable | undefined): string {
  const parts = Object.entries(table.committedUsdPerHour ?? {}).map(([name, prices]) => {
    const before = new Map(Object.entries(old?.committedUsdPerHour ?? {})).get(name) ?? {};
    const known = Object.entries(prices).filter(([, price]) => price !== null);
    const changed = known.filter(([sku, price]) => before[sku] !== undefined && before[sku] !== price).length;
    return `, ${known.length} with ${name} (${changed} with another price)`;
  });
  return parts.join('');
}

function summaryOfTokens({ rows, left }: TokenPrices, before: Catalog): string[] {
  const changed = rows.filter(row => !samePrice(priceBefore(row, before), row.price));
  const known = new Set(tokenMeters.rows.map(({ model, version }) => `${model} ${version}`));
  const unknown = before.hostedModels.filter(({ name, version }) => !known.has(`${name} ${version}`));
  const reasons = [...new Set(left.map(({ why }) => why))];
  return [
    `tokens: ${counted(rows.length, 'price')}, ${changed.length} with another figure, ${left.length} left as they are`,
    ...reasons.map(
      reason => `  ${reason}: ${left.flatMap(({ what, why }) => (why === reason ? what : [])).join(', ')}`,
    ),
    `  no meter is known of ${unknown.length} of ${before.hostedModels.length} hosted models; their prices are left as they are`,
  ];
}

function priceBefore({ model, version, scope, region = '' }: TokenPriceRow, { hostedModels }: Catalog) {
  const prices = hostedModels.find(each => each.name === model && each.version === version)?.prices;
  return scope === 'regional' ? prices?.regional?.[region] : prices?.[scope];
}

async function wait(seconds: number): Promise<void> {
  tell(`the price list asks to wait ${seconds} s`);
  await setTimeout(seconds * 1000);
}

/** Progress, which is no part of the result. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
