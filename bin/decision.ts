import {
  LockError,
  decide,
  environmentFile,
  loadCatalog,
  loadEnvironment,
  salvageLock,
  settled,
} from '../config';
import type { Catalog, DecideOptions, Decision, Environment, Salvaged } from '../config';
import { decisionProgress } from './terminal';
import { UsageError } from './usage-error';

interface Decided {
  readonly file: string;
  readonly environment: Environment;
  readonly decision: Decision;
  /** What it was decided by, with the prices that the environment names. */
  readonly catalog: Catalog;
  /** What the lock beside the environment hands on; undefined where there is none, or a newer Berth wrote it. */
  readonly salvaged: Salvaged | undefined;
}

interface DecidingOptions {
  /** YYYY-MM-DD. @default - the day the clock shows, which only the command reads */
  readonly today?: string | undefined;
  /** What the search may spend. @default - as `decide` has it */
  readonly limits?: DecideOptions['limits'];
  /** Whether what is deployed counts no more than anything else. @default false */
  readonly fresh?: boolean | undefined;
  /** How the lock is read whose units stay. @default - one that a newer Berth wrote is left aside */
  readonly salvaging?: typeof salvageLock;
  /** Throws where it must not be decided at all. */
  readonly check?: (file: string, environment: Environment, salvaged: Salvaged | undefined) => void;
}

/** Loads an environment and decides it. */
export async function decided(
  nameOrPath: string,
  { today, limits = {}, fresh = false, salvaging = ifReadable, check }: DecidingOptions,
): Promise<Decided> {
  const asOf = dayOf(today);
  const file = environmentFile(nameOrPath, process.cwd());
  const written = loadEnvironment(file);
  const catalog = loadCatalog(file, written);
  const salvaged = salvaging(file, catalog);
  check?.(file, written, salvaged);
  const environment = settled(written, salvaged?.previous.deployed?.platform);
  const progress = decisionProgress(process.stderr, environment.workloads.length);
  const decision = await decide(environment, catalog, {
    asOf,
    limits,
    named: salvaged?.named,
    deployed: fresh ? [] : salvaged?.standing(environment),
    onStep: progress.onStep,
  }).finally(progress.end);
  return { file, environment, catalog, decision, salvaged };
}

/** An explanation needs no lock. */
function ifReadable(file: string, catalog: Catalog): Salvaged | undefined {
  try {
    return salvageLock(file, catalog);
  } catch (error) {
    if (error instanceof LockError) return undefined;
    throw error;
  }
}

/** The day that is named, or else the one that the clock shows. @throws {UsageError} when it is no day */
export function dayOf(today = new Date().toISOString().slice(0, 10)): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today) || Number.isNaN(Date.parse(today))) {
    throw new UsageError(`--today: a day as YYYY-MM-DD is allowed, got '${today}'; write it like 2026-11-24`);
  }
  return today;
}
