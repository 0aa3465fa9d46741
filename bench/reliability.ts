import { dirname } from 'node:path';
import { environmentFile, loadEnvironment } from '../config';
import { allActs, failures, sample, sweep } from '../rehearsal/reliability';
import type { Act, Sweep, FailureCase, CaseResult } from '../rehearsal/reliability';

/** What to try. */
interface ReliabilityOptions {
  readonly acts: readonly Act[];
  /** Cases at once. */
  readonly workers?: number;
  /** The sample that the tests run, too. */
  readonly sample?: boolean;
}

/** Plays every failure at every operation of an environment and says what came of it. */
export async function reportReliability(name: string, options: ReliabilityOptions): Promise<string> {
  const file = environmentFile(name, process.cwd());
  const { weights, engines } = loadEnvironment(file);
  const fixtures = new Map([...Object.values(weights), ...engines].map(({ url, sha256 }) => [url, sha256]));
  const root = dirname(require.resolve('../package.json'));
  const started = Date.now();
  let done = 0;
  const result = await sweep(
    { directory: root, environmentVariables: { BERTH_ENV: name } },
    {
      fixtures,
      workers: options.workers,
      choose: cases =>
        (options.sample ? sample(cases) : cases).filter(({ scene }) => options.acts.includes(scene.act)),
      onResult: (failureCase, outcome) => {
        done++;
        if (outcome.problems.length > 0 || done % 100 === 0)
          process.stderr.write(`${progress(done, failureCase, outcome)}\n`);
      },
    },
  );
  return report(result, Date.now() - started);
}

function progress(
  done: number,
  { scene, operation, failure }: FailureCase,
  { problems }: CaseResult,
): string {
  const where = `${scene.act} of ${scene.stack}, ${failure.name} at ${operation.action} ${operation.id}`;
  return [`${done}: ${where}`, ...problems.map(problem => `  ${problem}`)].join('\n');
}

function report({ scenes, cases }: Sweep, milliseconds: number): string {
  const lines = allActs.flatMap(act => {
    const own = cases.filter(({ scene }) => scene.act === act);
    const operations = scenes.filter(scene => scene.act === act).flatMap(scene => scene.operations).length;
    return own.length === 0
      ? []
      : [`${act}: ${failures.length} faults at ${operations} operations, ${summary(own)}`];
  });
  const rows = failures.map(
    failure => `  ${failure.name}: ${summary(cases.filter(failureCase => failureCase.failure === failure))}`,
  );
  return [...lines, ...rows, `all: ${summary(cases)}, in ${Math.round(milliseconds / 60_000)} minutes`].join(
    '\n',
  );
}

function summary(cases: Sweep['cases']): string {
  const converged = cases.filter(({ problems }) => problems.length === 0).length;
  const failed = cases.filter(({ failedFirst }) => failedFirst).length;
  const imported = cases.filter(({ commands }) => commands > 0).length;
  return `${cases.length} deploys, ${failed} failed at first, ${imported} needed an import, ${converged} converged`;
}
