import { dirname } from 'node:path';
import { environmentFile, loadEnvironment } from '../config';
import { allActs, failures, sample, sweep } from '../rehearsal/reliability';
import type { Act, Sweep, Trial, TrialResult } from '../rehearsal/reliability';

/** What to try. */
interface ReliabilityOptions {
  readonly acts: readonly Act[];
  /** Trials at once. */
  readonly lanes?: number;
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
      lanes: options.lanes,
      choose: trials =>
        (options.sample ? sample(trials) : trials).filter(({ scene }) => options.acts.includes(scene.act)),
      onResult: (trial, outcome) => {
        done++;
        if (outcome.problems.length > 0 || done % 100 === 0)
          process.stderr.write(`${progress(done, trial, outcome)}\n`);
      },
    },
  );
  return report(result, Date.now() - started);
}

function progress(done: number, { scene, operation, failure }: Trial, { problems }: TrialResult): string {
  const where = `${scene.act} of ${scene.stack}, ${failure.name} at ${operation.action} ${operation.id}`;
  return [`${done}: ${where}`, ...problems.map(problem => `  ${problem}`)].join('\n');
}

function report({ scenes, trials }: Sweep, milliseconds: number): string {
  const lines = allActs.flatMap(act => {
    const own = trials.filter(({ scene }) => scene.act === act);
    const operations = scenes.filter(scene => scene.act === act).flatMap(scene => scene.operations).length;
    return own.length === 0
      ? []
      : [`${act}: ${failures.length} faults at ${operations} operations, ${summary(own)}`];
  });
  const rows = failures.map(
    failure => `  ${failure.name}: ${summary(trials.filter(trial => trial.failure === failure))}`,
  );
  return [...lines, ...rows, `all: ${summary(trials)}, in ${Math.round(milliseconds / 60_000)} minutes`].join(
    '\n',
  );
}

function summary(trials: Sweep['trials']): string {
  const converged = trials.filter(({ problems }) => problems.length === 0).length;
  const failed = trials.filter(({ failedFirst }) => failedFirst).length;
  const imported = trials.filter(({ commands }) => commands > 0).length;
  return `${trials.length} deploys, ${failed} failed at first, ${imported} needed an import, ${converged} converged`;
}
