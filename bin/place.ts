import {
  LockError,
  apiWarnings,
  checkNameIsFree,
  checkPlatform,
  diffDecisions,
  isEmptyDiff,
  lockFile,
  newStatePlace,
  placeText,
  renderDiff,
  salvageLock,
  writeLock,
  writeOutput,
} from '../config';
import type { Decision, Environment, Previous, Salvaged, StatePlace } from '../config';
import { counted } from './counted';
import { decided } from './decision';
import { limitsOf } from './limits';
import type { LimitFlags } from './limits';
import { endWith } from './outcomes';
import { projectId } from './project-id';

export interface PlaceCommandOptions extends LimitFlags {
  readonly today?: string;
  readonly json?: boolean;
  /** Whether what the lock moved is deployed, so that its order counts no more. */
  readonly deployed?: boolean;
  /** Whether a lock that differs from the one before ends the command with 2. */
  readonly detailedExitcode?: boolean;
}

/**
 * A lock that is there and does not say where states are, because it is broken, must not become one that says a new place:
 * the next deploy would find nothing there and make everything anew.
 */
function checkStatesAreKnown(file: string, { backend }: Environment, salvaged: Salvaged | undefined): void {
  if (!salvaged || salvaged.previous.deployed || !backend || backend.keyPrefix !== undefined) return;
  throw new LockError([
    `${lockFile(file)}: where in ${backend.containerName} the states are (deployed) cannot be read, and without it the next deploy would make everything anew; restore that part from your version control, or state backend.keyPrefix`,
  ]);
}

/** Before anything is decided: what is deployed must stay. */
function checkDeployed(file: string, environment: Environment, salvaged: Salvaged | undefined): void {
  if (salvaged?.previous.deployed) checkPlatform(file, environment, salvaged.previous.deployed);
}

/**
 * Writes the lock, and shows what it changes.
 * @throws {LockError} when a newer Berth wrote the lock that is there; nothing is written then
 */
export async function place(nameOrPath: string, options: PlaceCommandOptions): Promise<void> {
  const { file, environment, catalog, decision, salvaged } = await decided(
    nameOrPath,
    options.today,
    limitsOf(options),
    salvageLock,
    checkDeployed,
  );
  checkNameIsFree(file, environment.name, process.cwd());
  checkStatesAreKnown(file, environment, salvaged);
  const previous = salvaged && (options.deployed ? { ...salvaged.previous, moves: [] } : salvaged.previous);
  const target = lockFile(file);
  const first = previous?.deployed ? undefined : { state: newStatePlace(environment, file, projectId()) };
  writeOutput(target, writeLock(environment, decision, previous, first));
  for (const { subject, message } of apiWarnings(environment, catalog.armApis, decision.asOf))
    process.stderr.write(`warning ${environment.name}: ${subject}: ${message}\n`);
  for (const note of notesOf(salvaged, previous, decision)) process.stderr.write(`note ${target}: ${note}\n`);
  if (first && environment.backend) tellFirst(first.state, environment.name);
  const diff = salvaged?.before ? diffDecisions(salvaged.before, decision) : null;
  const changed = diff === null || !isEmptyDiff(diff);
  const { placements, units, monthlyUsd, asOf } = decision;
  if (options.json) {
    const result = { file, lock: target, environment: environment.name, asOf, monthlyUsd };
    const counts = { workloads: placements.length, units: units.length };
    process.stdout.write(`${JSON.stringify({ ...result, ...counts, changed, diff }, null, 2)}\n`);
  } else {
    process.stdout.write(
      `${target}: ${counted(placements.length, 'workload')} on ${counted(units.length, 'unit')}, $${monthlyUsd.toFixed(2)} a month\n`,
    );
    if (diff) process.stdout.write(changed ? `${renderDiff(diff)}\n` : 'nothing moved\n');
  }
  if (options.detailedExitcode && changed) endWith('changes');
}

/** A lock that was lost looks like a first one, and its states are elsewhere. */
function tellFirst(place: StatePlace, environment: string): void {
  process.stderr.write(
    `placed for the first time, so its states will be ${placeText(place, environment)}; if ${environment} is deployed already, take its lock back from version control instead\n`,
  );
}

/** What was lost of the lock before, and what of it still counts though nothing moved now. */
function notesOf(
  salvaged: Salvaged | undefined,
  previous: Previous | undefined,
  decision: Decision,
): string[] {
  if (!salvaged || !previous) return [];
  const kept = previous.moves.filter(({ workload, from }) =>
    decision.placements.some(placement => placement.workload === workload && placement.venue !== from),
  );
  const moves = kept.map(({ workload, from, to }) => `${workload} from ${from} to ${to}`).join(', ');
  return [
    ...salvaged.lost,
    ...(salvaged.before
      ? []
      : ['what changed cannot be shown, because the decision before could not be read whole']),
    ...(moves === ''
      ? []
      : [`it still holds the order of earlier moves (${moves}); when those are deployed, add --deployed`]),
  ];
}
