import { createHash } from 'node:crypto';
import { renderManifest } from './manifest';
import { basePackages } from './bootstrap';
import {
  compressedRecipeScript,
  machineScript,
  recipeScript,
  recipeScriptVersion,
  secretsScript,
  storeModule,
} from './scripts';
import type { RecipeSpec } from './spec';

/** Names of the secrets that the machines of a unit share. */
export interface SecretNames {
  readonly apiKey: string;
  /** Private keys and certificates: of the pair in use and, near its end, of the next. */
  readonly tls: string;
  /** The certificates alone, for clients to trust. */
  readonly certificate: string;
}

/** Where a machine keeps its unit's secrets; as the one identity or role that it has it may read and write them. */
type SecretStore =
  | {
      readonly cloud: 'azure';
      /** Ends with a slash. */
      readonly vaultUri: string;
    }
  | { readonly cloud: 'aws'; readonly region: string };

/** What a machine of a cloud is taken to, and with whose secrets. */
export interface MachineRecipeSpec {
  readonly recipe: RecipeSpec;
  readonly secrets: SecretNames;
  readonly store: SecretStore;
  /** Whether this machine makes the secrets that are missing; exactly one machine of a pool does. */
  readonly first: boolean;
}

/** A recipe as it is brought to a machine. */
export interface MachineRecipe {
  /** What takes a machine to it, whatever it was before. It holds no secret. */
  readonly script: string;
  /** Twelve hex digits that say which recipe it is: another script alone is no other recipe. */
  readonly digest: string;
}

const fetchSecrets =
  'ExecStart=/usr/bin/python3 /usr/local/lib/berth/berth-secrets.py /etc/berth/secrets.json';

/** Every minute that a key lies in the store and not on a machine, its callers are refused there. */
const keyMinutes = 10;

/** At each boot, and every day: a key that somebody replaced in the store is picked up, a certificate renewed before it ends. */
const hostTimer = [
  '[Timer]',
  'OnBootSec=5',
  'OnUnitInactiveSec=1d',
  '[Install]',
  'WantedBy=timers.target',
  '',
].join('\n');

const services = (unit: string, accelerator: RecipeSpec['engine']['accelerator']) => ({
  'berth-keys.service': [
    '[Unit]',
    `Description=Berth ${unit}: a key that somebody replaced`,
    '[Service]',
    'Type=oneshot',
    fetchSecrets,
    // What the engines take is made of the keys that were there at the last change.
    `ExecStart=/bin/sh -c 'grep -qFf /etc/berth/${unit}/api-key /etc/berth/${unit}/keys || exec /bin/sh /opt/berth/${unit}/berth-device.sh maintain ${unit}'`,
    '',
  ].join('\n'),
  'berth-keys.timer': [
    '[Timer]',
    `OnBootSec=${keyMinutes}min`,
    `OnUnitInactiveSec=${keyMinutes}min`,
    'RandomizedDelaySec=30',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n'),
  'berth-host.service': [
    '[Unit]',
    `Description=Berth ${unit}: secrets of its pool, certificate, keys and weights`,
    'Wants=network-online.target',
    'After=network-online.target',
    '[Service]',
    'Type=oneshot',
    'Restart=on-failure',
    'RestartSec=10min',
    ...(accelerator === 'cuda' ? ['ExecStart=/usr/bin/nvidia-smi'] : []),
    fetchSecrets,
    `ExecStart=/bin/sh /opt/berth/${unit}/berth-device.sh maintain ${unit}`,
    '',
  ].join('\n'),
  'berth-host.timer': hostTimer,
});

/** Ends a file within the script; no line of JSON, shell, Python or a service is like it. */
const end = 'BERTH_END_OF_FILE';

/** A line of shell that writes a file beside those of the recipe. */
export const fileLine = (folder: string, name: string, content: string): string =>
  `cat >"$${folder}/${name}" <<'${end}'\n${content}${end}`;

/** EC2 takes less than the script in a document. */
const recipeScriptLine = (cloud: SecretStore['cloud']): string =>
  cloud === 'azure'
    ? fileLine('next', 'berth-device.sh', recipeScript())
    : `base64 -d <<'${end}' | gzip -dc >"$next/berth-device.sh"\n${compressedRecipeScript()}\n${end}`;

/**
 * A recipe for a machine of a cloud: one script with all that it needs, which a run command or a document carries.
 * @throws Error with every problem of the description at once.
 */
export function renderMachineRecipe({ recipe, secrets, store, first }: MachineRecipeSpec): MachineRecipe {
  const { unit, address, engine } = recipe;
  const { cloud, ...place } = store;
  const manifest = renderManifest(recipe);
  const configuration = `${JSON.stringify({ unit, address, first, secrets, store: place }, undefined, 1)}\n`;
  const files = {
    'unit.json': manifest,
    'secrets.json': configuration,
    'berth-secrets.py': secretsScript(),
    'berth_store.py': storeModule(cloud),
    ...services(unit, engine.accelerator),
  };
  const script = [
    '#!/bin/sh',
    'set -eu',
    'umask 022',
    'next=$(mktemp -d /run/berth-recipe.XXXXXX)',
    `trap 'rm -rf "$next"' EXIT`,
    `accelerator=${engine.accelerator}`,
    `packages='${basePackages(cloud).join(' ')}'`,
    ...Object.entries(files).map(([name, content]) => fileLine('next', name, content)),
    recipeScriptLine(cloud),
    machineScript(),
  ].join('\n');
  const digest = createHash('sha256')
    .update([recipeScriptVersion, engine.accelerator, configuration, manifest].join('\n'))
    .digest('hex')
    .slice(0, 12);
  return { script, digest };
}
