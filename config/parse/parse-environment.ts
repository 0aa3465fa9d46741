import { z } from 'zod';
import { catalog as shippedCatalog } from '../catalog';
import type { Catalog } from '../catalog';
import { environmentSchema } from '../environment';
import type { Environment } from '../environment';
import { workloadSchema } from '../schema/workload';
import type { Finding } from './check';
import { environmentChecks } from './environment-checks';
import { pinChecks } from './pin-checks';
import { ConfigError, formatPath } from './problem';
import type { Problem } from './problem';
import { problemsOfSchema } from './schema-problems';
import { workloadChecks } from './workload-checks';

/** The parts of an environment that are right each for itself, so that checks across them can run beside other errors. */
interface SoundParts {
  readonly environment: Environment;
  readonly broken: ReadonlySet<string>;
  /** Index in the file of each workload that is left. */
  readonly indices: readonly number[];
}

/**
 * An environment from plain data, whatever file it came from.
 *
 * @param input what the file holds
 * @param source name of the file, for errors
 * @throws {ConfigError} with every problem at once
 */
export function parseEnvironment(
  input: unknown,
  source: string,
  catalog: Catalog = shippedCatalog,
): Environment {
  const parsed = environmentSchema.safeParse(input);
  if (parsed.success) {
    const indices = parsed.data.workloads.map((_, index) => index);
    const problems = crossProblems({ environment: parsed.data, broken: new Set(), indices }, source, catalog);
    if (problems.length > 0) throw new ConfigError(problems);
    return parsed.data;
  }
  const problems = problemsOfSchema(environmentSchema, input, parsed.error.issues, source);
  const sound = soundParts(input, parsed.error.issues);
  throw new ConfigError([...problems, ...(sound ? crossProblems(sound, source, catalog) : [])]);
}

function crossProblems(sound: SoundParts, source: string, catalog: Catalog): Problem[] {
  const { environment, broken, indices } = sound;
  const runs = (check: { readonly reads: readonly string[] }): boolean =>
    !check.reads.some(key => broken.has(key));
  const general = environmentChecks.filter(runs).flatMap(check => check.find(environment, catalog));
  const own = environment.workloads.flatMap((workload, i) =>
    [...workloadChecks, ...pinChecks]
      .filter(runs)
      .flatMap(check => check.find(workload, environment, catalog))
      .map(finding => ({ ...finding, path: ['workloads', i, ...finding.path] })),
  );
  return [...general, ...own].map(finding => ({
    source,
    path: formatPath(inFile(finding, indices)),
    message: finding.message,
  }));
}

/** Puts back the index that a workload has in the file. */
function inFile({ path }: Finding, indices: readonly number[]): Finding['path'] {
  const [key, index] = path;
  return key === 'workloads' && typeof index === 'number'
    ? [key, indices[index] ?? index, ...path.slice(2)]
    : path;
}

const anyWorkloads = environmentSchema.extend({ workloads: z.array(workloadSchema) });

function soundParts(input: unknown, issues: readonly z.core.$ZodIssue[]): SoundParts | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined;
  const given = input as Record<string, unknown>;
  const inWorkload = issues.filter(({ path }) => path[0] === 'workloads' && typeof path[1] === 'number');
  const brokenWorkloads = new Set(inWorkload.map(({ path }) => path[1]));
  const broken = new Set(issues.filter(issue => !inWorkload.includes(issue)).flatMap(brokenKeys));
  const list = Array.isArray(given.workloads) ? (given.workloads as unknown[]) : [];
  const indices = list.map((_, index) => index).filter(index => !brokenWorkloads.has(index));
  const kept = Object.entries(given).filter(([key]) => !broken.has(key));
  const name = broken.has('name') ? 'unnamed' : given.name;
  const parsed = anyWorkloads.safeParse({
    ...Object.fromEntries(kept),
    name,
    workloads: indices.map(index => list[index]),
  });
  return parsed.success ? { environment: parsed.data, broken, indices } : undefined;
}

function brokenKeys(issue: z.core.$ZodIssue): string[] {
  if (issue.path.length > 0) return [String(issue.path[0])];
  return issue.code === 'unrecognized_keys' ? issue.keys : [];
}
