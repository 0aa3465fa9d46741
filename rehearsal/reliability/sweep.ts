import { availableParallelism } from 'node:os';
import { findTerraform } from '../terraform/binary';
import { synthesise } from '../run/synthesise';
import type { Target } from '../run/target';
import { Workspace } from '../run/workspace';
import { failures } from './failures';
import { Lane } from './lane';
import { rehearseScenes } from './scene';
import type { Scene } from './scene';
import { play } from './trial';
import type { Trial, TrialResult } from './trial';

/** What to try. */
interface SweepOptions {
  /** sha256 of what each URL would serve to a device. @default - none */
  readonly fixtures?: ReadonlyMap<string, string>;
  /** Chooses among all trials: every failure at every operation of every scene. @default - all of them */
  readonly choose?: (trials: readonly Trial[]) => readonly Trial[];
  /** Trials at once. @default - one for each processor */
  readonly lanes?: number;
  /** Told of each trial as it ends. @default - none */
  readonly onResult?: (trial: Trial, result: TrialResult) => void;
}

/** What came of a sweep. */
export interface Sweep {
  readonly scenes: readonly Scene[];
  readonly trials: readonly (Trial & TrialResult)[];
}

/**
 * Plays failures at the operations of a target's stacks, each in a deploy of its own, and runs it again.
 * @throws TerraformUnusable, SynthesisFailed, or Error when the target fails without any fault.
 */
export async function sweep(target: Target, options: SweepOptions = {}): Promise<Sweep> {
  const { fixtures = new Map(), lanes: width = availableParallelism(), choose = all => all } = options;
  const terraform = await findTerraform();
  const workspace = new Workspace();
  const lanes: Lane[] = [];
  try {
    const { directory } = await synthesise(target, workspace, workspace.path('assembly'));
    for (let i = 0; i < width; i++) lanes.push(await Lane.open(directory, terraform, fixtures));
    const scenes = await rehearseScenes(lanes[0] as Lane);
    const queue = [...choose(trialsOf(scenes))];
    const trials: (Trial & TrialResult)[] = [];
    const work = async (lane: Lane): Promise<void> => {
      for (let trial = queue.shift(); trial; trial = queue.shift()) {
        const result = await play(lane, trial);
        trials.push({ ...trial, ...result });
        options.onResult?.(trial, result);
      }
    };
    await Promise.all(lanes.map(work));
    return { scenes, trials };
  } finally {
    await Promise.all(lanes.map(lane => lane.close()));
    await workspace.close();
  }
}

/** Every failure at every operation, in order. */
function trialsOf(scenes: readonly Scene[]): Trial[] {
  return scenes.flatMap(scene =>
    scene.operations.flatMap(operation => failures.map(failure => ({ scene, operation, failure }))),
  );
}

/**
 * A sample for a test: each resource type once in a first deploy, under one failure after another, and each failure
 * once more in a change or a destruction, at operations spread over them.
 */
export function sample(trials: readonly Trial[]): Trial[] {
  const deployed = trials.filter(({ scene }) => scene.act === 'deploy');
  const types = [...new Set(deployed.map(({ operation }) => operation.type))].sort();
  const firsts = types.flatMap((type, i) => {
    const own = deployed.filter(({ operation }) => operation.type === type);
    return own.find(({ failure }) => failure === failures[i % failures.length]) ?? [];
  });
  const others = failures.flatMap((failure, i) => {
    const act = i % 2 === 0 ? 'destroy' : 'change';
    const own = trials.filter(trial => trial.scene.act === act && trial.failure === failure);
    return own[Math.floor((i * own.length) / failures.length)] ?? [];
  });
  return [...firsts, ...others];
}
