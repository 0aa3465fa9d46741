import { spawn, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '../../../../bench/machines/vault';

const scripts = join(__dirname, '../../../../constructs/host/engine');

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
      patience = '0',
    ): Promise<{ status: number | null; stderr: string }> {
      const configuration = join(folder, 'secrets.json');
      const secrets = { apiKey: 'key', tls: 'tls', certificate: 'certificate' };
      const store = { vaultUri: uri, tokenEndpoint: `${uri}token` };
      writeFileSync(
        configuration,
        JSON.stringify({ unit: 'support', address: 'support.internal', first, secrets, store }),
      );
      const child = spawn('python3', [join(folder, 'berth-secrets.py'), configuration], {
        env: { ...process.env, BERTH_ROOT: join(folder, machine), BERTH_RETRY_SECONDS: patience },
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
      expect([certificate.ca, certificate.keyUsage]).toEqual([false, ['1.3.6.1.5.5.7.3.1']]);
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
        stderr:
          "berth-secrets: the pool's first machine has not made the key yet; it was tried for 0 seconds\n",
      });
      expect(vault.writes).toEqual([]);
    });

    /** A pair as it was made up to 0.1.0, or long ago. */
    function pairOf(days: number, extension = 'basicConstraints=critical,CA:FALSE'): string {
      const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days ${days} -subj /CN=berth -keyout - -addext subjectAltName=DNS:support.internal -addext ${extension}`;
      return spawnSync('openssl', words.split(' '), { encoding: 'utf8' }).stdout;
    }
    const published = () => (vault.secrets.get('certificate') ?? '').match(/BEGIN CERTIFICATE/g)?.length;

    it.each([
      ['is near its end', 59, undefined],
      ['signs others', 825, 'basicConstraints=critical,CA:TRUE'],
    ])('tells clients of the next certificate while the one in use %s', async (_, days, extension) => {
      const old = pairOf(days, extension);
      vault.secrets.set('key', 'k'.repeat(64)).set('tls', old);
      expect(await run(true)).toEqual({ status: 0, stderr: '' });
      expect([readKept('tls.pem'), published()]).toEqual([old, 2]);
      expect(new X509Certificate(readKept('next.pem')).ca).toBe(false);
      expect(vault.secrets.get('tls')).toBe(old + readKept('next.pem'));
      vault.writes.length = 0;
      await run(true);
      await run(false, 'other');
      expect([vault.writes, readKept('next.pem', 'other')]).toEqual([[], readKept('next.pem')]);
      expect(vault.secrets.get('key')).toBe('k'.repeat(64));
    });

    it('uses the next certificate before the one in use ends, and one of its own where that has ended', async () => {
      const next = pairOf(800);
      vault.secrets.set('key', 'k').set('tls', pairOf(1) + next);
      await run(true);
      expect([readKept('tls.pem'), published()]).toEqual([next, 1]);
      vault.secrets.set('tls', pairOf(0));
      await run(true);
      expect(new X509Certificate(readKept('tls.pem')).checkHost('support.internal')).toBeDefined();
      expect(published()).toBe(1);
    });

    it('keeps the key that somebody replaced, beside the new one', async () => {
      await run(true);
      const before = readKept('api-key');
      vault.secrets.set('key', 'another');
      await run(true);
      expect([readKept('api-key'), readKept('api-key-before')]).toEqual(['another\n', before]);
      await run(true);
      expect(readKept('api-key-before')).toBe(before);
    });

    it('tries again while the role assignment does not act yet, and says in the end what the vault answers', async () => {
      vault.status = 403;
      setTimeout(() => (vault.status = 200), 500);
      expect(await run(true, 'machine', '30')).toEqual({ status: 0, stderr: '' });
      vault.status = 403;
      const { status, stderr } = await run(true);
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/^berth-secrets: 127\.0\.0\.1:\d+ answers 403; it was tried for 0 seconds\n$/),
      ]);
    });

    it('fails at once where the vault refuses what it is asked', async () => {
      vault.status = 400;
      const { status, stderr } = await run(true, 'machine', '600');
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/^berth-secrets: \S+ answers 400: \{\}\n$/),
      ]);
    });
  },
);
