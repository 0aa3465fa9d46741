import type { Decision, Placement, Unit, Venue } from '../placement/decision';
import { venueOf } from '../placement/venues';
import type { Environment } from '../config/environment';
import { deployedWith, namesMade, newlyDeployed } from './deployed';
import type { Deployed } from './deployed';
import { factsOf } from './facts';
import type { EnvironmentFacts } from './facts';
import { stateHeading, statementLines } from '../placement/statements';
import { LockError } from './lock-error';
import { lockVersion } from './lock-form';

/** A workload that a placement took to another venue than the one before. */
export interface Move {
  /** Name of the workload. */
  readonly workload: string;
  /** Where it was. */
  readonly from: Venue;
  /** Where it is now. */
  readonly to: Venue;
}

/** What is committed beside an environment, reviewed, and built. */
export interface Lock {
  /** What the decision was made for; units and costs are checked against it, and a check tells by it what moved. */
  readonly facts: EnvironmentFacts;
  /** Workloads that this placement moved; their old place goes after the new one is there. */
  readonly moves: readonly Move[];
  /** What holds of deployed things, whatever is placed where. */
  readonly deployed: Deployed;
  /** Without reasons, alternatives and warnings, which are explained anew and change with every price. */
  readonly decision: Decision;
}

/** Of a lock that is replaced, what the new one goes by. */
export type Previous = Pick<Lock, 'moves'> & {
  /** Undefined where it could not be read. */
  readonly deployed: Deployed | undefined;
  readonly decision: { readonly placements: readonly Pick<Placement, 'workload' | 'venue'>[] };
};

/**
 * Text of a lock: the same to the byte for an equal decision.
 * @param previous the lock that it replaces
 * @param first what the first lock of an environment records. @default - nothing
 */
export function writeLock(
  environment: Environment,
  decision: Decision,
  previous?: Previous,
  first: Deployed = newlyDeployed,
): string {
  const { toState = [] } = decision;
  if (toState.length > 0)
    throw new LockError([`${stateHeading(environment.name)}\n${statementLines(toState).join('\n')}`]);
  return lockText({
    facts: factsOf(environment),
    moves: previous ? movesSince(previous, decision) : [],
    deployed: deployedWith(
      deployedSince(environment, decision.units, previous, first),
      environment,
      decision.units,
    ),
    decision,
  });
}

function deployedSince(
  { workloads }: Environment,
  units: readonly Unit[],
  previous: Previous | undefined,
  first: Deployed,
): Deployed {
  const before = previous?.deployed ?? first;
  const identified = units.filter(unit => venueOf(unit).hasIdentities).map(({ id }) => id);
  const placed = new Set(previous?.decision.placements.map(({ workload }) => workload));
  const names = namesMade(workloads, before, placed, identified);
  return { ...before, workloads: Object.keys(names).length > 0 ? names : undefined };
}

/** Text of a lock whose parts are known. */
export function lockText(lock: Lock): string {
  return `${JSON.stringify(sorted(formOf(lock)), null, 2)}\n`;
}

/** A lock as its file holds it. */
function formOf({ facts, moves, deployed, decision }: Lock): unknown {
  const { environment, asOf, monthlyUsd, optimality, units, placements } = decision;
  return {
    lockVersion,
    deployed,
    moves,
    decision: {
      environment,
      asOf,
      monthlyUsd,
      optimality,
      units,
      placements: placements.map(({ workload, unit, venue, model, monthlyUsd: share }) => ({
        workload,
        unit,
        venue,
        model,
        monthlyUsd: share,
      })),
    },
    facts,
  };
}

/** Workloads in both decisions whose venue differs, by name. */
export function movesBetween(before: Previous['decision'], after: Decision): Move[] {
  return movesSince({ decision: before, moves: [] }, after);
}

/**
 * Where workloads come from: the venue of the lock before, and those that they had left then. Whether that lock was
 * deployed is not known, so that its order still counts.
 */
function movesSince({ decision, moves }: Pick<Previous, 'decision' | 'moves'>, after: Decision): Move[] {
  return after.placements.flatMap(({ workload, venue: to }) => {
    const before = decision.placements.find(placement => placement.workload === workload)?.venue;
    const left = moves.filter(move => move.workload === workload).map(({ from }) => from);
    const origins = new Set(before === undefined ? [] : [before, ...left]);
    return [...origins].filter(from => from !== to).map(from => ({ workload, from, to }));
  });
}

/** Keys in the order of the alphabet, at every level; lists stay as they are. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}
