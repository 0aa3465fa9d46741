import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A remote state with a lock, as Terraform's `http` backend wants it: the lock outlives the process that took it. */
export class StateServer {
  private state: string | undefined;
  private lock: string | undefined;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>(done => this.server.listen(0, '127.0.0.1', done));
  }

  /** The configuration of the backend. */
  get backend(): object {
    const address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/state`;
    return { http: { address, lock_address: address, unlock_address: address } };
  }

  async stop(): Promise<void> {
    await new Promise(done => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const [status, content] = this.handle(request.method ?? '', body);
    response.writeHead(status).end(content);
  }

  private handle(method: string, body: string): readonly [status: number, content?: string] {
    switch (method) {
      case 'GET':
        return this.state === undefined ? [404] : [200, this.state];
      case 'POST':
        this.state = body;
        return [200];
      case 'LOCK':
        if (this.lock !== undefined) return [423, this.lock];
        this.lock = body;
        return [200];
      case 'UNLOCK':
        this.lock = undefined;
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
