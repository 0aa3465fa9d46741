import { bootBytesOf, bootRoom, userDataLimit } from '../../../../limits/host';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import {
  checkSize,
  renderBootstrap,
  renderCloudInit,
  renderManifest,
} from '../../../../constructs/host/engine';
import { deviceScript } from '../../../../constructs/host/engine/scripts';
import type { BootstrapSpec, CloudInitSpec } from '../../../../constructs/host/engine';
import { chat, engine, recipe } from '../recipe';

const azure: BootstrapSpec = { cloud: 'azure', accelerator: 'cpu' };
const azureOnGpu: BootstrapSpec = { ...azure, accelerator: 'cuda' };
const aws: CloudInitSpec = {
  recipe,
  secrets: { apiKey: 'support-api-key', tls: 'support-tls', certificate: 'support-certificate' },
  store: { kind: 'aws', region: 'eu-north-1', signal: { stack: 'dev-hosts', resource: 'Machine1' } },
  first: true,
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

const bootOf = (spec: BootstrapSpec) => parse(renderBootstrap(spec)) as Partial<Document>;

describe('the first boot of a machine on Azure', () => {
  it('installs packages of the distribution, and turns off the servers that came with them', () => {
    expect(renderBootstrap(azure).split('\n')[0]).toBe('#cloud-config');
    expect(bootOf(azure)).toEqual({
      package_update: true,
      packages: ['ca-certificates', 'curl', 'nginx', 'openssl'],
      runcmd: [
        ['systemctl', 'disable', '--now', 'nginx.service'],
        ['systemctl', 'disable', '--now', 'ssh.socket', 'ssh.service'],
      ],
    });
  });

  it('keeps the SSH server only when asked to', () => {
    expect(bootOf({ ...azure, ssh: true }).runcmd?.flat()).not.toContain('ssh.service');
  });

  it('installs a signed driver on a GPU machine, holds it, and reboots into the kernel that fits', () => {
    const document = bootOf(azureOnGpu);
    const driver = [
      'linux-modules-nvidia-580-server-azure',
      'nvidia-headless-no-dkms-580-server',
      'nvidia-utils-580-server',
    ];
    expect(document.packages).toEqual(expect.arrayContaining(driver));
    expect(document.runcmd).toContainEqual(['apt-mark', 'hold', 'linux-image-azure', ...driver]);
    expect(document.power_state).toEqual({ mode: 'reboot', condition: '! nvidia-smi' });
    expect(document.write_files?.map(({ path }) => path)).toEqual(['/etc/apt/apt.conf.d/99berth']);
    expect(document.write_files?.[0]?.content).toContain('"nvidia-"; "libnvidia-"; "linux-";');
  });
});

describe('the user data of an EC2 instance', () => {
  it('holds the script compressed, and signals the stack', () => {
    const packed = fileOf(aws, '/usr/local/lib/berth/berth-device.sh') ?? '';
    expect(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')).toBe(deviceScript(recipe));
    expect(documentOf(aws).packages).toContain('python3-boto3');
    expect(fileOf(aws, '/etc/systemd/system/berth-host.service')).toContain(
      'ExecStartPost=-/usr/bin/python3 /usr/local/lib/berth/berth-signal.py /etc/berth/secrets.json',
    );
  });

  it('holds the manifest, and fetches the secrets, installs and verifies, in this order', () => {
    expect(fileOf(aws, '/usr/local/lib/berth/unit.json')).toBe(renderManifest(recipe));
    const service = fileOf(aws, '/etc/systemd/system/berth-host.service') ?? '';
    expect(service.match(/^ExecStart=.*$/gm)).toEqual([
      'ExecStart=/usr/bin/python3 /usr/local/lib/berth/berth-secrets.py /etc/berth/secrets.json',
      'ExecStart=/bin/sh /usr/local/lib/berth/berth-device.sh install /usr/local/lib/berth/unit.json',
      'ExecStart=/bin/sh /usr/local/lib/berth/berth-device.sh verify /usr/local/lib/berth/unit.json',
    ]);
  });

  it('is equal for equal input', () => {
    expect(renderCloudInit(aws)).toBe(renderCloudInit({ ...aws }));
  });

  it('holds no key and no path of the machine that rendered it', () => {
    const text = renderCloudInit(aws);
    expect(text).not.toMatch(/PRIVATE KEY|Bearer [0-9a-f]{16}|AccountKey|AKIA[0-9A-Z]{16}/);
    expect(text).not.toContain(process.cwd());
  });

  const cloudInit = spawnSync('cloud-init', ['--version']).status === 0 ? it : it.skip;
  cloudInit.each([
    ['an Azure machine', renderBootstrap(azure)],
    ['an Azure machine with a GPU', renderBootstrap(azureOnGpu)],
    ['an EC2 instance', renderCloudInit(aws)],
    ['an EC2 instance with a GPU', renderCloudInit(onGpu(aws))],
  ])('is valid for %s (skipped where cloud-init is not installed)', (_, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'berth-cloud-init-'));
    const file = join(folder, 'user-data');
    writeFileSync(file, text);
    const { stdout, stderr } = spawnSync('cloud-init', ['schema', '-c', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stdout + stderr).toContain(`Valid cloud-config: ${file}`);
  });
});

describe('the size of user data', () => {
  it('may reach the limit of EC2', () => {
    expect(() => checkSize('dev/host', 'x'.repeat(userDataLimit))).not.toThrow();
  });

  it('counts bytes, and beyond the limit says what to change', () => {
    expect(() => checkSize('dev/host', 'é'.repeat(8193))).toThrow(
      'invalid props of dev/host:\n  - first boot data must be at most 16384 bytes, not 16386: serve fewer models on this host or shorten their addresses',
    );
  });

  it('is at most what a placement on EC2 reckons with', () => {
    const unit = `dev-${'h'.repeat(36)}`;
    const models = Array.from({ length: 4 }, (_, i) => ({
      ...recipe.models[0],
      model: `m${i}${'o'.repeat(30)}`,
      cacheRamMib: 8192,
      pooling: 'mean' as const,
    })) as typeof recipe.models;
    const text = renderCloudInit({
      recipe: {
        unit,
        address: `${unit}.environment1-1a2b3.berth.internal`,
        engine: { ...engine, accelerator: 'cuda' },
        models,
      },
      secrets: {
        apiKey: `berth/${unit}/api-key`,
        tls: `berth/${unit}/tls`,
        certificate: `berth/${unit}/certificate`,
      },
      store: {
        kind: 'aws',
        region: 'ap-southeast-2',
        signal: { stack: 'environment1-hosts-aws', resource: 'R'.repeat(90) },
      },
      first: false,
    });
    const reckoned =
      userDataLimit -
      bootRoom('aws', engine) +
      models.reduce((sum, { model, weights }) => sum + bootBytesOf(model, weights), 0);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(reckoned);
    expect(Buffer.byteLength(text)).toBeGreaterThan(reckoned - 1500);
  });

  it('leaves room for four models on EC2, and is no matter on Azure', () => {
    const models = Array.from({ length: 4 }, (_, i) => ({ ...chat, model: `model-${i}` }));
    const text = renderCloudInit({ ...aws, recipe: { ...recipe, models } });
    expect(() => checkSize('host', text)).not.toThrow();
    expect(bootRoom('azure', engine)).toBe(Infinity);
  });
});
