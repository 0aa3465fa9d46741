import { spawn } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack, Testing } from 'cdktf';
import { EdgeDevice } from '../../../../constructs/host';
import { startAgent } from '../../../../rehearsal/device';
import type { SshAgent } from '../../../../rehearsal/device';
import { RealMachine, canBoot, packEngine } from './machine';
import { tinyGguf } from './tiny-gguf';

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const sshPort = 22_022;
const minutes = 60_000;

(canBoot() ? describe : describe.skip)(
  'a real machine with systemd, nginx and llama-server (skipped without BERTH_REAL_HOST=1, root, debootstrap and systemd-nspawn)',
  () => {
    let folder: string;
    let agent: SshAgent;
    let machine: RealMachine;
    let environment: NodeJS.ProcessEnv;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'berth-real-'));
      agent = await startAgent(join(folder, 'agent.sock'));
      const weights = join(folder, 'weights');
      mkdirSync(weights);
      const [engine, model] = [packEngine(folder), tinyGguf()];
      writeFileSync(join(weights, `${sha256(engine)}.tar.gz`), engine);
      writeFileSync(join(weights, `${sha256(model)}.gguf`), model);
      machine = new RealMachine(folder, sshPort, agent.publicKey);
      await machine.boot();
      writeFileSync(join(folder, 'cdk.tf.json'), synthesise(sha256(engine), sha256(model)));
      environment = {
        ...process.env,
        SSH_AUTH_SOCK: agent.socket,
        TF_VAR_weights_dir: weights,
        CHECKPOINT_DISABLE: '1',
      };
      await terraform('init');
    }, 15 * minutes);

    afterAll(async () => {
      await machine?.halt();
      await agent?.stop();
      rmSync(folder, { recursive: true, force: true });
    }, minutes);

    function synthesise(engine: string, model: string): string {
      const stack = new TerraformStack(new App(), 'edge');
      const weights = {
        url: 'https://example.com/tiny.gguf',
        revision: '1',
        sha256: model,
        format: 'gguf',
      } as const;
      new EdgeDevice(stack, 'Device', {
        name: 'demo',
        connection: { host: '127.0.0.1', port: sshPort, hostKey: machine.hostKey },
        connected: false,
        port: 28_443,
        engine: {
          version: 'debian',
          url: 'https://example.com/engine.tar.gz',
          sha256: engine,
          arch: 'amd64',
          accelerator: 'cpu',
        },
        models: [{ model: 'tiny', api: 'chat', weights, contextTokens: 256, parallel: 2 }],
      });
      return Testing.synth(stack, true);
    }

    /** Not in step with this process, which is the SSH agent that Terraform asks. */
    async function terraform(...words: string[]): Promise<void> {
      const child = spawn('terraform', [...words, '-no-color'], { cwd: folder, env: environment });
      let said = '';
      child.stdout.on('data', chunk => (said += String(chunk)));
      child.stderr.on('data', chunk => (said += String(chunk)));
      const status = await new Promise<number | null>(resolve => child.once('close', resolve));
      if (status !== 0) throw new Error(`terraform ${words.join(' ')} ended with ${status}: ${said}`);
    }

    function ask(
      path: string,
      headers: Record<string, string> = {},
      body?: object,
    ): Promise<{ status?: number; body: string }> {
      const ca = new X509Certificate(
        machine.read('etc/berth/demo/tls.pem').replace(/^[^]*?(?=-----BEGIN CERT)/, ''),
      ).toString();
      return new Promise((resolve, reject) => {
        const call = request(
          { host: '127.0.0.1', port: 28_443, path, ca, headers, method: body ? 'POST' : 'GET' },
          response => {
            let text = '';
            response.on('data', chunk => (text += String(chunk)));
            response.on('end', () => resolve({ status: response.statusCode, body: text }));
          },
        );
        call.on('error', reject);
        call.end(body ? JSON.stringify(body) : undefined);
      });
    }

    it(
      'is deployed over SSH, serves with the key and only with it, and is cleaned on destroy',
      async () => {
        await terraform('apply', '-auto-approve');
        const question = { messages: [{ role: 'user', content: 'hello' }], max_tokens: 4 };
        const key = machine.read('etc/berth/demo/api-key').trim();
        const answer = await ask('/v1/chat/completions', { authorization: `Bearer ${key}` }, question);
        expect(answer.status).toBe(200);
        expect(JSON.parse(answer.body)).toMatchObject({ model: 'tiny', usage: { completion_tokens: 4 } });
        expect(await ask('/health')).toEqual({ status: 200, body: '{"status":"ok"}' });
        expect((await ask('/v1/chat/completions', {}, question)).status).toBe(401);
        expect((await ask('/props', { authorization: `Bearer ${key}` })).status).toBe(404);
        // With this flag Terraform ends with 2 when anything would change.
        await terraform('plan', '-detailed-exitcode');
        await terraform('destroy', '-auto-approve');
        expect(existsSync(join(machine.root, 'opt/berth/demo'))).toBe(false);
        expect(existsSync(join(machine.root, 'etc/berth/demo'))).toBe(false);
      },
      10 * minutes,
    );
  },
);
