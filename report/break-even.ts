/**
 * Where the answer first changes as traffic moves away from today's.
 *
 * Costs never fall with more traffic. So between two volumes nothing can change when staying costs no more at the larger
 * one than every rival does at the smaller; where that does not hold, the interval is halved. The first change is thus
 * found whatever steps the costs take, not only where samples happen to lie.
 */

/** Costs of staying and of leaving, at multiples of today's traffic. Infinite where it cannot be. */
export interface Race {
  readonly stay: (factor: number) => number;
  /** Whether staying costs in proportion to traffic. */
  readonly stayPerToken: boolean;
  /** Of the cheapest rival whose cost is in proportion to traffic. */
  readonly perToken: (factor: number) => number;
  /** Of the cheapest other rival. */
  readonly stepped: (factor: number) => number;
}

/** Neighbouring volumes on the two sides of a change, seen from today. */
export interface Change {
  readonly before: number;
  readonly after: number;
}

/** Share of a volume that a break-even is exact to. */
export const factorTolerance = 1e-5;

/** Share of the cost that another place has to save before the answer changes. */
const leastSaving = 0.001;

/** Money by which two costs may differ and still count as equal: a cent, or a thousandth. */
export function toleranceUsd(usd: number): number {
  return Math.max(0.01, leastSaving * usd);
}

/** @returns undefined when nothing changes between the two */
export function firstChange(race: Race, from: number, to: number): Change | undefined {
  const least = Math.min(from, to);
  const most = Math.max(from, to);
  if (isSettled(race, least, most)) return undefined;
  if (most / least <= 1 + factorTolerance)
    return hasChanged(race, to) ? { before: from, after: to } : undefined;
  const middle = Math.sqrt(least * most);
  return firstChange(race, from, middle) ?? firstChange(race, middle, to);
}

/** Whether a rival is notably cheaper, or staying is impossible. */
export function hasChanged(race: Race, factor: number): boolean {
  const stay = race.stay(factor);
  if (stay === Infinity) return true;
  return Math.min(race.perToken(factor), race.stepped(factor)) < stay - toleranceUsd(stay);
}

function isSettled(race: Race, least: number, most: number): boolean {
  const stay = [race.stay(least), race.stay(most)] as const;
  if (stay[1] === Infinity) return false;
  const slack = toleranceUsd(stay[0]);
  if (stay[1] > race.stepped(least) + slack) return false;
  if (!race.stayPerToken) return stay[1] <= race.perToken(least) + slack;
  // Two straight lines through zero: whichever is lower at both ends is lower between them.
  return stay[0] <= race.perToken(least) + slack && stay[1] <= race.perToken(most) + toleranceUsd(stay[1]);
}
