import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { renderMachineRecipe } from '../../../../constructs/host/engine';
import type { RecipeSpec } from '../../../../constructs/host/engine';
import { compressedDeviceScript, deviceScript } from '../../../../constructs/host/engine/scripts';
import { chat, embeddings, recipe } from '../recipe';
import { Sandbox, engineArchive, sha256 } from './sandbox';

const folder = join(__dirname, '../../../../constructs/host/engine');
const weights = { chat: 'weights of the chat model', embeddings: 'weights of the embedding model' };
const webName = (url: string | null) => String(url).split('/').at(-1) ?? '';

let sandbox: Sandbox;
let spec: RecipeSpec;

beforeEach(() => {
  sandbox = new Sandbox('support');
  const archive = engineArchive(sandbox);
  const served = { chat: sha256(weights.chat), embeddings: sha256(weights.embeddings) };
  spec = {
    ...recipe,
    engine: { ...recipe.engine, sha256: sha256(archive) },
    models: [
      { ...chat, weights: { ...chat.weights, sha256: served.chat } },
      { ...embeddings, weights: { ...embeddings.weights, sha256: served.embeddings } },
    ],
  };
  sandbox.put(`web/${webName(spec.engine.url)}`, archive);
  sandbox.put(`web/${webName(chat.weights.url)}`, weights.chat);
  sandbox.put(`web/${webName(embeddings.weights.url)}`, weights.embeddings);
  sandbox.put('models', '{"data":[{"id":"phi-4-mini-instruct"},{"id":"bge-m3"}]}');
  sandbox.place(spec);
});

afterEach(() => {
  sandbox.remove();
});

const downloads = () => sandbox.calls().filter(call => call.startsWith('curl --fail')).length;
const ok = (verb: string) => ({ status: 0, line: `berth-device: ${verb} support: ok`, stderr: '' });

describe('install', () => {
  it('puts verified artifacts, units, proxy and secrets in place and starts them', () => {
    expect(sandbox.run('install')).toEqual(ok('install'));
    expect(sandbox.calls().filter(call => call.startsWith('systemctl'))).toEqual([
      'systemctl daemon-reload',
      'systemctl enable --quiet berth-engine.support.bge-m3.service',
      'systemctl restart berth-engine.support.bge-m3.service',
      'systemctl enable --quiet berth-engine.support.phi-4-mini-instruct.service',
      'systemctl restart berth-engine.support.phi-4-mini-instruct.service',
      'systemctl enable --quiet berth-proxy.support.service',
      'systemctl restart berth-proxy.support.service',
    ]);
    expect(sandbox.read('opt/berth/support/artifacts', `${sha256(weights.chat)}.gguf`)).toBe(weights.chat);
    expect(sandbox.read('etc/berth/support/api-key')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(sandbox.read('etc/berth/support/tls.pem')).toMatch(/PRIVATE KEY[^]*BEGIN CERTIFICATE/);
    expect(sandbox.has('opt/berth/support/berth-device.sh')).toBe(true);
  });

  it('limits the memory of cached prompts where the recipe says it', () => {
    sandbox.place({
      ...spec,
      models: spec.models.map((model, i) =>
        i === 0 ? { ...model, cacheRamMib: 512 } : { ...model, cacheRamMib: 0, pooling: 'cls' as const },
      ),
    });
    expect(sandbox.run('install')).toEqual(ok('install'));
    const flagsOf = (model: string) =>
      sandbox.read(`etc/systemd/system/berth-engine.support.${model}.service`).match(/--offline(.*)$/m)?.[1];
    expect(flagsOf('phi-4-mini-instruct')).toBe(' --cache-ram 512');
    expect(flagsOf('bge-m3')).toBe(
      ' --embeddings --batch-size 512 --ubatch-size 512 --cache-ram 0 --pooling cls',
    );
  });

  it('runs each engine on loopback, sandboxed, with the context of all its sequences', () => {
    sandbox.run('install');
    const lines = sandbox
      .read('etc/systemd/system/berth-engine.support.phi-4-mini-instruct.service')
      .split('\n');
    const engine = `/opt/berth/support/engine-${String(spec.engine.sha256)}/llama`;
    expect(lines).toEqual(
      expect.arrayContaining([
        `ExecStart=${engine}/llama-server --model /opt/berth/support/artifacts/${sha256(weights.chat)}.gguf --alias phi-4-mini-instruct --host 127.0.0.1 --port 18443 --ctx-size 32768 --parallel 4 --api-key-file \${CREDENTIALS_DIRECTORY}/api-key --no-slots --no-webui --offline`,
        `ExecStartPost=/bin/sh -c 'until curl --silent --fail --output /dev/null http://127.0.0.1:18443/health; do sleep 1; done'`,
        'DynamicUser=yes',
        'CapabilityBoundingSet=',
        'ProtectSystem=strict',
        'Restart=always',
        'IPAddressDeny=any',
      ]),
    );
    const embedding = sandbox.read('etc/systemd/system/berth-engine.support.bge-m3.service');
    expect(embedding).toContain('--port 18444 --ctx-size 8192 --parallel 16');
    expect(embedding).toContain('--offline --embeddings --batch-size 512 --ubatch-size 512\n');
  });

  it('lets only /v1/ and /health through the proxy, one port a model', () => {
    sandbox.run('install');
    const configuration = sandbox.read('opt/berth/support/nginx.conf');
    expect(configuration.match(/listen .*|location .*/g)).toEqual([
      'listen 8443 ssl;',
      'location = /health { proxy_pass http://127.0.0.1:18443; }',
      'location /v1/ { proxy_pass http://127.0.0.1:18443; }',
      'location / { return 404; }',
      'listen 8444 ssl;',
      'location = /health { proxy_pass http://127.0.0.1:18444; }',
      'location /v1/ { proxy_pass http://127.0.0.1:18444; }',
      'location / { return 404; }',
    ]);
  });

  it('downloads nothing, restarts nothing and keeps the key when it runs again', () => {
    sandbox.run('install');
    const key = sandbox.read('etc/berth/support/api-key');
    sandbox.calls();
    expect(sandbox.run('install')).toEqual(ok('install'));
    const calls = sandbox.calls();
    expect(calls.filter(call => /^curl|restart/.test(call))).toEqual([]);
    expect(calls).toContain('systemctl start berth-proxy.support.service');
    expect(sandbox.read('etc/berth/support/api-key')).toBe(key);
  });

  it('restarts only what changed, and takes away a model that is no longer served', () => {
    sandbox.run('install');
    sandbox.calls();
    sandbox.place({ ...spec, models: spec.models.slice(0, 1) });
    expect(sandbox.run('install')).toEqual(ok('install'));
    const calls = sandbox.calls();
    expect(calls).toContain('systemctl disable --now berth-engine.support.bge-m3.service');
    expect(calls.filter(call => call.includes('restart'))).toEqual([
      'systemctl restart berth-proxy.support.service',
    ]);
    expect(sandbox.has('etc/systemd/system/berth-engine.support.bge-m3.service')).toBe(false);
    expect(sandbox.has('opt/berth/support/artifacts', `${sha256(weights.embeddings)}.gguf`)).toBe(false);
  });

  it('downloads a cached file again when somebody changed it', () => {
    sandbox.run('install');
    sandbox.put(`root/opt/berth/support/artifacts/${sha256(weights.chat)}.gguf`, 'something else');
    sandbox.calls();
    expect(sandbox.run('install')).toEqual(ok('install'));
    expect(downloads()).toBe(1);
    expect(sandbox.read('opt/berth/support/artifacts', `${sha256(weights.chat)}.gguf`)).toBe(weights.chat);
  });

  it('takes uploaded artifacts instead of downloading them', () => {
    sandbox.place({ ...spec, models: spec.models.slice(0, 1), uploaded: true });
    sandbox.uploadFile(`${String(spec.engine.sha256)}.tar.gz`, engineArchive(sandbox));
    expect(sandbox.run('install')).toMatchObject({
      status: 4,
      line: `berth-device: install support: ${sha256(weights.chat)}.gguf was not uploaded`,
    });
    sandbox.uploadFile(`${sha256(weights.chat)}.gguf`, weights.chat);
    expect(sandbox.run('install')).toEqual(ok('install'));
    expect(downloads()).toBe(0);
  });

  it('ends with 3 and keeps nothing when a download has another hash', () => {
    sandbox.put(`web/${webName(chat.weights.url)}`, 'tampered');
    expect(sandbox.run('install')).toMatchObject({
      status: 3,
      line: `berth-device: install support: ${sha256(weights.chat)}.gguf has another hash`,
    });
    expect(sandbox.has('opt/berth/support/artifacts', `${sha256(weights.chat)}.gguf`)).toBe(false);
    expect(sandbox.has('opt/berth/support/artifacts', `${sha256(weights.chat)}.gguf.part`)).toBe(false);
  });

  it('ends with 4 when an artifact cannot be downloaded', () => {
    sandbox.take(`web/${webName(embeddings.weights.url)}`);
    expect(sandbox.run('install')).toMatchObject({
      status: 4,
      line: `berth-device: install support: ${String(embeddings.weights.url)} could not be downloaded`,
    });
  });

  it('ends with 5 when a service does not start, and tries it again next time', () => {
    sandbox.put('unhealthy');
    expect(sandbox.run('install')).toMatchObject({
      status: 5,
      line: 'berth-device: install support: berth-engine.support.bge-m3.service did not become healthy',
    });
    sandbox.take('unhealthy');
    sandbox.calls();
    expect(sandbox.run('install')).toEqual(ok('install'));
    expect(sandbox.calls()).toContain('systemctl restart berth-engine.support.bge-m3.service');
  });

  it.each([
    ['a unit', '"unit": "support"', '"unit": "../../etc"', 'unit'],
    ['a protocol', '"protocol": 1', '"protocol": 2', 'protocol'],
    ['models', '"model": "bge-m3"', '"model": "a; reboot"', 'models'],
    ['an address', '"address": "support', '"address": "$(reboot)', 'address'],
  ])('ends with 64 for a manifest without %s it may use', (_, from, to, what) => {
    const manifest = sandbox.read('tmp/berth-support/unit.json');
    sandbox.uploadFile('unit.json', manifest.replace(from, to));
    const outcome = sandbox.run('install');
    expect(outcome.status).toBe(64);
    expect(outcome.line).toMatch(new RegExp(`the manifest has no valid ${what}$`));
    expect(sandbox.calls()).toEqual([]);
  });
});

describe('verify', () => {
  beforeEach(() => {
    sandbox.run('install');
    sandbox.calls();
  });

  it('asks each model over TLS for health, refusal without the key, and its name with it', () => {
    expect(sandbox.run('verify')).toEqual(ok('verify'));
    const asked = sandbox.calls().map(call => call.split(' ').at(-1));
    const host = 'https://support.dev-1a2b3.berth.internal';
    expect(asked).toEqual([
      `${host}:8443/health`,
      `${host}:8443/v1/chat/completions`,
      `${host}:8443/v1/models`,
      `${host}:8444/health`,
      `${host}:8444/v1/embeddings`,
      `${host}:8444/v1/models`,
    ]);
  });

  it('hands the key over on standard input, never on a command line', () => {
    sandbox.run('verify');
    const key = sandbox.read('etc/berth/support/api-key').trim();
    expect(sandbox.readConfig()).toBe(`header = "Authorization: Bearer ${key}"\n`);
    expect(sandbox.calls().join('\n')).not.toContain(key);
  });

  it.each([
    [
      3,
      'a hash differs',
      () => sandbox.put(`root/opt/berth/support/artifacts/${sha256(weights.chat)}.gguf`, 'x'),
    ],
    [
      4,
      'weights are gone',
      () => sandbox.take(`root/opt/berth/support/artifacts/${sha256(weights.chat)}.gguf`),
    ],
    [5, 'a model is not healthy', () => sandbox.put('unhealthy')],
    [5, 'a model answers without the key', () => sandbox.put('open')],
    [5, 'another model is served', () => sandbox.put('models', '{"data":[{"id":"gpt-4o"}]}')],
  ])('ends with %i when %s', (status, _, harm) => {
    harm();
    expect(sandbox.run('verify').status).toBe(status);
  });
});

describe('remove', () => {
  it('takes everything of the unit away and leaves other units alone', () => {
    sandbox.run('install');
    const other = 'etc/systemd/system/berth-engine.support-2.bge-m3.service';
    sandbox.put(`root/${other}`, '[Unit]\n');
    sandbox.calls();
    expect(sandbox.run('remove', 'support')).toEqual(ok('remove'));
    expect(sandbox.calls()).toEqual([
      'systemctl disable --now berth-proxy.support.service',
      'systemctl disable --now berth-engine.support.bge-m3.service',
      'systemctl disable --now berth-engine.support.phi-4-mini-instruct.service',
      'systemctl daemon-reload',
    ]);
    expect(
      ['opt/berth/support', 'etc/berth/support', 'tmp/berth-support'].filter(each => sandbox.has(each)),
    ).toEqual([]);
    expect(sandbox.has(other)).toBe(true);
  });

  it('refuses what is not the name of a unit', () => {
    sandbox.run('install');
    expect(sandbox.run('remove', '../support')).toMatchObject({
      status: 64,
      line: 'berth-device: remove ../support: not the name of a unit',
    });
  });
});

describe('the script', () => {
  it('refuses another verb', () => {
    expect(sandbox.run('upgrade')).toMatchObject({
      status: 64,
      line: 'berth-device: upgrade -: the verb is none of install, verify and remove',
    });
  });

  it('is what its compressed copy holds: after a change run gzip -9 -n -k -f berth-device.sh', () => {
    const copyOf = (models: RecipeSpec['models']) =>
      gunzipSync(Buffer.from(compressedDeviceScript({ models }), 'base64')).toString('utf8');
    const sized = [{ ...chat, cacheRamMib: 512 }];
    expect(copyOf([chat])).toBe(deviceScript({ models: [chat] }));
    expect(copyOf(sized)).toBe(deviceScript({ models: sized }));
    expect(deviceScript({ models: [chat] })).not.toContain('cache-ram');
  });

  const installed = (tool: string) => spawnSync(tool, ['--version']).status === 0;
  (installed('shellcheck') ? it : it.skip)(
    'pleases shellcheck, and so do those of devices and of machines on Azure (skipped where shellcheck is not installed)',
    () => {
      // What is called where something failed is named by a variable, which shellcheck does not follow.
      const secrets = { apiKey: 'key', tls: 'tls', certificate: 'certificate' };
      const store = { vaultUri: 'https://kv-dev.vault.azure.net/' };
      const { script } = renderMachineRecipe({ recipe, secrets, store, first: true });
      const scripts = ['berth-device.sh', 'berth-recipe.sh'].map(name => readFileSync(join(folder, name)));
      const found = [...scripts, script].map(
        input => spawnSync('shellcheck', ['--exclude=SC2317', '-'], { encoding: 'utf8', input }).stdout,
      );
      expect(found).toEqual(['', '', '']);
    },
  );
});
