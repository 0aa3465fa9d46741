import { isDeepStrictEqual } from 'node:util';
import type { Environment, Workload } from '../config/environment';

/** What of an environment a decision depends on, as plain data. */
export interface EnvironmentFacts {
  /** By top-level key. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** By name. */
  readonly workloads: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Keys that say how something is reached, tagged or kept, not where a workload goes. */
const beside = new Set(['$schema', 'name', 'backend', 'tags', 'workloads', 'maxPriceAgeDays', 'prices']);

export function factsOf(environment: Environment): EnvironmentFacts {
  const own = Object.entries(environment).filter(([key, value]) => !beside.has(key) && value !== undefined);
  const workloads = environment.workloads.map(
    workload => [workload.name, factsOfWorkload(workload)] as const,
  );
  return { environment: Object.fromEntries(own), workloads: Object.fromEntries(workloads) };
}

function factsOfWorkload(workload: Workload): Record<string, unknown> {
  const entries = Object.entries(workload).filter(
    ([key, value]) => key !== 'description' && key !== 'name' && value !== undefined,
  );
  return Object.fromEntries(entries);
}

/** Paths at which two values differ, with both; equal ones are left out. */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [`${path}: ${show(before)} → ${show(after)}`];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap(key => differences(before[key], after[key], path === '' ? key : `${path}.${key}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
