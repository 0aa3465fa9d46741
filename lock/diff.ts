import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Decision, EngineBuild, Placement, Unit, Venue } from '../placement/decision';
import { cents, usd } from '../placement/figures';
import { venueOf } from '../placement/venues';
import { hostOf } from './host-addresses';
import type { HostAddresses } from './host-addresses';
import { whereText } from './where-text';

/** A workload whose place differs, or that only one of the decisions has. */
export interface PlacementChange {
  /** Name of the workload. */
  readonly workload: string;
  /** Null where the workload is new. */
  readonly from: PlaceOfWorkload | null;
  /** Null where the workload is gone. */
  readonly to: PlaceOfWorkload | null;
  /** Whether it is on another unit or asks another model; otherwise it only costs something else. */
  readonly moves: boolean;
}

/** Where a workload is, and what it costs there. */
export interface PlaceOfWorkload {
  /** Where it runs. */
  readonly venue: Venue;
  /** Name that callers use. */
  readonly model: string;
  /** Deployment SKU, instance type, machine size or device hardware. */
  readonly sku: string;
  /** Region, or the device's site. */
  readonly location: string;
  /** Id of the unit. */
  readonly unit: string;
  /** USD a month, its share of the unit's cost. */
  readonly monthlyUsd: number;
}

/** A unit that differs, is new or goes. */
export interface UnitChange {
  /** Id of the unit. */
  readonly unit: string;
  /** Key to old and new value; for a unit that is new or goes, only its monthly cost. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** What a new decision moves and costs. */
export interface DecisionDiff {
  /** Workloads that came, went or moved. */
  readonly placements: readonly PlacementChange[];
  /** Units that came, went or changed. */
  readonly units: readonly UnitChange[];
  /** Workloads of both whose callers are told another address, as far as that is known without a plan. */
  readonly addresses: readonly string[];
  /** USD a month, before and after. */
  readonly monthlyUsd: readonly [before: number, after: number];
}

/** Host names of both, where machines have those of others. */
type Hosts = readonly [before?: HostAddresses, after?: HostAddresses];

/**
 * Compares two decisions for one environment; what is equal is left out.
 * @param hosts of their machines. @default - each has its own name
 */
export function diffDecisions(
  before: Decision,
  after: Decision,
  [oldHosts, newHosts]: Hosts = [],
): DecisionDiff {
  const names = union(before.placements, after.placements, ({ workload }) => workload);
  const ids = union(before.units, after.units, ({ id }) => id);
  return {
    placements: names.flatMap(workload => {
      const from = placeOf(before, workload);
      const to = placeOf(after, workload);
      const moves = !from || !to || from.model !== to.model || !staysUnit(from.unit, to.unit, before, after);
      return isDeepStrictEqual(from, to) && !moves ? [] : [{ workload, from, to, moves }];
    }),
    units: ids.flatMap(unit => {
      const [old, now] = [before, after].map(({ units }) => units.find(({ id }) => id === unit));
      // Two decisions that know nothing of each other may give one id to two places.
      const both = old && now && !staysUnit(unit, unit, before, after);
      const changes = both
        ? [unitChanges(old, undefined), unitChanges(undefined, now)]
        : [unitChanges(old, now)];
      return changes.filter(each => Object.keys(each).length > 0).map(each => ({ unit, changes: each }));
    }),
    addresses: names.filter(workload => {
      const [old, now] = [addressOf(before, workload, oldHosts), addressOf(after, workload, newHosts)];
      return old !== undefined && now !== undefined && old !== now;
    }),
    monthlyUsd: [before.monthlyUsd, after.monthlyUsd],
  };
}

/** What an address is made of: where it is, by which name it is known, and the model that callers name on machines. */
function addressOf(
  { placements, units }: Decision,
  workload: string,
  hosts?: HostAddresses,
): string | undefined {
  const placed = placements.find(each => each.workload === workload);
  const unit = units.find(({ id }) => id === placed?.unit);
  if (!placed || !unit) return undefined;
  const name = 'device' in unit ? unit.device : hostOf(unit.id, hosts);
  return [unit.venue, unit.location, name, ...('serves' in unit ? [placed.model] : [])].join(' ');
}

/** Whether two ids of two decisions are one unit, which takes what differs in place. */
function staysUnit(from: string, to: string, before: Decision, after: Decision): boolean {
  const old = before.units.find(({ id }) => id === from);
  const now = after.units.find(({ id }) => id === to);
  if (from !== to || !old || !now) return from === to;
  const on = ({ placements }: Decision): string[] =>
    placements.filter(({ unit }) => unit === from).map(({ workload }) => workload);
  const left = on(before).filter(workload => !on(after).includes(workload));
  return old.venue === now.venue && venueOf(now).inPlace(old, now, left.length === 0);
}

/** Whether nothing differs. */
export function isEmptyDiff({ placements, units, monthlyUsd: [before, after] }: DecisionDiff): boolean {
  return placements.length === 0 && units.length === 0 && before === after;
}

/** The difference for people, one line each; a single line when there is none. */
export function renderDiff(diff: DecisionDiff): string {
  if (isEmptyDiff(diff)) return 'no difference in placement or cost';
  const [before, after] = diff.monthlyUsd;
  return [
    ...diff.placements.map(placementLine),
    ...diff.units.flatMap(unitLines),
    ...addressLines(diff),
    `total: ${usd(before)} → ${usd(after)} a month (${signed(after - before)})`,
  ].join('\n');
}

/** Who has to be told, if anybody. */
export function addressLines({ addresses }: Pick<DecisionDiff, 'addresses'>): string[] {
  return addresses.length > 0 ? [`another address for the callers of ${addresses.join(', ')}`] : [];
}

function placementLine({ workload, from, to, moves }: PlacementChange): string {
  if (!from) return `+ ${workload}: ${placeText(to)}`;
  if (!to) return `- ${workload}: ${placeText(from)}`;
  const cost = `${usd(from.monthlyUsd)} → ${usd(to.monthlyUsd)} a month (${signed(to.monthlyUsd - from.monthlyUsd)})`;
  return !moves
    ? `~ ${workload}: stays on ${to.unit}, ${cost}`
    : `~ ${workload}: ${whereText(from)} → ${whereText(to)}, ${cost}`;
}

function placeText(place: PlaceOfWorkload | null): string {
  return place ? `${whereText(place)}, ${usd(place.monthlyUsd)} a month` : 'nowhere';
}

/** What differs of one unit, a line for each key. */
export function unitLines({ unit, changes }: UnitChange): string[] {
  return Object.entries(changes).map(([key, [before, after]]) => {
    if (key === 'unit') return before === null ? `+ unit ${unit}` : `- unit ${unit}`;
    return `~ unit ${unit}: ${key} ${show(before)} → ${show(after)}`;
  });
}

function unitChanges(before: Unit | undefined, after: Unit | undefined): UnitChange['changes'] {
  if (!before || !after)
    return { unit: [before ? before.monthlyUsd : null, after ? after.monthlyUsd : null] };
  const old = new Map<string, unknown>(Object.entries(before));
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  // What prices and speeds change is told by the cost, the size and their day, and which offer it is by the rest.
  const keys = all.filter(key => !['prices', 'sizing', 'offer'].includes(key));
  const now = new Map<string, unknown>(Object.entries(after));
  const changed = keys.filter(key => !isDeepStrictEqual(old.get(key), now.get(key)));
  return Object.fromEntries(changed.map(key => [key, [old.get(key) ?? null, now.get(key) ?? null] as const]));
}

function placeOf({ placements, units }: Decision, name: string): PlaceOfWorkload | null {
  const found: Placement | undefined = placements.find(({ workload }) => workload === name);
  const unit = units.find(({ id }) => id === found?.unit);
  if (!found || !unit) return null;
  const { venue, model, unit: id, monthlyUsd } = found;
  return { venue, model, sku: unit.sku, location: unit.location, unit: id, monthlyUsd };
}

function union<T>(before: readonly T[], after: readonly T[], keyOf: (value: T) => string): string[] {
  return [...new Set([...before, ...after].map(keyOf))].sort();
}

function show(value: unknown): string {
  if (isServed(value)) return value.map(servedText).join(' + ');
  if (isBuild(value)) return `llama.cpp ${value.version}`;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function isBuild(value: unknown): value is EngineBuild {
  return typeof value === 'object' && value !== null && 'sha256' in value && 'version' in value;
}

/** What is shown of a served model. */
const servedSchema = z.looseObject({
  model: z.string(),
  contextTokens: z.number(),
  parallel: z.number(),
  weights: z.looseObject({ quantisation: z.string() }),
});
type Served = z.output<typeof servedSchema>;

/** Served models, each as it is read: a lock that was edited by hand may hold anything. */
function isServed(value: unknown): value is Served[] {
  return Array.isArray(value) && value.every(each => servedSchema.safeParse(each).success);
}

/** A served model in a few words; the whole of it stands in the lock. */
function servedText({ model, contextTokens, parallel, weights }: Served): string {
  return `${model} ${weights.quantisation} (${parallel} × ${contextTokens} tokens)`;
}

function signed(amount: number): string {
  const rounded = cents(amount);
  return `${rounded < 0 ? '−' : '+'}${usd(Math.abs(rounded))}`;
}
