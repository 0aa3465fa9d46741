import { createHash } from 'node:crypto';
import type { AzureOpenAI } from 'openai';
import type { FineTuningJob, JobCreateParams } from 'openai/resources/fine-tuning/jobs/jobs';
import type { Account } from './account';
import type { TuneTarget } from './target';
import type { TrainingFile } from './training-file';

export type { FineTuningJob };

/** How Azure names the tiers; a training in the account's own region has no name. */
const tiers = { standard: undefined, global: 'globalStandard', developer: 'developerTier' } as const;

/** A job that can still give a model, or has. */
export function isAlive({ status }: Pick<FineTuningJob, 'status'>): boolean {
  return status !== 'failed' && status !== 'cancelled';
}

/** Whether a job has come to its end. */
export function hasEnded(job: Pick<FineTuningJob, 'status'>): boolean {
  return job.status === 'succeeded' || !isAlive(job);
}

/** What makes a job another one: account, base, data and settings. */
export function keyOf(
  { endpoint, base, plan, workload }: TuneTarget,
  training: TrainingFile,
  validation: TrainingFile | undefined,
): string {
  const { method, tier, hyperparameters, suffix = workload } = plan;
  const parts = [endpoint, base, method, tier, hyperparameters, suffix, training.sha256, validation?.sha256];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A job of these files that is there already, from a start that was interrupted; else a new one. */
export async function startedJob(
  account: Account,
  target: TuneTarget,
  files: { readonly training: string; readonly validation: string | undefined },
): Promise<FineTuningJob> {
  const body = bodyOf(target, files);
  const there = await account.ask('looking for the job', client => findJob(client, body));
  // One that is made is found, but one that is asked for again is made twice.
  return (
    there ?? account.ask('starting the job', client => client.fineTuning.jobs.create(body, { maxRetries: 0 }))
  );
}

/** Shapes as Microsoft Learn and microsoft/azure-skills have them, 2026-08: hyperparameters of supervised tuning are not in `method`. */
function bodyOf(
  { base, plan, workload }: TuneTarget,
  { training, validation }: { readonly training: string; readonly validation: string | undefined },
): JobCreateParams {
  const { epochs, batchSize, learningRateMultiplier, beta, seed } = plan.hyperparameters;
  const hyperparameters = {
    n_epochs: epochs,
    ...(batchSize === undefined ? {} : { batch_size: batchSize }),
    ...(learningRateMultiplier === undefined ? {} : { learning_rate_multiplier: learningRateMultiplier }),
  };
  const trainingType = tiers[plan.tier];
  const body = {
    model: `${base.model}-${base.version}`,
    training_file: training,
    ...(validation === undefined ? {} : { validation_file: validation }),
    suffix: plan.suffix ?? workload,
    ...(seed === undefined ? {} : { seed }),
    ...(trainingType === undefined ? {} : { trainingType }),
  };
  return plan.method === 'supervised'
    ? { ...body, hyperparameters }
    : {
        ...body,
        method: {
          type: 'dpo',
          dpo: { hyperparameters: { ...hyperparameters, ...(beta === undefined ? {} : { beta }) } },
        },
      };
}

/** Jobs that an account is looked through. */
const mostListed = 200;

async function findJob(
  client: AzureOpenAI,
  { model, training_file: training, validation_file: validation }: JobCreateParams,
): Promise<FineTuningJob | undefined> {
  let looked = 0;
  for await (const job of client.fineTuning.jobs.list()) {
    const isSame =
      job.model === model &&
      job.training_file === training &&
      (job.validation_file ?? undefined) === (validation ?? undefined);
    // One that ended was started for something else, or is to be made again with other settings.
    if (isSame && !hasEnded(job)) return job;
    looked += 1;
    if (looked >= mostListed) return undefined;
  }
  return undefined;
}
