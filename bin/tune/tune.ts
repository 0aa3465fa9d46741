import { setTimeout } from 'node:timers/promises';
import { count } from '../../placement/figures';
import { accountAt } from './account';
import type { Account } from './account';
import { eventLine, eventsOf, followed, jobOf } from './follow';
import { hasEnded, isAlive, keyOf, startedJob } from './job';
import type { FineTuningJob } from './job';
import { targetOf } from './target';
import type { TargetOptions, TuneTarget } from './target';
import { trainingFile } from './training-file';
import type { TrainingFile } from './training-file';
import { TuneError } from './tune-error';
import { remember, startedOf } from './tune-state';
import type { Started } from './tune-state';
import { uploaded } from './upload';
import type { Wait } from './upload';

export interface StartOptions extends TargetOptions {
  /** Whether files are checked and nothing is sent. */
  readonly check?: boolean;
  /** Whether the command ends once the job is started. */
  readonly detach?: boolean;
}

export interface StatusOptions extends TargetOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
}

const patient: Wait = seconds => setTimeout(seconds * 1000);

/**
 * Uploads the files and starts the job, or goes on with one that was started, and follows it.
 * @param wait told apart because a test has no time
 */
export async function start(workload: string, options: StartOptions, wait: Wait = patient): Promise<void> {
  const target = targetOf(workload, options);
  const { training, validation } = filesOf(target);
  tell(summaryOf(target, training, validation));
  if (options.check) return;
  const account = accountAt(target.endpoint);
  const key = keyOf(target, training, validation);
  const running = await runningJob(account, target, key);
  const id = running ?? (await begin(account, target, { training, validation, key }, wait));
  tell(
    `${id}: ${running === undefined ? 'started' : 'goes on'}; it runs on if this ends: berth tune status ${workload} --follow`,
  );
  if (options.detach) return print(id);
  const job = await followed(account, id, wait, tell);
  print(doneLine(job, target));
}

function filesOf({ directory, plan }: TuneTarget) {
  const { trainingFile: path, validationFile, method } = plan;
  return {
    training: trainingFile(directory, path, method, 'trainingFile'),
    validation:
      validationFile === undefined
        ? undefined
        : trainingFile(directory, validationFile, method, 'validationFile'),
  };
}

function summaryOf(
  { base, location, endpoint, plan }: TuneTarget,
  training: TrainingFile,
  validation: TrainingFile | undefined,
): string {
  const { epochs } = plan.hyperparameters;
  const tokens = plan.trainingTokens ?? training.tokens;
  const about = plan.trainingTokens === undefined ? 'about ' : '';
  return [
    `${base.model} ${base.version} in ${location}, by ${new URL(endpoint).host}: ${plan.method}, tier ${plan.tier}`,
    `${training.path}: ${count(training.examples)} examples, ${about}${count(tokens)} tokens × ${epochs} epochs, sha256 ${training.sha256.slice(0, 12)}`,
    ...(validation ? [`${validation.path}: ${count(validation.examples)} examples to judge it by`] : []),
  ].join('\n');
}

/** The job that was started for the same; one for something else must not run beside. */
async function runningJob(account: Account, target: TuneTarget, key: string): Promise<string | undefined> {
  const started = startedOf(target);
  if (started?.job === undefined) return undefined;
  if (started.endpoint !== target.endpoint) return undefined;
  const job = await jobOf(account, started.job);
  if (started.key === key) return isAlive(job) ? job.id : undefined;
  if (hasEnded(job)) return undefined;
  throw new TuneError(
    `${job.id} runs for other data or settings; wait for it, or run: berth tune cancel ${target.workload}`,
  );
}

interface Beginning {
  readonly training: TrainingFile;
  readonly validation: TrainingFile | undefined;
  readonly key: string;
}

/** Each step is remembered before the next. */
async function begin(
  account: Account,
  target: TuneTarget,
  { training, validation, key }: Beginning,
  wait: Wait,
): Promise<string> {
  const { endpoint, location, base } = target;
  const begun: Started = {
    ...{ key, endpoint, location, base: { ...base }, trainingSha256: training.sha256 },
    ...(validation ? { validationSha256: validation.sha256 } : {}),
  };
  const trainingFileId = await uploaded(account, training, wait, tell);
  remember(target, { ...begun, trainingFileId });
  const validationFileId = validation && (await uploaded(account, validation, wait, tell));
  const files = { trainingFileId, ...(validationFileId === undefined ? {} : { validationFileId }) };
  remember(target, { ...begun, ...files });
  const job = await startedJob(account, target, { training: trainingFileId, validation: validationFileId });
  remember(target, { ...begun, ...files, job: job.id });
  return job.id;
}

/** What the job is at. */
export async function status(workload: string, options: StatusOptions, wait: Wait = patient): Promise<void> {
  const { target, started, id } = begunOf(workload, options);
  const account = accountAt(options.endpoint === undefined ? started.endpoint : target.endpoint);
  const job = options.follow ? await followed(account, id, wait, tell) : await jobOf(account, id);
  if (options.json) return print(JSON.stringify(documentOf(job, target), null, 2));
  if (!options.follow) for (const event of await eventsOf(account, id)) tell(eventLine(event));
  print(job.status === 'succeeded' ? doneLine(job, target) : `${job.id}: ${job.status}`);
}

function documentOf(job: FineTuningJob, { environment, workload, base }: TuneTarget) {
  const { id, status: at, fine_tuned_model: model, trained_tokens: trainedTokens, error } = job;
  return {
    environment,
    workload,
    base,
    job: id,
    status: at,
    model,
    trainedTokens,
    error: error?.code ?? null,
  };
}

/** Ends the job; one that has not begun to train costs nothing. */
export async function cancel(workload: string, options: TargetOptions): Promise<void> {
  const { started, id } = begunOf(workload, options);
  const account = accountAt(started.endpoint);
  const before = await jobOf(account, id);
  if (hasEnded(before)) return print(`${id}: ${before.status} already`);
  const job = await account.ask(`cancelling ${id}`, client => client.fineTuning.jobs.cancel(id));
  print(`${id}: ${job.status}`);
}

/** What was begun for a workload. @throws {TuneError} when no job was */
export function begunOf(workload: string, options: TargetOptions) {
  const target = targetOf(workload, options);
  const started = startedOf(target);
  if (started?.job !== undefined) return { target, started, id: started.job };
  throw new TuneError(`${workload}: a job is needed, got none; run: berth tune start ${workload}`);
}

function doneLine(job: FineTuningJob, { workload }: TuneTarget): string {
  const trained = job.trained_tokens === null ? '' : `, ${count(job.trained_tokens)} tokens billed`;
  return `${job.id}: ${job.fine_tuned_model ?? ''}${trained}; run: berth tune register ${workload}`;
}

/** Progress, which is no part of the result. */
function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
