import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string) => readFileSync(join(__dirname, file), 'utf8');

/** The script that takes a machine to a recipe, as it is uploaded to a device. */
export const recipeScript = (): string => read('berth-recipe.sh');

/**
 * Version of {@link recipeScript}. A device gets the script with its recipe; a new number takes it to devices whose recipe stays as it is,
 * where something in it was mended that they need.
 */
export const recipeScriptVersion = 1;

/**
 * The same script as gzip in base64, for a document that may hold only 64 KiB. The compressed file is kept beside the script because
 * zlib's output differs between versions and processors, and another document is another recipe. Made with `gzip -9 -n`; a test tells when
 * it is stale.
 */
export const compressedRecipeScript = (): string =>
  readFileSync(join(__dirname, 'berth-recipe.sh.gz')).toString('base64');

/** What takes a machine of a cloud to the recipe that lies beside it; to be put behind the lines that put it there. */
export const machineScript = (): string => read('berth-machine.sh');

/** The script that brings a machine the unit's shared secrets. */
export const secretsScript = (): string => read('berth-secrets.py');

/** The module through which {@link secretsScript} reaches a cloud's secret store. */
export const storeModule = (store: 'azure' | 'aws'): string => read(`berth-store-${store}.py`);

/** What runs a recipe on an EC2 instance and tells the stack; to be put behind the lines that put it there. */
export const instanceScript = (): string => read('berth-instance.sh');

/** The script that tells the stack which waits for an EC2 instance how it took its recipe. */
export const signalScript = (): string => read('berth-signal.py');
