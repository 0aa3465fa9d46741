import type { Operation } from '../simulation';
import { adviceFor, adviceLine } from '../terraform/advice';
import type { Advice } from '../terraform/advice';
import { said } from '../terraform/json-ui';
import type { Outcome } from '../terraform/terraform';
import type { Stack } from '../run/stack';
import type { Failure } from './failures';
import type { Worker } from './worker';
import { perform } from './scene';
import type { Scene } from './scene';
import { sameStates } from './snapshot';
import { problemsOf } from './verdict';

/** Runs after the first one; a deploy that needs more does not converge. */
const mostRuns = 6;

/** One failure at one operation of one scene. */
export interface FailureCase {
  readonly scene: Scene;
  readonly operation: Operation;
  readonly failure: Failure;
}

/** How a case went. */
export interface CaseResult {
  /** What is wrong; empty when the deploy converged as it should. */
  readonly problems: readonly string[];
  /** Whether the first run failed. Some failures are waited out or repeated away. */
  readonly failedFirst: boolean;
  /** Runs of the act, the first one included. */
  readonly runs: number;
  /** Commands that the messages named and that were run as they said. */
  readonly commands: number;
}

/** Plays the failure, runs again and does what the messages say, and nothing else, until the act succeeds. */
export async function play(worker: Worker, failureCase: FailureCase): Promise<CaseResult> {
  const { scene, operation, failure } = failureCase;
  const stack = worker.stacks.find(({ name }) => name === scene.stack) as Stack;
  const { type, id, action } = operation;
  await worker.restore(scene.before, [stack], [{ ...failure.fault, resource: `${type} ${id}`, action }]);
  const first = await perform(worker, scene.act, stack);
  const silent = first.ok ? [] : silences(first, failure);
  const { runs, commands, problems } = await runAgain(worker, scene, stack, first);
  const struck = worker.played.length > 0 ? [] : ['the fault did not strike'];
  const reached = worker.snapshot();
  const ending = problemsOf({ wanted: scene.after, reached, operations: worker.operations });
  const settled = problems.length > 0 || scene.act === 'destroy' || sameStates(scene.after, reached);
  const planned = settled ? [] : await plannedChanges(worker, stack);
  return {
    problems: [...struck, ...silent, ...problems, ...planned, ...ending],
    failedFirst: !first.ok,
    runs,
    commands,
  };
}

interface Runs {
  readonly runs: number;
  readonly commands: number;
  readonly problems: readonly string[];
}

async function runAgain(worker: Worker, scene: Scene, stack: Stack, first: Outcome): Promise<Runs> {
  let outcome = first;
  let runs = 1;
  let commands = 0;
  while (!outcome.ok && runs <= mostRuns) {
    if (worker.mendState(stack)) commands++;
    for (const { command } of advicesOf(outcome)) {
      if (!command) continue;
      const done = await worker.command(stack, command);
      commands++;
      if (!done.ok)
        return { runs, commands, problems: [`terraform ${command.join(' ')}: ${errorsOf(done)}`] };
    }
    outcome = await perform(worker, scene.act, stack);
    runs++;
  }
  return { runs, commands, problems: outcome.ok ? [] : [`does not converge: ${errorsOf(outcome)}`] };
}

function advicesOf({ diagnostics }: Outcome): Advice[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .flatMap(diagnostic => adviceFor(diagnostic) ?? []);
}

/** The first run's message must say what to do. */
function silences(first: Outcome, failure: Failure): string[] {
  const lines = advicesOf(first).map(adviceLine);
  return lines.some(line => failure.advises.test(line))
    ? []
    : [`the message of the first run does not say what to do: ${errorsOf(first)}`];
}

function errorsOf({ diagnostics }: Outcome): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.map(said).join('\n');
}

/** A state and an Azure that are those of a deploy without faults give its plan, which is empty. */
async function plannedChanges(worker: Worker, stack: Stack): Promise<string[]> {
  const { ok, changes } = await worker.changes(stack);
  return changes.map(change => (ok ? `the next plan would ${change}` : `cannot be planned: ${change}`));
}
