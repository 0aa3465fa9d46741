import type { Environment } from '../config';
import { benchArguments, benchSpeeds } from './llama-bench';
import type { Speeds } from './llama-bench';
import { overSsh, quoted } from './over-ssh';
import { UsageError } from './usage-error';

/** What is measured on a device. */
interface OnDevice {
  /** Key in the environment's `devices`. */
  readonly name: string;
  /** As callers name it. */
  readonly model: string;
  readonly quantisation: string;
  /** File on the device. @default - the one that a deploy installed */
  readonly file?: string | undefined;
  /** llama-bench on the device. @default - the one of the engine that a deploy installed */
  readonly bench?: string | undefined;
}

/**
 * What `llama-bench` says on a device, which is reached over SSH as a deploy reaches it: with the key of devices, and by the host
 * key that the environment pins.
 * @throws {UsageError} when it is no device, or nobody knows the file
 * @throws {MeasureError} when it cannot be reached, or llama-bench fails there
 */
export async function deviceSpeeds(
  what: OnDevice,
  { devices, weights }: Environment,
  isEmbedding: boolean,
): Promise<Speeds> {
  const device = devices[what.name];
  if (!device)
    throw new UsageError(
      `--over-ssh: --on must be a device of the environment, got ${what.name}; name one of ${Object.keys(devices).join(', ') || 'none'}, or run it on that machine with --file`,
    );
  const command = remoteCommand(what, fileOf(what, weights), isEmbedding);
  const { connection } = device;
  if (!connection)
    throw new UsageError(
      `--over-ssh: ${what.name} is the machine that berth up runs on; leave it out, and name the file with --file`,
    );
  return overSsh(connection, async args => {
    const speeds = await benchSpeeds('ssh', [...args, command], isEmbedding);
    return { ...speeds, by: `${speeds.by}, over SSH` };
  });
}

/** The file as a deploy installs it: under its hash. */
function fileOf({ name, model, quantisation, file }: OnDevice, weights: Environment['weights']): string {
  if (file !== undefined) return file;
  const found = Object.entries(weights).find(
    ([key, each]) => (each.fineTuned ? key : each.model) === model && each.quantisation === quantisation,
  );
  if (!found)
    throw new UsageError(
      `--file: a path on the device is needed, because weights has no file of ${model} as ${quantisation}; name it`,
    );
  return `/opt/berth/${name}/artifacts/${found[1].sha256}.gguf`;
}

function remoteCommand({ name, bench }: OnDevice, file: string, isEmbedding: boolean): string {
  const rest = benchArguments(file, isEmbedding).map(quoted).join(' ');
  if (bench !== undefined) return `${quoted(bench)} ${rest}`;
  const missing = `echo 'no llama-bench is in the engine under /opt/berth/${name}; name one with --bench' >&2; exit 69`;
  return [
    `bench=$(find /opt/berth/${name}/engine-* -name llama-bench -type f 2>/dev/null | head -n 1)`,
    `[ -n "$bench" ] || { ${missing}; }`,
    `LD_LIBRARY_PATH=\${bench%/*} "$bench" ${rest}`,
  ].join('\n');
}
