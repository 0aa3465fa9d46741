import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answers';

/** A price list on this machine that gives recorded answers, one after another. */
export class PriceServer {
  /** What was asked, in order: path and query. */
  readonly asked: string[] = [];
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** @param answers given the server's own origin; the last one is repeated */
  static async open(answers: (origin: string) => readonly Answer[]): Promise<PriceServer> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const self = new PriceServer(server, origin);
    const all = answers(origin);
    server.on('request', (request, response) => {
      const answer = all[Math.min(self.asked.length, all.length - 1)];
      self.asked.push(request.url ?? '');
      const { status = 200, headers = {}, body } = answer ?? { body: '' };
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    return self;
  }

  get url(): string {
    return `${this.origin}/api/retail/prices`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
