import { stringify } from 'yaml';
import { bootLimits } from '../../../limits/host';
import { rejectViolations } from '../../errors';
import { renderManifest } from './manifest';
import { compressedDeviceScript, deviceScript, secretsScript, signalScript, storeModule } from './scripts';
import type { RecipeSpec } from './spec';

/** Names of the secrets that the machines of a unit share. */
export interface SecretNames {
  readonly apiKey: string;
  /** Private key and certificate. */
  readonly tls: string;
  /** The certificate alone, for clients to trust. */
  readonly certificate: string;
}

/** Where a machine keeps its unit's secrets, and as whom it gets there. */
type SecretStore =
  | {
      readonly kind: 'azure';
      /** Ends with a slash. The machine has one managed identity, and it may read and write the secrets. */
      readonly vaultUri: string;
    }
  | {
      readonly kind: 'aws';
      readonly region: string;
      /** Stack that waits for this machine, and the machine's logical id in it. */
      readonly signal: { readonly stack: string; readonly resource: string };
    };

/** What the first boot of a cloud machine is made from. */
export interface CloudInitSpec {
  readonly recipe: RecipeSpec;
  readonly secrets: SecretNames;
  readonly store: SecretStore;
  /** Whether this machine makes the secrets that are missing; exactly one machine of a pool does. */
  readonly first: boolean;
  /** Whether the SSH server stays on. @default false */
  readonly ssh?: boolean;
}

/** Where the recipe lies on a machine, outside the unit's own folder. */
export const recipeFolder = '/usr/local/lib/berth';
const secretsConfiguration = '/etc/berth/secrets.json';

/**
 * Branch of the NVIDIA driver: the long-lived server branch that Ubuntu 24.04 builds and signs in its own archive
 * (packages.ubuntu.com, source nvidia-graphics-drivers-580-server in noble-updates, read 2026-11-24), so that it loads
 * with Secure Boot on and needs no extension.
 */
const nvidiaBranch = '580-server';

function packagesOf(spec: CloudInitSpec): string[] {
  const packages = ['ca-certificates', 'curl', 'nginx', 'openssl'];
  if (spec.store.kind === 'aws') packages.push('python3-boto3');
  return spec.recipe.engine.accelerator === 'cuda'
    ? [...packages, ...driverPackages(spec.store.kind)]
    : packages;
}

const driverPackages = (kernel: 'azure' | 'aws') => [
  `linux-modules-nvidia-${nvidiaBranch}-${kernel}`,
  `nvidia-headless-no-dkms-${nvidiaBranch}`,
  `nvidia-utils-${nvidiaBranch}`,
];

function hostService(spec: CloudInitSpec): string {
  const script = `/bin/sh ${recipeFolder}/berth-device.sh`;
  return [
    '[Unit]',
    'Description=Berth: secrets, engine, models and health',
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '[Service]',
    'Type=oneshot',
    'Restart=on-failure',
    'RestartSec=30',
    ...(spec.recipe.engine.accelerator === 'cuda' ? ['ExecStart=/usr/bin/nvidia-smi'] : []),
    `ExecStart=/usr/bin/python3 ${recipeFolder}/berth-secrets.py ${secretsConfiguration}`,
    `ExecStart=${script} install ${recipeFolder}/unit.json`,
    `ExecStart=${script} verify ${recipeFolder}/unit.json`,
    // Only the stack's first wait takes the signal, so a later one may fail.
    ...(spec.store.kind === 'aws'
      ? [`ExecStartPost=-/usr/bin/python3 ${recipeFolder}/berth-signal.py ${secretsConfiguration}`]
      : []),
    '',
  ].join('\n');
}

/** The daily run picks up a key that somebody replaced in the store, and renews a certificate before it ends. */
const hostTimer = [
  '[Timer]',
  'OnBootSec=5',
  'OnUnitInactiveSec=1d',
  '[Install]',
  'WantedBy=timers.target',
  '',
].join('\n');

function filesOf(spec: CloudInitSpec) {
  const { kind, ...store } = spec.store;
  const { unit, address, engine } = spec.recipe;
  const configuration = { unit, address, first: spec.first, secrets: spec.secrets, store };
  const files: { path: string; content: string; encoding?: string }[] = [
    deviceScriptFile(kind, spec.recipe),
    { path: `${recipeFolder}/unit.json`, content: renderManifest(spec.recipe) },
    { path: `${recipeFolder}/berth-secrets.py`, content: secretsScript() },
    { path: `${recipeFolder}/berth_store.py`, content: storeModule(kind) },
    { path: secretsConfiguration, content: `${JSON.stringify(configuration, undefined, 1)}\n` },
    { path: '/etc/systemd/system/berth-host.service', content: hostService(spec) },
    { path: '/etc/systemd/system/berth-host.timer', content: hostTimer },
  ];
  if (kind === 'aws') files.push({ path: `${recipeFolder}/berth-signal.py`, content: signalScript() });
  return engine.accelerator === 'cuda' ? [...files, heldPackages] : files;
}

function deviceScriptFile(kind: SecretStore['kind'], recipe: RecipeSpec) {
  const path = `${recipeFolder}/berth-device.sh`;
  return kind === 'aws'
    ? { path, encoding: 'gz+b64', content: compressedDeviceScript(recipe) }
    : { path, content: deviceScript(recipe) };
}

/** Unattended upgrades of driver or kernel would pull the driver from under a running engine. */
const heldPackages = {
  path: '/etc/apt/apt.conf.d/99berth',
  content: 'Unattended-Upgrade::Package-Blacklist { "nvidia-"; "libnvidia-"; "linux-"; };\n',
};

function commandsOf(spec: CloudInitSpec): string[][] {
  const commands = [['systemctl', 'disable', '--now', 'nginx.service']];
  if (!spec.ssh) commands.push(['systemctl', 'disable', '--now', 'ssh.socket', 'ssh.service']);
  if (spec.recipe.engine.accelerator === 'cuda') {
    const kernel = `linux-image-${spec.store.kind}`;
    commands.push(['apt-mark', 'hold', kernel, ...driverPackages(spec.store.kind)]);
  }
  return [...commands, ['systemctl', 'enable', '--now', 'berth-host.timer']];
}

/**
 * The cloud-config of a machine: packages of the distribution, the recipe, and a service that fetches the unit's
 * secrets with the machine's own identity, installs and verifies. It holds no secret.
 * @throws Error with every problem of the description at once.
 */
export function renderCloudInit(spec: CloudInitSpec): string {
  const cuda = spec.recipe.engine.accelerator === 'cuda';
  const document = {
    package_update: true,
    packages: packagesOf(spec),
    write_files: filesOf(spec),
    runcmd: commandsOf(spec),
    // The driver's modules fit the newest kernel of the archive, which may not be the image's.
    ...(cuda ? { power_state: { mode: 'reboot', condition: '! nvidia-smi' } } : {}),
  };
  const text = stringify(document, { indent: 1, indentSeq: false, lineWidth: 0, blockQuote: 'literal' });
  return `#cloud-config\n${text}`;
}

/**
 * Refuses first boot data that a cloud would not take.
 * @throws Error with the size, the limit and what to change.
 */
export function checkSize(place: string, cloud: keyof typeof bootLimits, text: string): void {
  const size = Buffer.byteLength(text, 'utf8');
  if (size > bootLimits[cloud]) {
    rejectViolations(place, [
      `first boot data must be at most ${bootLimits[cloud]} bytes, not ${size}: serve fewer models on this host or shorten their addresses`,
    ]);
  }
}
