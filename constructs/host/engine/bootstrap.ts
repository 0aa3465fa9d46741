import type { EngineSpec } from './spec';

/** What the first boot of a cloud machine is made from: nothing of what it serves. */
export interface BootstrapSpec {
  /** Whose kernel it has. */
  readonly cloud: 'azure' | 'aws';
  /** What its models run on. */
  readonly accelerator: EngineSpec['accelerator'];
  /** Whether the SSH server stays on. @default false */
  readonly ssh?: boolean;
}

/** A file that cloud-init writes. */
interface BootFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Branch of the NVIDIA driver: the long-lived server branch that Ubuntu 24.04 builds and signs in its own archive
 * (packages.ubuntu.com, source nvidia-graphics-drivers-580-server in noble-updates, read 2026-11-24), so that it loads
 * with Secure Boot on and needs no extension.
 */
const nvidiaBranch = '580-server';

const driverPackages = (kernel: BootstrapSpec['cloud']) => [
  `linux-modules-nvidia-${nvidiaBranch}-${kernel}`,
  `nvidia-headless-no-dkms-${nvidiaBranch}`,
  `nvidia-utils-${nvidiaBranch}`,
];

/** Packages of the distribution that a recipe needs. */
export function basePackages(cloud: BootstrapSpec['cloud']): string[] {
  const packages = ['ca-certificates', 'curl', 'nginx', 'openssl'];
  return cloud === 'aws' ? [...packages, 'python3-boto3'] : packages;
}

function packagesOf({ cloud, accelerator }: BootstrapSpec): string[] {
  const packages = basePackages(cloud);
  return accelerator === 'cuda' ? [...packages, ...driverPackages(cloud)] : packages;
}

/** Unattended upgrades of driver or kernel would pull the driver from under a running engine. */
const heldPackages: BootFile = {
  path: '/etc/apt/apt.conf.d/99berth',
  content: 'Unattended-Upgrade::Package-Blacklist { "nvidia-"; "libnvidia-"; "linux-"; };\n',
};

function commandsOf({ cloud, accelerator, ssh = false }: BootstrapSpec): string[][] {
  const commands = [['systemctl', 'disable', '--now', 'nginx.service']];
  if (!ssh) commands.push(['systemctl', 'disable', '--now', 'ssh.socket', 'ssh.service']);
  if (accelerator === 'cuda')
    commands.push(['apt-mark', 'hold', `linux-image-${cloud}`, ...driverPackages(cloud)]);
  return commands;
}

/**
 * The cloud-config of a machine: packages of the distribution, and the driver of its graphics processor. What the machine serves is no
 * part of it, so that another model, weights, context or engine is not another machine.
 */
export function renderBootstrap(spec: BootstrapSpec): string {
  const cuda = spec.accelerator === 'cuda';
  const document = {
    package_update: true,
    packages: packagesOf(spec),
    ...(cuda ? { write_files: [heldPackages] } : {}),
    runcmd: commandsOf(spec),
    // The driver's modules fit the newest kernel of the archive, which may not be the image's.
    ...(cuda ? { power_state: { mode: 'reboot', condition: '! nvidia-smi' } } : {}),
  };
  // Loaded here: it is a third of what an app loads that has no host.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a synchronous import does not exist
  const { stringify } = require('yaml') as typeof import('yaml');
  const text = stringify(document, { indent: 1, indentSeq: false, lineWidth: 0, blockQuote: 'literal' });
  return `#cloud-config\n${text}`;
}
