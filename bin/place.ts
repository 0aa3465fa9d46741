import { writeFileSync } from 'node:fs';
import { diffDecisions, isEmptyDiff, lockFile, readLock, renderDiff, writeLock } from '../config';
import { counted } from './counted';
import { decided } from './decision';
import { limitsOf } from './limits';
import type { LimitFlags } from './limits';

export interface PlaceCommandOptions extends LimitFlags {
  readonly today?: string;
}

/** Writes the lock, and shows what it changes. */
export async function place(nameOrPath: string, options: PlaceCommandOptions): Promise<void> {
  const { file, environment, decision } = await decided(nameOrPath, options.today, limitsOf(options));
  const previous = readLock(file);
  const target = lockFile(file);
  writeFileSync(target, writeLock(environment, decision, previous));
  process.stdout.write(
    `${target}: ${counted(decision.placements.length, 'workload')} on ${counted(decision.units.length, 'unit')}, $${decision.monthlyUsd.toFixed(2)} a month\n`,
  );
  if (!previous) return;
  const diff = diffDecisions(previous.decision, decision);
  process.stdout.write(isEmptyDiff(diff) ? 'nothing moved\n' : `${renderDiff(diff)}\n`);
}
