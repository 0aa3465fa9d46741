import type { Environment, Workload } from '../config/environment';
import { parseEnvironment } from '../config/parse/parse-environment';

/** What of an environment a decision depends on, as plain data. */
export interface EnvironmentFacts {
  /** By top-level key. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** By name. */
  readonly workloads: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Keys that say how something is reached, tagged or kept, not where a workload goes. */
const beside = new Set([
  '$schema',
  'name',
  'backend',
  'tags',
  'workloads',
  'maxPriceAgeDays',
  'moveWhen',
  'rollout',
  'hostedDeployments',
  'onlineEndpoints',
  'prices',
]);

/** Keys of a workload that say who it is. */
const besideWorkload = new Set(['description', 'formerly', 'name']);

/** What of an environment a decision was made from, for telling later what changed. */
export function factsOf(environment: Environment): EnvironmentFacts {
  const own = Object.entries(environment).filter(([key, value]) => !beside.has(key) && value !== undefined);
  const workloads = environment.workloads.map(
    workload => [workload.name, factsOfWorkload(workload)] as const,
  );
  return { environment: Object.fromEntries(own), workloads: Object.fromEntries(workloads) };
}

function factsOfWorkload(workload: Workload): Record<string, unknown> {
  const entries = Object.entries(workload).filter(
    ([key, value]) => !besideWorkload.has(key) && value !== undefined,
  );
  return Object.fromEntries(entries);
}

/**
 * The environment that facts speak of. What they leave out has its default, as in a lock that was written before a key
 * existed; what no placement depends on is not in it.
 * @throws {ConfigError} when they are no environment
 */
export function environmentOfFacts(
  { environment, workloads }: EnvironmentFacts,
  source: string,
): Environment {
  const input = {
    ...environment,
    name: 'locked',
    workloads: Object.entries(workloads).map(([own, workload]) => ({ ...workload, name: own })),
  };
  return parseEnvironment(input, source);
}
