import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import { lockFile } from '../config/files';
import { problemsOfFile } from '../config/load';
import { readText, readTextIfThere } from '../config/read-file';
import { locateInJson } from '../config/parse/position';
import { lockFindings } from './check-lock';
import type { Deployed } from './deployed';
import type { Lock } from './lock';
import { LockError } from './lock-error';
import { parseLock } from './parse-lock';
import { platformProblems } from './platform-problems';
import { withReasons } from './reasons';
import { stateProblem } from './state-place';
import { salvage } from './salvage';
import type { Salvaged } from './salvage';

/**
 * The lock beside an environment's file; undefined when there is none.
 * @throws {LockError} when it is no lock of today's form
 */
export function readLock(environmentFile: string, catalog: Catalog): Lock | undefined {
  const file = lockFile(environmentFile);
  const text = readTextIfThere(file);
  return text === undefined ? undefined : parseLock(text, file, again(environmentFile), catalog);
}

/**
 * What can be read of the lock beside an environment's file, in whatever state it is; undefined when there is none.
 * @throws {LockError} when a newer Berth wrote it
 */
export function salvageLock(environmentFile: string, catalog: Catalog): Salvaged | undefined {
  const file = lockFile(environmentFile);
  const text = readTextIfThere(file);
  return text === undefined ? undefined : salvage(text, file, catalog);
}

/** A lock by its own path, with reasons. @throws {ConfigError} when it cannot be read @throws {LockError} when it is no lock */
export function readLockFile(file: string, catalog: Catalog): Lock {
  const lock = parseLock(readText(file), file, 'run: berth place <its environment>', catalog);
  return withReasons(lock, catalog);
}

/**
 * What synthesis builds: the lock beside an environment's file, once it is known to satisfy the environment.
 * @throws {LockError} when it is missing, unreadable or no longer satisfies the environment, saying what moved
 */
export function readCheckedLock(environmentFile: string, environment: Environment, catalog: Catalog): Lock {
  const file = lockFile(environmentFile);
  const lock = readLock(environmentFile, catalog);
  if (!lock) {
    throw new LockError([
      `${file}: the lock of ${environment.name} is missing; ${again(environmentFile)}, review what it writes and commit it`,
    ]);
  }
  checkPlatform(environmentFile, environment, lock.deployed);
  const findings = lockFindings(environment, lock, catalog);
  if (findings.length > 0) {
    const locate = locateInJson(readText(file));
    throw new LockError([
      // The sentence names its unit, which says more than an index; the line says where.
      ...findings.map(({ path, message }) => ({ source: file, path: '', ...locate(path), message })),
      `${file}: the lock no longer satisfies ${environment.name}; ${again(environmentFile)}, review the difference and commit it`,
    ]);
  }
  const moved = stateProblem(environment, lock.deployed.state);
  if (moved !== undefined)
    throw new LockError([
      `${file}: ${moved}; run: berth state move ${environmentFile}, or take the change back`,
    ]);
  return lock;
}

/**
 * Refuses an environment that would take away what it is deployed on.
 * @throws {LockError} with what is deployed and the way that works, where it stands in the environment's file
 */
export function checkPlatform(environmentFile: string, environment: Environment, deployed: Deployed): void {
  const ways = { environment: environment.name, lockFile: lockFile(environmentFile) };
  const findings = platformProblems(environment, deployed.platform, ways);
  if (findings.length > 0) throw new LockError(problemsOfFile(environmentFile, findings));
}

function again(environmentFile: string): string {
  return `run: berth place ${environmentFile}`;
}
