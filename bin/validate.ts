import {
  apiWarnings,
  checkNameIsFree,
  environmentFile,
  environmentFiles,
  environmentsDirectory,
  loadCatalog,
  loadEnvironment,
  nameOf,
  readCheckedLock,
  readLock,
} from '../config';
import type { Catalog, Environment, Warning } from '../config';
import { wholeWorkloads } from '../placement/needs';
import { coloursOf } from './colours';
import { counted } from './counted';
import { failureOf } from './failure';
import type { Failure } from './failure';
import { endWith } from './outcomes';
import { UsageError } from './usage-error';

export interface ValidateOptions {
  readonly json?: boolean;
}

/** What is true of one environment. */
interface Validated {
  readonly file: string;
  /** Null where the file does not tell it. */
  readonly name: string | null;
  readonly workloads: number | null;
  /** `unknown` where the environment itself is wrong. */
  readonly lock: 'current' | 'missing' | 'refused' | 'unknown';
  /** Day that the lock was decided for. */
  readonly asOf: string | null;
  /** What is allowed today, and still better known. */
  readonly warnings: readonly Pick<Warning, 'subject' | 'message'>[];
  readonly failure?: Failure;
}

/** Checks environments and the locks beside them, and tells all that is wrong. A missing lock is no fault. */
export function validate(names: readonly string[], { json = false }: ValidateOptions): void {
  const today = new Date().toISOString().slice(0, 10);
  const validated = filesOf(names).map(file => validatedFile(file, today));
  const failures = validated.flatMap(({ failure }) => failure ?? []);
  if (json) process.stdout.write(jsonOf(validated));
  else {
    const { red, yellow } = coloursOf(process.stderr);
    for (const { message } of failures) process.stderr.write(`${red('error')} ${message}\n`);
    for (const { name, warnings } of validated)
      for (const { subject, message } of warnings)
        process.stderr.write(`${yellow('warning')} ${name}: ${subject}: ${message}\n`);
    process.stdout.write(
      validated
        .filter(({ failure }) => !failure)
        .map(lineOf)
        .join(''),
    );
  }
  const outcomes = failures.map(({ outcome }) => outcome);
  const worst = outcomes.find(outcome => outcome !== 'lock') ?? outcomes[0];
  if (worst) endWith(worst);
}

function filesOf(names: readonly string[]): string[] {
  const root = process.cwd();
  const files = names.length > 0 ? names.map(name => environmentFile(name, root)) : environmentFiles(root);
  if (files.length > 0) return files;
  throw new UsageError(`environment: none is in ${environmentsDirectory}, and none is named; name a file`);
}

function validatedFile(file: string, today: string): Validated {
  const unknown = { file, workloads: null, lock: 'unknown', asOf: null, warnings: [] } as const;
  try {
    const environment = loadEnvironment(file);
    checkNameIsFree(file, environment.name, process.cwd());
    const catalog = loadCatalog(file, environment);
    const warnings = apiWarnings(environment, catalog.armApis, today);
    return {
      ...unknown,
      name: environment.name,
      workloads: wholeWorkloads(environment.workloads),
      warnings: warnings.map(({ subject, message }) => ({ subject, message })),
      ...lockOf(file, environment, catalog),
    };
  } catch (error) {
    return { ...unknown, name: nameOf(file) ?? null, failure: failureOf(error) };
  }
}

function lockOf(
  file: string,
  environment: Environment,
  catalog: Catalog,
): Pick<Validated, 'lock' | 'asOf' | 'failure'> {
  try {
    if (!readLock(file, catalog)) return { lock: 'missing', asOf: null };
    return { lock: 'current', asOf: readCheckedLock(file, environment, catalog).decision.asOf };
  } catch (error) {
    return { lock: 'refused', asOf: null, failure: failureOf(error) };
  }
}

function lineOf({ file, name, workloads, lock, asOf }: Validated): string {
  const locked = lock === 'missing' ? 'not placed yet' : `its lock of ${asOf} holds`;
  return `${file}: ${name} is valid, ${counted(workloads ?? 0, 'workload')}, ${locked}\n`;
}

/** The shape is a promise to scripts: keys may be added, none changes. */
function jsonOf(validated: readonly Validated[]): string {
  const environments = validated.map(({ failure, ...each }) => ({
    ...each,
    valid: failure === undefined,
    code: failure?.outcome ?? null,
    problems: failure ? problemsIn(failure) : [],
  }));
  return `${JSON.stringify({ valid: environments.every(({ valid }) => valid), environments }, null, 2)}\n`;
}

function problemsIn({ problems, message }: Failure): Failure['problems'] {
  return problems.length > 0 ? problems : [{ source: null, path: null, line: null, column: null, message }];
}
