import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an address answers: a body as JSON, or a status. */
interface Page {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Answers as the APIs of Hugging Face and GitHub do. Shapes: `ListFileEntry` of huggingface.js packages/hub/src/lib/list-files.ts and
 * `ModelInfo` of huggingface_hub (private, gated, sha), read 2026-11; "Get a release by tag name" of GitHub's REST documentation,
 * with `digest` of its changelog of 2025-06-03.
 */
export class PublishedFiles {
  readonly asked: { readonly path: string; readonly authorization: string | undefined }[] = [];
  private constructor(
    private readonly server: Server,
    readonly pages: Map<string, Page>,
  ) {}

  static async start(): Promise<PublishedFiles> {
    const pages = new Map<string, Page>();
    const server = createServer((request, response) => {
      answers.note(request);
      const page = pages.get(request.url ?? '') ?? { status: 404, body: { error: 'Not Found' } };
      response.writeHead(page.status ?? 200, { 'content-type': 'application/json', ...page.headers });
      response.end(Buffer.isBuffer(page.body) ? page.body : JSON.stringify(page.body ?? {}));
    });
    const answers = new PublishedFiles(server, pages);
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return answers;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise(done => this.server.close(done));
  }

  private note({ url = '', headers }: IncomingMessage): void {
    this.asked.push({ path: url, authorization: headers.authorization });
  }
}

/** A file of a repository, as the Hub lists it. */
export const listed = (path: string, sha256?: string): object => ({
  type: 'file',
  oid: '8b137891791fe96927ad78e64b0aad7bded08bdc',
  size: 1107409472,
  path,
  ...(sha256 === undefined
    ? {}
    : { lfs: { oid: sha256, size: 1107409472, pointerSize: 135 }, xetHash: '0'.repeat(64) }),
});

/** A file of a release, as GitHub lists it. */
export const asset = (tag: string, name: string, url: string, sha256?: string): object => ({
  url: `https://api.github.com/repos/ggml-org/llama.cpp/releases/assets/1`,
  id: 1,
  name,
  label: '',
  state: 'uploaded',
  content_type: 'application/gzip',
  size: 12,
  digest: sha256 === undefined ? null : `sha256:${sha256}`,
  download_count: 42,
  browser_download_url: `${url}/ggml-org/llama.cpp/releases/download/${tag}/${name}`,
});
