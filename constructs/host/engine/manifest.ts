import { rejectViolations } from '../../errors';
import { recipeProblems } from './check';
import { defaultPort } from './spec';
import type { RecipeSpec } from './spec';

/** Version of the protocol between Berth and `berth-device.sh`; see docs/decisions/0002-device-protocol.md. */
const protocol = 1;

/** Pooling that no flag is passed for. */
const asItsFileSays = 'file';

/** Name of the uploaded or cached weights file with this hash. */
export const weightsFile = (sha256: string) => `${sha256}.gguf`;
/** Name of the uploaded or cached engine archive with this hash. */
export const engineFile = (sha256: string) => `${sha256}.tar.gz`;

/**
 * The manifest `unit.json` that `berth-device.sh` reads: data only, and one key a line, because the script runs where
 * there is no JSON parser.
 * @throws Error with every problem of the description at once.
 */
export function renderManifest(spec: RecipeSpec): string {
  rejectViolations(spec.unit, recipeProblems(spec));
  const manifest = {
    protocol,
    unit: spec.unit,
    address: spec.address,
    port: spec.port ?? defaultPort,
    ...(spec.memoryMib === undefined ? {} : { memoryMib: spec.memoryMib }),
    engine: { version: spec.engine.version, url: spec.engine.url, sha256: spec.engine.sha256 },
    models: spec.models.map(served => ({
      model: served.model,
      file: weightsFile(String(served.weights.sha256)),
      url: served.weights.url,
      sha256: served.weights.sha256,
      contextTokens: served.contextTokens,
      parallel: served.parallel,
      api: served.api,
      ...(served.cacheRamMib === undefined
        ? {}
        : { cacheRamMib: served.cacheRamMib, pooling: served.pooling ?? asItsFileSays }),
    })),
    uploaded: spec.uploaded ?? false,
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
