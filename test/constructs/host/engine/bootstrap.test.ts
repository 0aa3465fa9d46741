import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { renderBootstrap } from '../../../../constructs/host/engine';
import type { BootstrapSpec } from '../../../../constructs/host/engine';

const azure: BootstrapSpec = { cloud: 'azure', accelerator: 'cpu' };
const azureOnGpu: BootstrapSpec = { ...azure, accelerator: 'cuda' };

interface Document {
  readonly packages: string[];
  readonly write_files: { path: string; content: string }[];
  readonly runcmd: string[][];
  readonly power_state?: unknown;
}

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

it('of an EC2 instance is the same, with what reads its secrets', () => {
  expect(bootOf({ cloud: 'aws', accelerator: 'cpu' })).toEqual({
    ...bootOf(azure),
    packages: ['ca-certificates', 'curl', 'nginx', 'openssl', 'python3-boto3'],
  });
});

const cloudInit = spawnSync('cloud-init', ['--version']).status === 0 ? it : it.skip;
cloudInit.each<BootstrapSpec>([
  azure,
  azureOnGpu,
  { cloud: 'aws', accelerator: 'cpu' },
  { cloud: 'aws', accelerator: 'cuda' },
])('of %j is valid (skipped where cloud-init is not installed)', spec => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-cloud-init-'));
  const file = join(folder, 'user-data');
  writeFileSync(file, renderBootstrap(spec));
  const { stdout, stderr } = spawnSync('cloud-init', ['schema', '-c', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(stdout + stderr).toContain(`Valid cloud-config: ${file}`);
});
