import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { environmentFile, environmentFiles, loadEnvironment, readInput } from '../../config';
import type { Environment, EnvironmentInput } from '../../config';
import { sha256Of } from './artifact';
import { buildOfEngine, engineOnPath, namedEngine } from './engine';
import { enginePlight } from './found-machine';
import type { FoundMachine } from './found-machine';
import type { Installed } from './installed';
import { OwnMachineInput, OwnMachineUnavailable } from './own-machine-error';
import { ownWeights } from './own-weights';

/** An environment as it is decided for this machine. */
export interface OwnEnvironment {
  readonly name: string;
  /** File that it comes from. */
  readonly source: string;
  /** Key in `devices` of this machine. */
  readonly device: string;
  /** What its file for this machine holds. */
  readonly input: EnvironmentInput;
  /** llama-server that is installed, instead of the build that the lock names. */
  readonly engine: string | undefined;
  /** Files that are here already, by their hash. */
  readonly here: ReadonlyMap<string, string>;
}

/** The environment that comes with Berth, for who has none. */
export const usualName = 'local';

/**
 * An environment for this machine: with its memory and processor, with the engine and weights that were named, and with the
 * published ones that come with Berth where it names none.
 * @param folder where its file will stand
 * @throws {ConfigError} when it is wrong in itself
 * @throws {OwnMachineInput} when none of its devices is this machine, or what was named cannot be used
 */
export async function ownEnvironment(
  nameOrPath: string,
  machine: FoundMachine,
  installed: Installed,
  folder: (name: string) => string,
): Promise<OwnEnvironment> {
  const source = sourceOf(nameOrPath);
  const environment = loadEnvironment(source);
  const device = ownDevice(source, environment);
  const input = readInput(source) as EnvironmentInput;
  const published = readInput(shippedFile()) as EnvironmentInput;
  const named = Object.keys(environment.weights).length > 0 ? input.weights : published.weights;
  const weights = await ownWeights(installed, loadEnvironment(source).weights, named);
  const engine = installedEngine(installed, machine);
  const listed = environment.engines.length > 0 ? input.engines : published.engines;
  return {
    name: environment.name,
    source,
    device,
    input: {
      ...input,
      ...pricesFrom(source, environment, folder(environment.name)),
      devices: { ...input.devices, [device]: deviceAs(environment, device, input, machine) },
      weights: weights.stated,
      engines: engine === undefined ? listed : [await engineEntry(engine, machine)],
    },
    engine,
    here: weights.here,
  };
}

/** A project's own comes before the one that comes with Berth. */
function sourceOf(nameOrPath: string): string {
  const root = process.cwd();
  const isOwn = environmentFiles(root).some(file => basename(file, extname(file)) === nameOrPath);
  return nameOrPath === usualName && !isOwn ? shippedFile() : environmentFile(nameOrPath, root);
}

function shippedFile(): string {
  const manifest = createRequire(__filename).resolve('cdktf-berth/package.json');
  return join(dirname(manifest), 'config', 'environments', `${usualName}.yaml`);
}

function ownDevice(source: string, { devices }: Environment): string {
  const found = Object.entries(devices).find(([, { connection }]) => !connection);
  if (found) return found[0];
  throw new OwnMachineInput(
    `${source}: devices: one without connection is needed, which is the machine that berth up runs on, got ${Object.keys(devices).join(', ') || 'none'}; leave connection out of one`,
  );
}

/** Hardware of the device table is believed; measures give way to what is here. */
function deviceAs(
  { devices }: Environment,
  name: string,
  input: EnvironmentInput,
  { memoryGib, arch }: FoundMachine,
): NonNullable<EnvironmentInput['devices']>[string] {
  const stated = input.devices?.[name];
  const hardware = devices[name]?.hardware;
  if (!stated || hardware === undefined) throw new Error(`${name} is no device`);
  return typeof hardware === 'string' ? stated : { ...stated, hardware: { ...hardware, memoryGib, arch } };
}

/** A path in an environment starts at its file. */
function pricesFrom(
  source: string,
  { prices }: Environment,
  folder: string,
): Pick<EnvironmentInput, 'prices'> {
  return prices === undefined ? {} : { prices: relative(folder, resolve(dirname(source), prices)) };
}

function installedEngine({ engine }: Installed, machine: FoundMachine): string | undefined {
  if (engine !== undefined) return namedEngine(engine);
  const plight = enginePlight(machine);
  if (plight === undefined) return undefined;
  const found = engineOnPath();
  if (found !== undefined && existsSync(found)) return found;
  throw new OwnMachineUnavailable(
    `the build of llama.cpp that Berth downloads ${plight}, and no llama-server is on the path; install llama.cpp (macOS: brew install llama.cpp), or name its llama-server with --engine`,
  );
}

/** The lock records which program it was; nobody downloads it from there (RFC 2606). */
async function engineEntry(
  engine: string,
  { arch }: FoundMachine,
): Promise<NonNullable<EnvironmentInput['engines']>[number]> {
  const url = 'https://this-machine.invalid/llama-server.tar.gz';
  return { arch, accelerator: 'cpu', version: buildOfEngine(engine), url, sha256: await sha256Of(engine) };
}
