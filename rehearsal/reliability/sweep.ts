import { availableParallelism } from 'node:os';
import { findTerraform } from '../terraform/binary';
import { synthesise } from '../run/synthesise';
import type { Target } from '../run/target';
import { Workspace } from '../run/workspace';
import { failures } from './failures';
import { Worker } from './worker';
import { rehearseScenes } from './scene';
import type { Scene } from './scene';
import { play } from './failure-case';
import type { FailureCase, CaseResult } from './failure-case';

/** What to try. */
interface SweepOptions {
  /** sha256 of what each URL would serve to a device. @default - none */
  readonly fixtures?: ReadonlyMap<string, string>;
  /** Chooses among all cases: every failure at every operation of every scene. @default - all of them */
  readonly choose?: (cases: readonly FailureCase[]) => readonly FailureCase[];
  /** Cases at once. @default - one for each processor */
  readonly workers?: number;
  /** Told of each case as it ends. @default - none */
  readonly onResult?: (failureCase: FailureCase, result: CaseResult) => void;
}

/** What came of a sweep. */
export interface Sweep {
  readonly scenes: readonly Scene[];
  readonly cases: readonly (FailureCase & CaseResult)[];
}

/**
 * Plays failures at the operations of a target's stacks, each in a deploy of its own, and runs it again.
 * @throws TerraformUnusable, SynthesisFailed, or Error when the target fails without any fault.
 */
export async function sweep(target: Target, options: SweepOptions = {}): Promise<Sweep> {
  const { fixtures = new Map(), workers: width = availableParallelism(), choose = all => all } = options;
  const terraform = await findTerraform();
  const workspace = new Workspace();
  const workers: Worker[] = [];
  try {
    const { directory } = await synthesise(target, workspace, workspace.path('assembly'));
    for (let i = 0; i < width; i++) workers.push(await Worker.open(directory, terraform, fixtures));
    const scenes = await rehearseScenes(workers[0] as Worker);
    const queue = [...choose(casesOf(scenes))];
    const cases: (FailureCase & CaseResult)[] = [];
    const work = async (worker: Worker): Promise<void> => {
      for (let failureCase = queue.shift(); failureCase; failureCase = queue.shift()) {
        const result = await play(worker, failureCase);
        cases.push({ ...failureCase, ...result });
        options.onResult?.(failureCase, result);
      }
    };
    await Promise.all(workers.map(work));
    return { scenes, cases };
  } finally {
    await Promise.all(workers.map(worker => worker.close()));
    await workspace.close();
  }
}

/** Every failure at every operation, in order. */
function casesOf(scenes: readonly Scene[]): FailureCase[] {
  return scenes.flatMap(scene =>
    scene.operations.flatMap(operation => failures.map(failure => ({ scene, operation, failure }))),
  );
}

/** The act that each failure in turn is tried in by a sample: half of them in a first deploy, where most can happen. */
const sampledActs = ['change', 'deploy', 'destroy', 'deploy'] as const;

/** A sample for a test: each failure once, in one act after another, at operations spread over it. */
export function sample(cases: readonly FailureCase[]): FailureCase[] {
  return failures.flatMap((failure, i) => {
    const act = sampledActs[i % sampledActs.length];
    const own = cases.filter(failureCase => failureCase.scene.act === act && failureCase.failure === failure);
    return own[Math.floor((i * own.length) / failures.length)] ?? [];
  });
}
