import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server spoils an answer: it ends the connection, says nothing more, or answers with a status. */
type Trouble = 'cut' | 'stall' | 404 | 503;

export const sha256 = (content: Buffer | string): string =>
  createHash('sha256').update(content).digest('hex');

/** A file server with ranges, which misbehaves when it is told to. */
export class FileServer {
  /** Path and range of each request. */
  readonly asked: string[] = [];
  private readonly files = new Map<string, Buffer>();
  private readonly troubles = new Map<string, Trouble[]>();
  private readonly server: Server;

  constructor(pair: { readonly key: string; readonly cert: string }) {
    this.server = createServer(pair, (request, response) => this.answer(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>(ready => this.server.listen(0, '127.0.0.1', ready));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(stopped => this.server.close(stopped));
  }

  url(path: string): string {
    return `https://files.berth.test:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** @returns hash and address, as a recipe names them */
  put(path: string, content: Buffer): { readonly url: string; readonly sha256: string } {
    this.files.set(path, content);
    return { url: this.url(path), sha256: sha256(content) };
  }

  content(path: string): Buffer {
    return this.files.get(path) ?? Buffer.alloc(0);
  }

  remove(path: string): void {
    this.files.delete(path);
  }

  /** What happens to the next requests of a path, in this order. */
  spoil(path: string, ...troubles: Trouble[]): void {
    this.troubles.set(path, troubles);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = String(request.url);
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    this.asked.push(from === 0 ? path : `${path} from ${from}`);
    const content = this.files.get(path);
    const trouble = this.troubles.get(path)?.shift();
    if (!content || typeof trouble === 'number') {
      response.writeHead(typeof trouble === 'number' ? trouble : 404).end();
      return;
    }
    const part = content.subarray(from);
    response.writeHead(from === 0 ? 200 : 206, {
      'content-length': part.length,
      'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
    });
    if (trouble === undefined) response.end(part);
    else
      response.write(
        part.subarray(0, Math.floor(part.length / 2)),
        () => trouble === 'cut' && response.destroy(),
      );
  }
}
