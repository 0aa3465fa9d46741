import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Call {
  readonly SecretId: string;
  readonly SecretString?: string;
}

/**
 * What an instance asks, on the loopback interface: its metadata for the credentials of its role (IMDSv2 alone), the Secrets Manager, and what a
 * stack waits at.
 */
export class AwsServices {
  /** Undefined where a secret has no value yet. */
  readonly secrets = new Map<string, string | undefined>();
  readonly signals: unknown[] = [];
  endpoint = '';
  private refusal: string | undefined;
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then(([status, body]) => {
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    this.endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.endpoint;
  }

  stop(): void {
    this.server.close();
  }

  /** Answers every call of the Secrets Manager so. */
  refuse(code: string | undefined): void {
    this.refusal = code;
  }

  private async answer(request: IncomingMessage): Promise<[number, string | object]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { method, url = '', headers } = request;
    if (url.startsWith('/wait-for-it')) {
      // What is signed is signed for no type, and for the whole query.
      if (method !== 'PUT' || headers['content-type'] || !url.endsWith('Expires=86399')) return [403, ''];
      this.signals.push(JSON.parse(body));
      return [200, ''];
    }
    if (url.startsWith('/latest/')) return this.metadata(method, url, headers['x-aws-ec2-metadata-token']);
    const action = String(headers['x-amz-target']).replace('secretsmanager.', '');
    if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=ROLE/'))
      return error('UnrecognizedClientException');
    return this.refusal === undefined ? this.secret(action, JSON.parse(body) as Call) : error(this.refusal);
  }

  private metadata(method: string | undefined, url: string, token: unknown): [number, string | object] {
    if (method === 'PUT' && url === '/latest/api/token') return [200, 'session'];
    if (token !== 'session') return [401, ''];
    const credentials = '/latest/meta-data/iam/security-credentials/';
    if (url === credentials) return [200, 'host'];
    if (url !== `${credentials}host`) return [404, ''];
    const expiration = new Date(Date.now() + 6 * 3600_000).toISOString();
    return [
      200,
      { Code: 'Success', AccessKeyId: 'ROLE', SecretAccessKey: 'x', Token: 't', Expiration: expiration },
    ];
  }

  private secret(action: string, { SecretId: name, SecretString: value }: Call): [number, object] {
    if (!this.secrets.has(name)) return error('ResourceNotFoundException');
    if (action === 'PutSecretValue') this.secrets.set(name, value);
    const kept = this.secrets.get(name);
    return kept === undefined
      ? error('ResourceNotFoundException')
      : [200, { Name: name, SecretString: kept }];
  }
}

const error = (code: string): [number, object] => [400, { __type: code, message: code }];
