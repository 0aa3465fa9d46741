import { writeFileSync } from 'node:fs';
import {
  checkNameIsFree,
  diffDecisions,
  isEmptyDiff,
  lockFile,
  newStatePlace,
  placeText,
  readLock,
  renderDiff,
  writeLock,
} from '../config';
import type { StatePlace } from '../config';
import { counted } from './counted';
import { decided } from './decision';
import { limitsOf } from './limits';
import type { LimitFlags } from './limits';
import { endWith } from './outcomes';
import { projectId } from './project-id';

export interface PlaceCommandOptions extends LimitFlags {
  readonly today?: string;
  readonly json?: boolean;
  /** Whether a lock that differs from the one before ends the command with 2. */
  readonly detailedExitcode?: boolean;
}

/** Writes the lock, and shows what it changes. */
export async function place(nameOrPath: string, options: PlaceCommandOptions): Promise<void> {
  const { file, environment, decision, catalog } = await decided(
    nameOrPath,
    options.today,
    limitsOf(options),
  );
  checkNameIsFree(file, environment.name, process.cwd());
  const previous = readLock(file, catalog);
  const target = lockFile(file);
  const first = previous ? undefined : { state: newStatePlace(environment, file, projectId()) };
  writeFileSync(target, writeLock(environment, decision, previous, first));
  if (first && environment.backend) tellFirst(first.state, environment.name);
  const diff = previous ? diffDecisions(previous.decision, decision) : null;
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
