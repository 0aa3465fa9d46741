import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecipeSpec } from './spec';

const read = (file: string) => readFileSync(join(__dirname, file), 'utf8');

/**
 * The script of the device protocol, as EC2 instances run it. What reads a key that came later stands on lines that end with its name;
 * a recipe without the key gets the script without them, as it was, because changed user data replaces a machine.
 */
export function deviceScript(recipe: Pick<RecipeSpec, 'models'>): string {
  const script = read('berth-device.sh');
  return hasCacheRam(recipe) ? script : script.replaceAll(/^.* # cacheRamMib\n/gm, '');
}

/** The script that takes a machine to a recipe, as it is uploaded to a device. */
export const recipeScript = (): string => read('berth-recipe.sh');

/**
 * Version of {@link recipeScript}. A device gets the script with its recipe; a new number takes it to devices whose recipe stays as it is,
 * where something in it was mended that they need.
 */
export const recipeScriptVersion = 1;

/** Whether the memory of cached prompts is a matter of the recipe; all its models say it, or none. */
function hasCacheRam({ models }: Pick<RecipeSpec, 'models'>): boolean {
  return models.some(({ cacheRamMib }) => cacheRamMib !== undefined);
}

/**
 * The same script as gzip in base64, for user data that may hold only 16 KiB. The compressed files are kept beside the
 * script because zlib's output differs between versions and processors, and changed user data disturbs a machine.
 * Made with `gzip -9 -n` of both forms of the script; a test tells when one is stale.
 */
export const compressedDeviceScript = (recipe: Pick<RecipeSpec, 'models'>): string =>
  readFileSync(
    join(__dirname, hasCacheRam(recipe) ? 'berth-device-cache-ram.sh.gz' : 'berth-device.sh.gz'),
  ).toString('base64');

/** What takes a machine of a cloud to the recipe that lies beside it; to be put behind the lines that put it there. */
export const machineScript = (): string => read('berth-machine.sh');

/** The script that brings a machine the unit's shared secrets. */
export const secretsScript = (): string => read('berth-secrets.py');

/** The same for EC2, whose user data holds no more. */
export const ec2SecretsScript = (): string => read('berth-secrets-ec2.py');

/** The module through which {@link secretsScript} reaches a cloud's secret store. */
export const storeModule = (store: 'azure' | 'aws'): string => read(`berth-store-${store}.py`);

/** The script that tells the stack which waits for an EC2 instance that its models answer. */
export const signalScript = (): string => read('berth-signal.py');
