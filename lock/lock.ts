import type { Decision, Placement, Unit, Venue } from '../placement/decision';
import { venueOf } from '../placement/venues';
import type { Environment } from '../config/environment';
import { conditionsSince, firstConditions, sealOf } from './conditions';
import type { Before, Conditions } from './conditions';
import { deployedWith, namesMade, newlyDeployed } from './deployed';
import type { Deployed } from './deployed';
import { factsOf } from './facts';
import type { EnvironmentFacts } from './facts';
import { hostAddressesSince } from './host-addresses';
import { stateHeading, statementLines } from '../placement/statements';
import { LockError } from './lock-error';
import { lockVersion } from './lock-form';
import { sorted } from './sorted';

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
export interface Lock extends Conditions {
  /** How many locks that say something else were placed up to this one. @default - placed by a Berth that did not count */
  readonly serial?: number;
  /** What the decision was made for; units and costs are checked against it, and a check tells by it what moved. */
  readonly facts: EnvironmentFacts;
  /** Workloads that left a unit which stays what it is, such as a device; its stack waits for the new place. */
  readonly moves: readonly Move[];
  /** What holds of deployed things, whatever is placed where. */
  readonly deployed: Deployed;
  /** Without reasons, alternatives and warnings, which are explained anew and change with every price. */
  readonly decision: Decision;
}

/** Of a lock that is replaced, what the new one goes by. */
export type Previous = Pick<Lock, 'moves' | keyof Conditions> & {
  /** Undefined where it could not be read. */
  readonly deployed: Deployed | undefined;
  readonly decision: {
    readonly placements: readonly Pick<Placement, 'workload' | 'venue' | 'unit' | 'model'>[];
    readonly units: Before['units'];
  };
};

/** The conditions of a decision's units: after those of the lock that it replaces, or as the first. */
export function conditionsOf(
  previous: Previous | undefined,
  decision: Decision,
  environment: Pick<Environment, 'workloads'>,
): Conditions {
  return previous
    ? conditionsSince({ ...previous, ...previous.decision }, decision, environment)
    : firstConditions(decision);
}

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
    throw new LockError([
      `${stateHeading(environment.name, toState)}\n${statementLines(toState).join('\n')}`,
    ]);
  const conditions = conditionsOf(previous, decision, environment);
  const units = [...decision.units, ...conditions.going.map(({ unit }) => unit)];
  return lockText({
    facts: factsOf(environment),
    moves: previous ? movesSince(previous, decision, conditions) : [],
    ...conditions,
    deployed: deployedWith(
      {
        ...deployedSince(environment, units, previous, first),
        hosts: hostsSince(decision, conditions, previous),
      },
      environment,
      units,
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

/** Host names of machines after a placement; absent where none took the place of others. */
export function hostsSince(
  decision: Decision,
  { going }: Conditions,
  previous: Previous | undefined,
): Deployed['hosts'] {
  const left = new Set(previous?.decision.units.map(({ id }) => id));
  const went = new Set(previous?.going.map(({ unit }) => unit.id));
  const hosts = hostAddressesSince(previous?.deployed?.hosts, { left, went, decision, going });
  return Object.keys(hosts).length > 0 ? hosts : undefined;
}

/** Text of a lock whose parts are known. */
export function lockText(lock: Lock): string {
  return `${JSON.stringify(sorted(formOf(lock)), null, 2)}\n`;
}

/** A lock as its file holds it. */
function formOf({ serial, facts, moves, coming, going, deployed, decision }: Lock): unknown {
  const { environment, asOf, monthlyUsd, optimality, units, placements } = decision;
  return {
    lockVersion,
    serial,
    deployed,
    moves,
    coming,
    going: going.map(each => ({ ...each, seal: sealOf(each) })),
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

/**
 * Where workloads come from: the venue of the lock before, and those that they had left then. Whether that lock was
 * deployed is not known, so that its order still counts. A unit that goes is held, so nothing waits for anything.
 */
function movesSince(
  { decision, moves }: Pick<Previous, 'decision' | 'moves'>,
  after: Decision,
  { going }: Conditions,
): Move[] {
  return after.placements.flatMap(({ workload, venue: to }) => {
    const placed = decision.placements.find(placement => placement.workload === workload);
    const before = going.some(({ unit }) => unit.id === placed?.unit) ? undefined : placed?.venue;
    const left = moves.filter(move => move.workload === workload).map(({ from }) => from);
    const origins = new Set(placed === undefined ? [] : [...(before === undefined ? [] : [before]), ...left]);
    return [...origins].filter(from => from !== to).map(from => ({ workload, from, to }));
  });
}
