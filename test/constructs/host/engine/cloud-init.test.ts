import { bootBytesOf, bootLimits, bootRoom } from '../../../../limits/host';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { checkSize, renderCloudInit, renderManifest } from '../../../../constructs/host/engine';
import { deviceScript } from '../../../../constructs/host/engine/scripts';
import type { CloudInitSpec } from '../../../../constructs/host/engine';
import { chat, engine, recipe } from '../recipe';

const azure: CloudInitSpec = {
  recipe,
  secrets: { apiKey: 'support-api-key', tls: 'support-tls', certificate: 'support-certificate' },
  store: { kind: 'azure', vaultUri: 'https://kv-dev.vault.azure.net/' },
  first: true,
};
const aws: CloudInitSpec = {
  ...azure,
  store: { kind: 'aws', region: 'eu-north-1', signal: { stack: 'dev-hosts', resource: 'Machine1' } },
};
const onGpu = (spec: CloudInitSpec): CloudInitSpec => ({
  ...spec,
  recipe: { ...recipe, engine: { ...engine, accelerator: 'cuda' } },
});

interface Document {
  readonly packages: string[];
  readonly write_files: { path: string; content: string; encoding?: string }[];
  readonly runcmd: string[][];
  readonly power_state?: unknown;
}

const documentOf = (spec: CloudInitSpec) => parse(renderCloudInit(spec)) as Document;
const fileOf = (spec: CloudInitSpec, path: string) =>
  documentOf(spec).write_files.find(file => file.path === path)?.content;

describe('the cloud-config of a machine', () => {
  it('starts with the line that cloud-init looks for', () => {
    expect(renderCloudInit(azure).split('\n')[0]).toBe('#cloud-config');
  });

  it('writes script, manifest, secrets and services, installs packages of the distribution and starts the timer', () => {
    const document = documentOf(azure);
    expect(document.packages).toEqual(['ca-certificates', 'curl', 'nginx', 'openssl']);
    expect(document.write_files.map(({ path }) => path)).toEqual([
      '/usr/local/lib/berth/berth-device.sh',
      '/usr/local/lib/berth/unit.json',
      '/usr/local/lib/berth/berth-secrets.py',
      '/usr/local/lib/berth/berth_store.py',
      '/etc/berth/secrets.json',
      '/etc/systemd/system/berth-host.service',
      '/etc/systemd/system/berth-host.timer',
    ]);
    expect(document.runcmd).toEqual([
      ['systemctl', 'disable', '--now', 'nginx.service'],
      ['systemctl', 'disable', '--now', 'ssh.socket', 'ssh.service'],
      ['systemctl', 'enable', '--now', 'berth-host.timer'],
    ]);
    expect(fileOf(azure, '/usr/local/lib/berth/berth-device.sh')).toBe(deviceScript(recipe));
    expect(fileOf(azure, '/usr/local/lib/berth/unit.json')).toBe(renderManifest(recipe));
  });

  it('tells the machine where its secrets are, and whether it makes them', () => {
    expect(JSON.parse(fileOf({ ...azure, first: false }, '/etc/berth/secrets.json') ?? '')).toEqual({
      unit: 'support',
      address: 'support.dev-1a2b3.berth.internal',
      first: false,
      secrets: azure.secrets,
      store: { vaultUri: 'https://kv-dev.vault.azure.net/' },
    });
  });

  it('fetches the secrets, installs and verifies, in this order', () => {
    const service = fileOf(azure, '/etc/systemd/system/berth-host.service') ?? '';
    expect(service.match(/^Exec.*$/gm)).toEqual([
      'ExecStart=/usr/bin/python3 /usr/local/lib/berth/berth-secrets.py /etc/berth/secrets.json',
      'ExecStart=/bin/sh /usr/local/lib/berth/berth-device.sh install /usr/local/lib/berth/unit.json',
      'ExecStart=/bin/sh /usr/local/lib/berth/berth-device.sh verify /usr/local/lib/berth/unit.json',
    ]);
  });

  it('keeps the SSH server only when asked to', () => {
    expect(documentOf({ ...azure, ssh: true }).runcmd.flat()).not.toContain('ssh.service');
  });

  it('installs a signed driver on a GPU machine, holds it, and reboots into the kernel that fits', () => {
    const document = documentOf(onGpu(azure));
    const driver = [
      'linux-modules-nvidia-580-server-azure',
      'nvidia-headless-no-dkms-580-server',
      'nvidia-utils-580-server',
    ];
    expect(document.packages).toEqual(expect.arrayContaining(driver));
    expect(document.runcmd).toContainEqual(['apt-mark', 'hold', 'linux-image-azure', ...driver]);
    expect(document.power_state).toEqual({ mode: 'reboot', condition: '! nvidia-smi' });
    expect(fileOf(onGpu(azure), '/etc/apt/apt.conf.d/99berth')).toContain(
      '"nvidia-"; "libnvidia-"; "linux-";',
    );
  });

  it('on EC2 holds the same script compressed, and signals the stack', () => {
    const packed = fileOf(aws, '/usr/local/lib/berth/berth-device.sh') ?? '';
    expect(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')).toBe(deviceScript(recipe));
    expect(documentOf(aws).packages).toContain('python3-boto3');
    expect(fileOf(aws, '/etc/systemd/system/berth-host.service')).toContain(
      'ExecStartPost=-/usr/bin/python3 /usr/local/lib/berth/berth-signal.py /etc/berth/secrets.json',
    );
  });

  it('is equal for equal input', () => {
    expect(renderCloudInit(aws)).toBe(renderCloudInit({ ...aws }));
  });

  it.each([azure, aws])('holds no key and no path of the machine that rendered it (%#)', spec => {
    const text = renderCloudInit(spec);
    expect(text).not.toMatch(/PRIVATE KEY|Bearer [0-9a-f]{16}|AccountKey|AKIA[0-9A-Z]{16}/);
    expect(text).not.toContain(process.cwd());
  });

  const cloudInit = spawnSync('cloud-init', ['--version']).status === 0 ? it : it.skip;
  cloudInit.each([
    ['an Azure machine', azure],
    ['an Azure machine with a GPU', onGpu(azure)],
    ['an EC2 instance', aws],
    ['an EC2 instance with a GPU', onGpu(aws)],
  ])('is valid for %s (skipped where cloud-init is not installed)', (_, spec) => {
    const folder = mkdtempSync(join(tmpdir(), 'berth-cloud-init-'));
    const file = join(folder, 'user-data');
    writeFileSync(file, renderCloudInit(spec));
    const { stdout, stderr } = spawnSync('cloud-init', ['schema', '-c', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stdout + stderr).toContain(`Valid cloud-config: ${file}`);
  });
});

describe('the size of first boot data', () => {
  it.each(['azure', 'aws'] as const)('may reach the limit of %s', cloud => {
    expect(() => checkSize('dev/host', cloud, 'x'.repeat(bootLimits[cloud]))).not.toThrow();
  });

  it('counts bytes, and beyond the limit says what to change', () => {
    expect(() => checkSize('dev/host', 'aws', 'é'.repeat(8193))).toThrow(
      'invalid props of dev/host:\n  - first boot data must be at most 16384 bytes, not 16386: serve fewer models on this host or shorten their addresses',
    );
    expect(() => checkSize('dev/host', 'azure', 'x'.repeat(65_536))).toThrow(
      'first boot data must be at most 65535 bytes, not 65536',
    );
  });

  it.each(['azure', 'aws'] as const)('is at most what a placement on %s reckons with', cloud => {
    const unit = `dev-${'h'.repeat(36)}`;
    const address = `${unit}.environment1-1a2b3.berth.internal`;
    const names = {
      apiKey: `berth/${unit}/api-key`,
      tls: `berth/${unit}/tls`,
      certificate: `berth/${unit}/certificate`,
    };
    const signal = { stack: 'environment1-hosts-aws', resource: 'R'.repeat(90) };
    const store =
      cloud === 'aws'
        ? { kind: cloud, region: 'ap-southeast-2', signal }
        : { kind: cloud, vaultUri: `https://${'v'.repeat(24)}.vault.azure.net/` };
    const models = Array.from({ length: 4 }, (_, i) => ({
      ...recipe.models[0],
      model: `m${i}${'o'.repeat(30)}`,
      cacheRamMib: 8192,
      pooling: 'mean' as const,
    })) as typeof recipe.models;
    const text = renderCloudInit({
      recipe: { unit, address, engine: { ...engine, accelerator: 'cuda' }, models },
      secrets: names,
      store,
      first: false,
    });
    const reckoned =
      bootLimits[cloud] -
      bootRoom(cloud, engine) +
      models.reduce((sum, { model, weights }) => sum + bootBytesOf(model, weights), 0);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(reckoned);
    expect(Buffer.byteLength(text)).toBeGreaterThan(reckoned - 1500);
  });

  it('leaves room for four models on EC2 and for sixteen on Azure', () => {
    const many = (spec: CloudInitSpec, count: number) =>
      renderCloudInit({
        ...spec,
        recipe: {
          ...recipe,
          models: Array.from({ length: count }, (_, i) => ({ ...chat, model: `model-${i}` })),
        },
      });
    expect(() => checkSize('host', 'aws', many(aws, 4))).not.toThrow();
    expect(() => checkSize('host', 'azure', many(azure, 16))).not.toThrow();
  });
});
