import { userDataLimit } from '../../../limits/host';
import { rejectViolations } from '../../errors';
import { renderBootstrap } from './bootstrap';
import type { BootFile } from './bootstrap';
import { hostTimer } from './machine-recipe';
import type { SecretNames } from './machine-recipe';
import { renderManifest } from './manifest';
import { compressedDeviceScript, ec2SecretsScript, signalScript, storeModule } from './scripts';
import type { RecipeSpec } from './spec';

/** Where an instance keeps its unit's secrets, and whom it tells that it serves. */
interface SecretStore {
  readonly kind: 'aws';
  readonly region: string;
  /** Stack that waits for this instance, and the instance's logical id in it. */
  readonly signal: { readonly stack: string; readonly resource: string };
}

/** What the first boot of an EC2 instance is made from. */
export interface CloudInitSpec {
  readonly recipe: RecipeSpec;
  readonly secrets: SecretNames;
  readonly store: SecretStore;
  /** Whether this machine makes the secrets that are missing; exactly one machine of a pool does. */
  readonly first: boolean;
}

/** Where the recipe lies on a machine, outside the unit's own folder. */
const recipeFolder = '/usr/local/lib/berth';
const secretsConfiguration = '/etc/berth/secrets.json';

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
    `ExecStartPost=-/usr/bin/python3 ${recipeFolder}/berth-signal.py ${secretsConfiguration}`,
    '',
  ].join('\n');
}

function filesOf(spec: CloudInitSpec): BootFile[] {
  const { kind, ...store } = spec.store;
  const { unit, address } = spec.recipe;
  const configuration = { unit, address, first: spec.first, secrets: spec.secrets, store };
  return [
    {
      path: `${recipeFolder}/berth-device.sh`,
      encoding: 'gz+b64',
      content: compressedDeviceScript(spec.recipe),
    },
    { path: `${recipeFolder}/unit.json`, content: renderManifest(spec.recipe) },
    { path: `${recipeFolder}/berth-secrets.py`, content: ec2SecretsScript() },
    { path: `${recipeFolder}/berth_store.py`, content: storeModule(kind) },
    { path: secretsConfiguration, content: `${JSON.stringify(configuration, undefined, 1)}\n` },
    { path: '/etc/systemd/system/berth-host.service', content: hostService(spec) },
    { path: '/etc/systemd/system/berth-host.timer', content: hostTimer },
    { path: `${recipeFolder}/berth-signal.py`, content: signalScript() },
  ];
}

/**
 * The user data of an EC2 instance: its bootstrap, the recipe, and a service that fetches the unit's secrets with the
 * instance's own role, installs and verifies. It holds no secret.
 * @throws Error with every problem of the description at once.
 */
export function renderCloudInit(spec: CloudInitSpec): string {
  const { accelerator } = spec.recipe.engine;
  return renderBootstrap(
    { cloud: 'aws', accelerator },
    { files: filesOf(spec), commands: [['systemctl', 'enable', '--now', 'berth-host.timer']] },
  );
}

/**
 * Refuses user data that EC2 would not take.
 * @throws Error with the size, the limit and what to change.
 */
export function checkSize(place: string, text: string): void {
  const size = Buffer.byteLength(text, 'utf8');
  if (size > userDataLimit) {
    rejectViolations(place, [
      `first boot data must be at most ${userDataLimit} bytes, not ${size}: serve fewer models on this host or shorten their addresses`,
    ]);
  }
}
