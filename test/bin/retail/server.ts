import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { page } from './answers';
import type { Answer } from './answers';

/** A price list on this machine that gives recorded answers, one after another for each service. */
export class PriceServer {
  /** What was asked, in order: path and query. */
  readonly asked: string[] = [];
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /**
   * @param answers of machines, given the server's own origin; the last one is repeated
   * @param tokens answers of models that are billed by the token
   * @param reservations answers of reservations of machines
   */
  static async open(
    answers: (origin: string) => readonly Answer[],
    tokens: (origin: string) => readonly Answer[] = () => [page([])],
    reservations: readonly Answer[] = [page([])],
  ): Promise<PriceServer> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const self = new PriceServer(server, origin);
    const machines = { answers: answers(origin), given: 0 };
    const models = { answers: tokens(origin), given: 0 };
    const reserved = { answers: reservations, given: 0 };
    let list = machines;
    server.on('request', (request, response) => {
      const path = request.url ?? '';
      self.asked.push(path);
      // A next page is of the list that was asked for last.
      const filter = new URL(path, origin).searchParams.get('$filter');
      if (filter?.includes("'Foundry Models'")) list = models;
      else if (filter !== null) list = filter.includes("'Reservation'") ? reserved : machines;
      const answer = list.answers[Math.min(list.given, list.answers.length - 1)];
      list.given += 1;
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
