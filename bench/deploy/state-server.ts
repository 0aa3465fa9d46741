import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Terraform asks of a state. */
interface StateRequest {
  /** Name of the state. */
  readonly state: string;
  readonly method: string;
  /** Whether the state is locked. */
  readonly locked: boolean;
}

/** A request that was answered. */
interface AnsweredRequest extends StateRequest {
  /** How many other states were locked then: a Terraform is at work on each. */
  readonly beside: number;
}

/**
 * Answers a request with this status instead of what was asked for; undefined lets it through.
 * @param others how many other states are locked at this moment
 */
export type Refusal = (request: StateRequest, others: () => number) => Promise<number | undefined>;

/** Remote states with locks, as Terraform's `http` backend wants them: a lock outlives the process that took it. */
export class StateServer {
  /** Text of each state that was written. */
  readonly states = new Map<string, string>();
  readonly requests: AnsweredRequest[] = [];
  private readonly locks = new Map<string, string>();
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  /** @param refuse asked before each request. @default - nothing is refused */
  constructor(public refuse?: Refusal) {}

  async start(): Promise<void> {
    await new Promise<void>(done => this.server.listen(0, '127.0.0.1', done));
  }

  /** Where states are, by name. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** The configuration of a backend. */
  get backend(): object {
    const address = `${this.url}state`;
    return { http: { address, lock_address: address, unlock_address: address } };
  }

  /** Names of the states that are locked. */
  get locked(): string[] {
    return [...this.locks.keys()].sort();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    // A write names the lock that it holds in its query.
    const state = new URL(request.url ?? '/', this.url).pathname.slice(1);
    const beside = (): number => this.locked.filter(name => name !== state).length;
    const asked = { state, method: request.method ?? '', locked: this.locks.has(state) };
    const refused = await this.refuse?.(asked, beside);
    this.requests.push({ ...asked, beside: beside() });
    const [status, content] = refused === undefined ? this.handle(asked, body) : [refused];
    response.writeHead(status).end(content);
  }

  private handle({ state, method }: StateRequest, body: string): readonly [status: number, content?: string] {
    const [kept, lock] = [this.states.get(state), this.locks.get(state)];
    switch (method) {
      case 'GET':
        return kept === undefined ? [404] : [200, kept];
      case 'POST':
        this.states.set(state, body);
        return [200];
      case 'LOCK':
        if (lock !== undefined) return [423, lock];
        this.locks.set(state, body);
        return [200];
      case 'UNLOCK':
        this.locks.delete(state);
        return [200];
      default:
        return [405];
    }
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
