import type { Workload } from '../environment';
import type { Evaluation, Group } from './evaluate';
import { compareMisses } from './evaluate';
import { placeName } from './rules/place-rules';

/** One workload that nothing can serve, and what came nearest. */
export interface Unplaceable {
  readonly workload: string;
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

export function unplaceable({ name }: Workload, groups: readonly Group[]): Unplaceable {
  const nearest = groups.map(({ nearest }) => nearest).toSorted(compareNearness);
  return { workload: name, misses: nearest.slice(0, missesShown).map(toMiss) };
}

/** What breaks fewest comes nearest; of equals what costs least, and of those without a price the smallest model. */
function compareNearness(a: Evaluation, b: Evaluation): number {
  return (
    compareMisses(a, b) || compareNumbers(costOf(a), costOf(b)) || compareNumbers(billions(a), billions(b))
  );
}

function costOf({ size }: Evaluation): number {
  return size.monthlyUsd ?? Infinity;
}

function billions({ offer }: Evaluation): number {
  return offer.venue === 'hosted' ? 0 : offer.open.parametersBillion;
}

/** Infinity equals itself here, which a difference would call not a number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function toMiss({ offer, verdicts }: Evaluation): NearMiss {
  const because = verdicts
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ rule, message }) => `${rule}: ${message}`);
  return { model: offer.model, place: placeName(offer), because };
}

/** One error for all of them, each with its nearest misses. */
export function placementError(environment: string, all: readonly Unplaceable[]): PlacementError {
  const lines = all.flatMap(({ workload, misses }) => [
    `${environment}: workload ${workload}: nothing can serve it; relax a requirement, or add what these lack:`,
    ...misses.flatMap(({ model, place, because }) => [
      `  ${model} on ${place}`,
      ...because.map(each => `    ${each}`),
    ]),
  ]);
  return new PlacementError(lines.join('\n'), all);
}
