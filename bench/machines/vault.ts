import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A key vault and an identity endpoint on the loopback interface. */
export class Vault {
  readonly secrets = new Map<string, string>();
  readonly writes: string[] = [];
  status = 200;
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  stop(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<[number, object]> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/token') {
      const fits =
        request.headers['metadata'] === 'true' &&
        url.searchParams.get('resource') === 'https://vault.azure.net';
      return fits ? [200, { access_token: 'token' }] : [400, {}];
    }
    if (request.headers.authorization !== 'Bearer token') return [401, {}];
    if (this.status !== 200) return [this.status, {}];
    const name = url.pathname.replace('/secrets/', '');
    if (request.method === 'PUT') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      this.writes.push(name);
      this.secrets.set(name, (JSON.parse(Buffer.concat(chunks).toString()) as { value: string }).value);
    }
    const value = this.secrets.get(name);
    return value === undefined ? [404, {}] : [200, { value }];
  }
}
