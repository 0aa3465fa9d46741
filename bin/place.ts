import { writeFileSync } from 'node:fs';
import { diffDecisions, isEmptyDiff, lockFile, readLock, renderDiff, writeLock } from '../config';
import { counted } from './counted';
import { decided } from './decision';

/** Writes the lock, and shows what it changes. */
export async function place(nameOrPath: string, options: { readonly today?: string }): Promise<void> {
  const { file, environment, decision } = await decided(nameOrPath, options.today);
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
