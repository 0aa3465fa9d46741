import { decide, environmentFile, loadCatalog, loadEnvironment } from '../config';
import type { Catalog, DecideOptions, Decision, Environment } from '../config';
import { UsageError } from './usage-error';

export interface Decided {
  readonly file: string;
  readonly environment: Environment;
  readonly decision: Decision;
  /** What it was decided by, with the prices that the environment names. */
  readonly catalog: Catalog;
}

/**
 * Loads an environment and decides it.
 * @param today YYYY-MM-DD. @default - the day the clock shows, which only the command reads
 * @param limits what the search may spend. @default - as `decide` has it
 */
export async function decided(
  nameOrPath: string,
  today = new Date().toISOString().slice(0, 10),
  limits: DecideOptions['limits'] = {},
): Promise<Decided> {
  const asOf = dayOf(today);
  const file = environmentFile(nameOrPath, process.cwd());
  const environment = loadEnvironment(file);
  const catalog = loadCatalog(file, environment);
  return { file, environment, catalog, decision: await decide(environment, catalog, { asOf, limits }) };
}

/** @throws {UsageError} when it is no day */
export function dayOf(today: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today) || Number.isNaN(Date.parse(today))) {
    throw new UsageError(`--today: a day as YYYY-MM-DD is allowed, got '${today}'; write it like 2026-11-24`);
  }
  return today;
}
