import { refusalOf } from '../config/refusals';
import { coloursOf } from './colours';
import { endWith, outcomes } from './outcomes';
import type { Outcome } from './outcomes';

/** One thing that is wrong, as `--json` tells it; null where it is not known or does not apply. */
export interface FailureProblem {
  /** File, or the name of what was read. */
  readonly source: string | null;
  /** Path in it, such as `workloads[2].traffic.requestsPerDay`. */
  readonly path: string | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1. */
  readonly column: number | null;
  readonly message: string;
}

/** Why a command failed. */
export interface Failure {
  readonly outcome: Outcome;
  /** For people. */
  readonly message: string;
  readonly problems: readonly FailureProblem[];
}

/** Errors whose message is written for people, by name, and how a command ends that meets one. */
const outcomeOf: Readonly<Record<string, Outcome>> = {
  ConfigError: 'input',
  EnvironmentsRefused: 'input',
  UnverifiedMachine: 'input',
  OutputError: 'input',
  SynthesisFailed: 'input',
  Unrehearsable: 'input',
  UnknownType: 'input',
  PlacementError: 'infeasible',
  LockError: 'lock',
  TerraformUnusable: 'unavailable',
  CdktfUnusable: 'unavailable',
  BindingsMissing: 'unavailable',
  NoTemporaryDirectory: 'unavailable',
  NotStarted: 'unavailable',
  RealProvidersUnavailable: 'unavailable',
  RefreshError: 'unavailable',
  StateNotMoved: 'unavailable',
  UsageError: 'usage',
};

/** What an error means to the person or script that ran the command. */
export function failureOf(error: unknown): Failure {
  const { name, message, code, path, syscall, problems } = thrown(error);
  const outcome = outcomeOf[name];
  if (outcome) return { outcome, message, problems: problemsOf(problems) };
  const refusal = refusalOf({ code, syscall });
  if (refusal !== undefined) {
    const text = `${path ?? syscall}: ${refusal}`;
    return { outcome: 'input', message: text, problems: [problem({ source: path, message: refusal })] };
  }
  return {
    outcome: 'internal',
    message: `this is a defect of Berth: ${message}; please report it (npm bugs cdktf-berth) with what you ran and with the trace, which BERTH_DEBUG=1 prints`,
    problems: [],
  };
}

/**
 * Prints what went wrong on standard error, without a stack trace unless BERTH_DEBUG is set, and sets the exit status.
 * @param json whether to print it for scripts
 */
export function fail(error: unknown, { json = false } = {}): void {
  const failure = failureOf(error);
  process.stderr.write(
    json ? failureJson(failure) : `${coloursOf(process.stderr).red('error')} ${failure.message}\n`,
  );
  if ((process.env.BERTH_DEBUG ?? '') !== '' && error instanceof Error)
    process.stderr.write(`${error.stack ?? String(error)}\n`);
  endWith(failure.outcome);
}

/** The shape is a promise to scripts: keys may be added, none changes. */
function failureJson({ outcome, message, problems }: Failure): string {
  const error = { code: outcome, status: outcomes[outcome].status, message, problems };
  return `${JSON.stringify({ error }, null, 2)}\n`;
}

type Thrown = Pick<Error, 'name' | 'message'> &
  Pick<NodeJS.ErrnoException, 'code' | 'path' | 'syscall'> & { readonly problems?: unknown };

function thrown(error: unknown): Thrown {
  return error instanceof Error ? error : new Error(String(error));
}

/** Problems of an error, which are texts or have a place. */
export function problemsOf(problems: unknown): FailureProblem[] {
  if (!Array.isArray(problems)) return [];
  return (problems as readonly (string | Partial<FailureProblem>)[]).map(each =>
    problem(typeof each === 'string' ? { message: each } : each),
  );
}

function problem({ source, path, line, column, message = '' }: Partial<FailureProblem>): FailureProblem {
  return { source: source || null, path: path || null, line: line ?? null, column: column ?? null, message };
}
