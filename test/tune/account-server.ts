import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the account is to do wrong, each once or until it is taken back. */
export interface Faults {
  /** Refuse every token. */
  login?: boolean;
  /** Refuse a new job for want of quota. */
  quota?: boolean;
  /** Find fault with uploaded files, quoting them. */
  file?: string;
  /** Let jobs fail, quoting the file. */
  job?: string;
  /** Break the connection once a job is made, before it is answered. */
  cut?: boolean;
}

interface Job {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  status: string;
  looks: number;
}

const seconds = 1_795_000_000;
export const tunedModel = 'gpt-4.1-mini-2025-04-14.ft-0123456789abcdef0123456789abcdef-support-chat';

/** Two validated steps, and a last one that only trained. */
const results = [
  'step,train_loss,train_mean_token_accuracy,valid_loss,validation_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy',
  '1,1.5,0.5,1.4,0.55,,',
  '2,0.75,0.7,0.9,0.72,0.85,0.74',
  '3,0.5,0.8,,,-1,-1',
].join('\n');

/**
 * The part of an account that tunes: files, jobs and events, as Microsoft Learn (fine-tuning-rest.md@021e88f4, CC BY 4.0) and the types of
 * OpenAI's own package describe them. A file is checked at the second look, a job ends at the third.
 */
export class AccountServer {
  readonly faults: Faults = {};
  /** Bodies of uploads, as they came. */
  readonly uploads: string[] = [];
  readonly jobs: Job[] = [];
  /** Every request, method and path with its query. */
  readonly asked: string[] = [];
  private readonly files = new Map<string, { filename: string; looks: number }>();
  private server: Server | undefined;

  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      void this.answer(request).then(answer => {
        if (answer === 'cut') return response.socket?.destroy();
        const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
        response.writeHead(answer.status ?? 200, {
          'content-type': 'application/json',
          'x-should-retry': 'false',
        });
        return response.end(text);
      });
    });
    await new Promise<void>(resolve => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://account');
    this.asked.push(`${request.method} ${pathname}`);
    if (this.faults.login || request.headers.authorization !== 'Bearer token-of-entra')
      return refused(401, '401', 'Access denied due to invalid subscription key or wrong API endpoint.');
    if (searchParams.get('api-version') !== '2025-04-01-preview')
      return refused(404, '404', 'Resource not found');
    const path = pathname.replace(/^\/openai\//, '');
    return path.startsWith('files')
      ? this.ofFiles(path, request.method, body)
      : this.ofJobs(path, request.method, body);
  }

  private ofFiles(path: string, method = '', body: string): Answer {
    const [, id, content] = path.split('/');
    if (content === 'content') return { body: results };
    if (method === 'POST') {
      const made = `file-${this.files.size + 1}`;
      this.uploads.push(body);
      this.files.set(made, { filename: /filename="([^"]+)"/.exec(body)?.[1] ?? '', looks: 0 });
      return { status: 201, body: this.file(made) };
    }
    if (id !== undefined) return { body: this.file(id) };
    return {
      body: { object: 'list', data: [...this.files.keys()].map(each => this.file(each)), has_more: false },
    };
  }

  private file(id: string) {
    const file = this.files.get(id) ?? { filename: '', looks: 0 };
    file.looks += 1;
    const about = {
      object: 'file',
      id,
      bytes: 1,
      created_at: seconds,
      filename: file.filename,
      purpose: 'fine-tune',
    };
    if (file.looks < 3) return { ...about, status: 'pending' };
    const { file: fault } = this.faults;
    return fault === undefined
      ? { ...about, status: 'processed' }
      : { ...about, status: 'error', status_details: fault };
  }

  private ofJobs(path: string, method = '', body: string): Answer {
    const [, , id, what] = path.split('/');
    const job = this.jobs.find(each => each.id === id);
    if (id === undefined && method === 'POST') return this.makeJob(JSON.parse(body) as Job['body']);
    if (id === undefined)
      return {
        body: { object: 'list', data: this.jobs.map(each => shapeOf(each, this.faults)), has_more: false },
      };
    if (!job) return refused(404, 'NotFound', 'The fine-tuning job was not found');
    if (what === 'events') return { body: { object: 'list', data: eventsOf(job), has_more: false } };
    if (what === 'cancel') job.status = 'cancelled';
    else this.look(job);
    return { body: shapeOf(job, this.faults) };
  }

  private makeJob(body: Job['body']): Answer {
    if (this.faults.quota) return refused(429, 'quotaExceeded', 'Quota limit of running jobs is reached');
    const job: Job = { id: `ftjob-${this.jobs.length + 1}`, body, status: 'pending', looks: 0 };
    this.jobs.unshift(job);
    if (!this.faults.cut) return { status: 201, body: shapeOf(job, this.faults) };
    this.faults.cut = false;
    return 'cut';
  }

  private look(job: Job): void {
    if (['cancelled', 'failed', 'succeeded'].includes(job.status)) return;
    job.looks += 1;
    job.status = job.looks < 3 ? 'running' : this.faults.job === undefined ? 'succeeded' : 'failed';
  }
}

type Answer = 'cut' | { readonly status?: number; readonly body: unknown };

function refused(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

function shapeOf({ id, body, status }: Job, { job: fault }: Faults) {
  const done = status === 'succeeded';
  return {
    ...{
      object: 'fine_tuning.job',
      id,
      model: body.model,
      created_at: seconds,
      organization_id: '',
      seed: 7,
    },
    ...{ training_file: body.training_file, validation_file: body.validation_file ?? null, status },
    hyperparameters: body.hyperparameters ?? {},
    fine_tuned_model: done ? tunedModel : null,
    finished_at: done ? seconds + 3600 : null,
    trained_tokens: done ? 36_000 : null,
    result_files: done ? ['file-results'] : [],
    error:
      status === 'failed' ? { code: 'invalid_training_file', message: fault, param: 'training_file' } : null,
  };
}

/** The newest first, as the account lists them. */
function eventsOf({ id, looks }: Job) {
  const about = { object: 'fine_tuning.job.event', level: 'info' };
  const events = [
    { ...about, id: `${id}-1`, created_at: seconds, message: 'Job started.', type: 'message', data: null },
    {
      ...{ ...about, id: `${id}-2`, created_at: seconds + 60, message: 'Step 2', type: 'metrics' },
      data: { step: 2, total_steps: 3, train_loss: 0.75, valid_loss: 0.9 },
    },
  ];
  return events.slice(0, looks).toReversed();
}
