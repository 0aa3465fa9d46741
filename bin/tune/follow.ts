import type { FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs/jobs';
import { round } from '../../placement/figures';
import { withoutData } from './account';
import type { Account } from './account';
import { hasEnded } from './job';
import type { FineTuningJob } from './job';
import { TuneError } from './tune-error';
import type { Wait } from './upload';

/** Seconds between two looks at a job, which takes minutes to days. */
const lookSeconds = 15;

/** Events of a job that are asked for at once. */
const eventsAtOnce = 100;

/**
 * Tells what happens in a job until it ends; it goes on when this is interrupted.
 * @throws {TuneError} when it failed, with why
 */
export async function followed(
  account: Account,
  id: string,
  wait: Wait,
  tell: (line: string) => void,
): Promise<FineTuningJob> {
  const told = new Set<string>();
  for (;;) {
    const job = await jobOf(account, id);
    for (const event of await eventsOf(account, id))
      if (!told.has(event.id)) {
        told.add(event.id);
        tell(eventLine(event));
      }
    if (hasEnded(job)) return requireSuccess(job);
    await wait(lookSeconds);
  }
}

export function jobOf(account: Account, id: string): Promise<FineTuningJob> {
  return account.ask(`asking for ${id}`, client => client.fineTuning.jobs.retrieve(id));
}

/** The newest events of a job, in the order in which they happened. */
export async function eventsOf(account: Account, id: string): Promise<FineTuningJobEvent[]> {
  const page = await account.ask(`asking what happens in ${id}`, async client =>
    client.fineTuning.jobs.listEvents(id, { limit: eventsAtOnce }),
  );
  return page.data.toReversed();
}

const figures = {
  train_loss: 'training loss',
  valid_loss: 'validation loss',
  full_valid_loss: 'validation loss of the whole file',
} as const;

/** When it was, and what: of a step its losses, else what the account says. */
export function eventLine({ created_at: seconds, message, data }: FineTuningJobEvent): string {
  const at = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const metrics = (data ?? {}) as Readonly<Record<string, unknown>>;
  const losses = Object.entries(figures).flatMap(([key, name]) => {
    const value = metrics[key];
    return typeof value === 'number' && value >= 0 ? [`${name} ${round(value)}`] : [];
  });
  const { step, total_steps: total } = metrics;
  if (typeof step !== 'number' || losses.length === 0) return `${at} ${withoutData(message)}`;
  return `${at} step ${step}${typeof total === 'number' ? ` of ${total}` : ''}: ${losses.join(', ')}`;
}

function requireSuccess(job: FineTuningJob): FineTuningJob {
  if (job.status === 'succeeded') return job;
  if (job.status === 'cancelled') throw new TuneError(`${job.id} was cancelled; start it again`);
  const { code = 'unknown', message = '', param = null } = job.error ?? {};
  throw new TuneError(
    `${job.id} failed (${code}${param === null ? '' : ` of ${param}`}: ${withoutData(message)}); correct that, and start it again`,
  );
}
