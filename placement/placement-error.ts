import type { Workload } from '../config/environment';
import { compare } from './compare';
import type { Evaluation, Group } from './evaluate';
import { compareMisses } from './evaluate';
import type { Verdict } from './verdict';

/** One workload that nothing can serve, and what came nearest. */
export interface Unplaceable {
  readonly workload: string;
  /** What the workload is pinned to, in words; undefined without a pin. */
  readonly pin: string | undefined;
  readonly misses: readonly NearMiss[];
}

export interface NearMiss {
  readonly model: string;
  readonly place: string;
  readonly because: readonly string[];
}

/** Workloads that nothing can serve, or that cannot be served together. */
export class PlacementError extends Error {
  constructor(
    message: string,
    readonly unplaceable: readonly Unplaceable[] = [],
  ) {
    super(message);
    this.name = 'PlacementError';
  }
}

const missesShown = 3;

/** Rules that no other size, price or file mends: what breaks one of them is no near miss. */
const placeRules = [
  'pin',
  'kind',
  'residency',
  'cloud',
  'network',
  'connectivity',
  'site',
  'tenancy',
  'operations',
];

export function unplaceable({ name, pin }: Workload, groups: readonly Group[]): Unplaceable {
  const all = groups.map(({ nearest }) => nearest).toSorted(compareNearness);
  const pinned = all.filter(({ verdicts }) => !verdicts.some(isExcluded));
  const shown = pin && pinned.length > 0 ? pinned : all;
  return { workload: name, pin: pin && pinText(pin), misses: shown.slice(0, missesShown).map(toMiss) };
}

function isExcluded({ rule, verdict }: Verdict): boolean {
  return rule === 'pin' && verdict === 'fail';
}

function pinText(pin: NonNullable<Workload['pin']>): string {
  const keys = (['venue', 'model', 'version', 'sku'] as const).filter(key => pin[key] !== undefined);
  return keys.map(key => `${key} ${pin[key]}`).join(', ');
}

/** What stands in the wrong place comes last, then what breaks fewest comes nearest; of equals what costs least, and of those without a price the smallest model. */
function compareNearness(a: Evaluation, b: Evaluation): number {
  return (
    compare(misplaced(a), misplaced(b)) ||
    compareMisses(a, b) ||
    compare(costOf(a), costOf(b)) ||
    compare(billions(a), billions(b))
  );
}

function misplaced({ verdicts }: Evaluation): number {
  return verdicts.filter(({ rule, verdict }) => verdict === 'fail' && placeRules.includes(rule)).length;
}

function costOf({ size }: Evaluation): number {
  return size.monthlyUsd ?? Infinity;
}

function billions({ offer }: Evaluation): number {
  return offer.class.weights?.open.parametersBillion ?? 0;
}

function toMiss({ offer, verdicts }: Evaluation): NearMiss {
  const because = verdicts
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ rule, message }) => `${rule}: ${message}`);
  return { model: offer.model, place: offer.class.place.name, because };
}

function headline(pin: string | undefined): string {
  return pin === undefined
    ? 'nothing can serve it; relax a requirement, or add what these lack'
    : `its pin to ${pin} breaks what else is asked; remove the pin, or relax or add what these lack`;
}

/** One error for all of them, each with its nearest misses. */
export function placementError(environment: string, all: readonly Unplaceable[]): PlacementError {
  const lines = all.flatMap(({ workload, pin, misses }) => [
    `${environment}: workload ${workload}: ${headline(pin)}:`,
    ...misses.flatMap(({ model, place, because }) => [
      `  ${model} on ${place}`,
      ...because.map(each => `    ${each}`),
    ]),
  ]);
  return new PlacementError(lines.join('\n'), all);
}
