import { readFileSync } from 'node:fs';
import { entryLines, loadCatalog, readLock, withEntry, withWorkloadWeights } from '../../config';
import type { SectionEntry, Weights } from '../../config';
import { dayOf } from '../decision';
import { sha256Of } from '../own-machine/artifact';
import { UsageError } from '../usage-error';
import { writeEnvironment } from '../written-environment';
import { plannedOf } from './target';
import type { Planned, TargetOptions } from './target';
import { trainingFile } from './training-file';
import { TuneError } from './tune-error';

/** Weights that were tuned on a machine of one's own. */
export interface OwnWeightsOptions extends TargetOptions {
  /** GGUF file. */
  readonly file?: string;
  /** Where machines will download it. */
  readonly url?: string;
  readonly revision?: string;
  readonly quantisation?: string;
  /** Program that tuned it, with its version. */
  readonly by?: string;
  readonly print?: boolean;
  readonly today?: string;
}

/**
 * Writes a tuned file as weights of the environment, with its hash and lineage, and has the workload run on it.
 * @throws {UsageError} when what cannot be read from the file is not said
 */
export async function registerOwn(workload: string, options: OwnWeightsOptions): Promise<void> {
  const { file: gguf, url, revision, quantisation, by } = options;
  const missing = Object.entries({ file: gguf, url, revision, quantisation, by }).flatMap(([name, value]) =>
    value === undefined ? [`--${name}`] : [],
  );
  if (missing.length > 0)
    throw new UsageError(`${missing.join(', ')}: needed beside what was given; add them`);
  const planned = plannedOf(workload, options);
  const { plan, directory } = planned;
  const training = trainingFile(directory, plan.trainingFile, plan.method, 'trainingFile');
  const validation =
    plan.validationFile === undefined
      ? undefined
      : trainingFile(directory, plan.validationFile, plan.method, 'validationFile');
  const weights = {
    ...{ model: baseOf(planned), fineTuned: true, quantisation, url, revision },
    sha256: await hashOf(gguf ?? ''),
    lineage: {
      job: by,
      date: dayOf(options.today),
      trainingSha256: training.sha256,
      ...(validation ? { validationSha256: validation.sha256 } : {}),
    },
  };
  write(planned, { section: 'weights', key: workload, value: weights }, options.print ?? false);
}

/** What was tuned: what the team says, else the open model that the workload is placed on. */
function baseOf({ file, environment, workload, plan }: Planned): Weights['model'] {
  if (plan.base) return plan.base.model;
  const lock = readLock(file, loadCatalog(file, environment));
  const placed = lock?.decision.placements.find(each => each.workload === workload)?.model;
  const model = environment.weights[placed ?? '']?.model ?? placed;
  if (model !== undefined) return model;
  throw new TuneError(
    `${file}: fineTuning.base of ${workload}: the open model that was tuned is needed, got nothing; name it, or place the environment`,
  );
}

async function hashOf(path: string): Promise<string> {
  try {
    return await sha256Of(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--file: a file that can be read is needed, got ${path} (${code}); name another`);
  }
}

function write({ file, index, environment, workload }: Planned, entry: SectionEntry, print: boolean): void {
  writeEnvironment(file, () => textWith(file, index, workload, entry), {
    lines: `weights:\n${entryLines(entry)}`,
    print,
    where: `${file}, and weights: ${workload} into workloads[${index}]`,
    next: `put the file where its url says, and berth place ${environment.name} has ${workload} run on it`,
  });
}

function textWith(file: string, index: number, key: string, entry: SectionEntry): string | undefined {
  const text = withEntry(readFileSync(file, 'utf8'), entry, file);
  return text === undefined ? undefined : withWorkloadWeights(text, index, key, file);
}
