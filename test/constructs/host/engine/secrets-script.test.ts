import { spawn, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scripts = join(__dirname, '../../../../constructs/host/engine');

/** A key vault and an identity endpoint on the loopback interface. */
class Vault {
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

const python =
  spawnSync('python3', ['--version']).status === 0 && spawnSync('openssl', ['version']).status === 0;
(python ? describe : describe.skip)(
  'the secrets script (skipped where python3 or openssl is not installed)',
  () => {
    let vault: Vault;
    let uri: string;
    let folder: string;

    beforeEach(async () => {
      vault = new Vault();
      uri = await vault.start();
      folder = mkdtempSync(join(tmpdir(), 'berth-secrets-'));
      cpSync(join(scripts, 'berth-secrets.py'), join(folder, 'berth-secrets.py'));
      cpSync(join(scripts, 'berth-store-azure.py'), join(folder, 'berth_store.py'));
    });

    afterEach(() => {
      vault.stop();
      rmSync(folder, { recursive: true });
    });

    async function run(
      first: boolean,
      machine = 'machine',
    ): Promise<{ status: number | null; stderr: string }> {
      const configuration = join(folder, 'secrets.json');
      const secrets = { apiKey: 'key', tls: 'tls', certificate: 'certificate' };
      const store = { vaultUri: uri, tokenEndpoint: `${uri}token` };
      writeFileSync(
        configuration,
        JSON.stringify({ unit: 'support', address: 'support.internal', first, secrets, store }),
      );
      const child = spawn('python3', [join(folder, 'berth-secrets.py'), configuration], {
        env: { ...process.env, BERTH_ROOT: join(folder, machine) },
      });
      let stderr = '';
      child.stderr.on('data', chunk => (stderr += String(chunk)));
      const status = await new Promise<number | null>(resolve => child.on('close', resolve));
      return { status, stderr };
    }

    const kept = (name: string, machine = 'machine') => join(folder, machine, 'etc/berth/support', name);
    const readKept = (name: string, machine?: string) => readFileSync(kept(name, machine), 'utf8');

    it('makes key and certificate on the first machine, and keeps them for root only', async () => {
      expect(await run(true)).toEqual({ status: 0, stderr: '' });
      expect(vault.writes).toEqual(['key', 'certificate', 'tls']);
      expect(readKept('api-key')).toBe(`${vault.secrets.get('key')}\n`);
      expect(vault.secrets.get('key')).toMatch(/^[0-9a-f]{64}$/);
      expect(readKept('tls.pem')).toBe(vault.secrets.get('tls'));
      expect(statSync(kept('api-key')).mode & 0o777).toBe(0o600);
      expect(statSync(kept('tls.pem')).mode & 0o777).toBe(0o600);
    });

    it('publishes a certificate for the address, without the private key', async () => {
      await run(true);
      const published = vault.secrets.get('certificate') ?? '';
      expect(published).not.toContain('PRIVATE');
      const certificate = new X509Certificate(published);
      expect(certificate.subjectAltName).toBe('DNS:support.internal');
      expect(certificate.fingerprint256).toBe(new X509Certificate(readKept('tls.pem')).fingerprint256);
    });

    it('uses what is there, on the first machine and on the others', async () => {
      await run(true);
      vault.writes.length = 0;
      expect(await run(true)).toEqual({ status: 0, stderr: '' });
      expect(await run(false, 'other')).toEqual({ status: 0, stderr: '' });
      expect(vault.writes).toEqual([]);
      expect(readKept('api-key', 'other')).toBe(readKept('api-key'));
      expect(readKept('tls.pem', 'other')).toBe(readKept('tls.pem'));
    });

    it('lets the other machines wait for the first', async () => {
      expect(await run(false)).toEqual({
        status: 1,
        stderr: "berth-secrets: the pool's first machine has not made the key yet\n",
      });
      expect(vault.writes).toEqual([]);
    });

    it('renews a certificate that is about to expire, and leaves the key', async () => {
      await run(true);
      const key = vault.secrets.get('key');
      const soon = spawnSync(
        'openssl',
        'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 29 -subj /CN=berth -keyout -'.split(
          ' ',
        ),
        { encoding: 'utf8' },
      ).stdout;
      vault.secrets.set('tls', soon);
      expect((await run(true)).status).toBe(0);
      expect(vault.secrets.get('tls')).not.toBe(soon);
      expect(vault.secrets.get('key')).toBe(key);
    });

    it('fails, and is tried again, while the role assignment does not act yet', async () => {
      vault.status = 403;
      const { status, stderr } = await run(true);
      expect(status).toBe(1);
      expect(stderr).toContain('HTTP Error 403');
      expect(vault.writes).toEqual([]);
    });
  },
);
