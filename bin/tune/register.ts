import { readFileSync } from 'node:fs';
import { tunedLines, withTuned } from '../../config';
import type { Registered, TunedModel } from '../../config';
import { accountAt } from './account';
import type { Account } from './account';
import { jobOf } from './follow';
import type { FineTuningJob } from './job';
import { registerOwn } from './own-weights';
import type { OwnWeightsOptions } from './own-weights';
import type { TuneTarget } from './target';
import { begunOf } from './tune';
import { TuneError } from './tune-error';
import type { Started } from './tune-state';
import { writeEnvironment } from '../written-environment';

export type RegisterOptions = OwnWeightsOptions;

/** Writes a file that was tuned here, or the tuned model of a job that has ended, into the environment, with what it comes from and how it was judged. */
export async function register(workload: string, options: RegisterOptions): Promise<void> {
  const { file, url, revision, quantisation, by } = options;
  if ([file, url, revision, quantisation, by].some(each => each !== undefined))
    return registerOwn(workload, options);
  const { target, started, id } = begunOf(workload, options);
  const account = accountAt(started.endpoint);
  const job = await jobOf(account, id);
  if (job.status !== 'succeeded' || job.fine_tuned_model === null)
    throw new TuneError(
      `${id}: a job that succeeded is needed, got one that is ${job.status}; run: berth tune status ${workload} --follow`,
    );
  const evaluation = await evaluationOf(account, job);
  write(target, registeredOf(target, started, job, evaluation), options.print ?? false);
}

function registeredOf(
  { index, plan }: TuneTarget,
  { base, location, trainingSha256, validationSha256 }: Started,
  job: FineTuningJob,
  evaluation: TunedModel['evaluation'],
): Registered {
  const { epochs } = plan.hyperparameters;
  const tokens = job.trained_tokens;
  return {
    index,
    tuned: {
      ...{ model: job.fine_tuned_model ?? '', location, base, job: job.id },
      date: new Date((job.finished_at ?? job.created_at) * 1000).toISOString().slice(0, 10),
      trainingSha256,
      ...(validationSha256 === undefined ? {} : { validationSha256 }),
      ...(tokens === null ? {} : { trainedTokens: tokens }),
      ...(evaluation ? { evaluation } : {}),
    },
    trainingTokens: plan.trainingTokens ?? countedTokens(tokens, epochs),
  };
}

/** Of one epoch, where all of them were billed alike. */
function countedTokens(tokens: number | null, epochs: number): number | undefined {
  const each = tokens === null ? 0 : Math.round(tokens / epochs);
  return each > 0 ? each : undefined;
}

/** Columns of the file of results, the one that counts first. https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning */
const columns = {
  trainingLoss: ['train_loss'],
  validationLoss: ['full_valid_loss', 'valid_loss'],
  validationTokenAccuracy: [
    'full_valid_mean_token_accuracy',
    'validation_mean_token_accuracy',
    'valid_mean_token_accuracy',
  ],
} as const;

/** What the last step that measured it says; undefined where the job has no results. */
async function evaluationOf(account: Account, job: FineTuningJob): Promise<TunedModel['evaluation']> {
  const [file] = job.result_files;
  if (file === undefined) return undefined;
  const text = await account.ask(`reading the results ${file}`, async client =>
    (await client.files.content(file)).text(),
  );
  const found = Object.entries(columns).flatMap(([key, names]) => {
    const value = names.map(name => lastIn(text, name)).find(each => each !== undefined);
    return value === undefined ? [] : [[key, value] as const];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** The last figure of a column; a step that did not measure it leaves it empty, or says -1. */
function lastIn(csv: string, name: string): number | undefined {
  const [head = '', ...rows] = csv
    .replace(/^\ufeff/, '')
    .trim()
    .split(/\r?\n/);
  const column = head.split(',').indexOf(name);
  if (column < 0) return undefined;
  const values = rows.map(row => row.split(',')[column] ?? '').filter(value => value !== '');
  return values.map(Number).findLast(value => Number.isFinite(value) && value >= 0);
}

function write(
  { file, index, workload, environment }: TuneTarget,
  registered: Registered,
  print: boolean,
): void {
  writeEnvironment(file, () => withTuned(readFileSync(file, 'utf8'), registered, file), {
    lines: tunedLines(registered),
    print,
    where: `fineTuning of ${workload}, workloads[${index}] in ${file}`,
    next: `berth place ${environment} deploys the tuned model beside the base`,
  });
}
