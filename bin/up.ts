import { basename, join } from 'node:path';
import type { ServedModel } from '../config';
import { engineFile, ownKeyFile, ownPort, weightsFile } from '../stacks/own-machine';
import { markAtWork } from './deploy-mark';
import { obtainAll } from './own-machine/artifact';
import type { Artifact } from './own-machine/artifact';
import { engineArguments, unpackedEngine } from './own-machine/engine';
import { foldersOf, makeFolders } from './own-machine/folders';
import type { Folders } from './own-machine/folders';
import { foundMachine } from './own-machine/found-machine';
import type { Installed } from './own-machine/installed';
import { ownKey } from './own-machine/key';
import { decideHere, ownFile } from './own-machine/own-decision';
import type { OwnDecision } from './own-machine/own-decision';
import { ownEnvironment, usualName } from './own-machine/own-environment';
import type { OwnEnvironment } from './own-machine/own-environment';
import { askAll, isServing, serve, servingIn } from './own-machine/serving';
import type { Wanted } from './own-machine/serving';
import { tellUp } from './own-machine/tell-up';
import { UsageError } from './usage-error';

export interface UpOptions extends Installed {
  /** Folder or address that has the files, instead of the network. */
  readonly files?: string;
  readonly port?: string;
  readonly today?: string;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

/**
 * Decides for this machine, as for every environment, and serves what goes to it: from verified files, on loopback, with a key.
 * What serves already goes on.
 */
export async function up(nameOrPath: string = usualName, options: UpOptions): Promise<void> {
  const port = portOf(options);
  const machine = foundMachine();
  const own = await ownEnvironment(nameOrPath, machine, options, name => foldersOf(name).state);
  const folders = foldersOf(own.name);
  makeFolders(folders);
  const unmark = markAtWork(ownFile(folders, own.name), 'deploy');
  try {
    const decision = await decideHere(own, folders, { ...options, port });
    const keyFile = ownKeyFile(own.name, folders.stateHome);
    const key = ownKey(keyFile);
    const call = { own, folders, decision, options, port, keyFile };
    await fetchAll(call);
    const wanted = wantedOf(call);
    const serving = isServing(servingIn(folders.state), wanted);
    const answers = await (serving ? askAll(folders.state, wanted, key) : serve(folders.state, wanted, key));
    const { engines } = servingIn(folders.state);
    tellUp({ own, machine, folders, decision, keyFile, engines, answers, alreadyServed: serving }, options);
  } finally {
    unmark();
  }
}

function portOf({ port = String(ownPort) }: UpOptions): number {
  const number = Number(port);
  if (/^\d{4,5}$/.test(port) && number >= 1024 && number <= 65_000) return number;
  throw new UsageError(`--port: a number from 1024 to 65000 is allowed, got ${port}; choose one`);
}

/** All that one call knows. */
interface Call {
  readonly own: OwnEnvironment;
  readonly folders: Folders;
  readonly decision: OwnDecision;
  readonly options: UpOptions;
  /** Of the first model. */
  readonly port: number;
  readonly keyFile: string;
}

/** Every file is verified, whether it is here or comes. */
async function fetchAll({ own, folders: { cache }, decision: { unit }, options }: Call): Promise<void> {
  const { files } = options;
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const engine = own.engine === undefined && unit.engine ? [artifactOf(engineFile, unit.engine)] : [];
  const weights = unit.serves
    .filter(({ weights: { sha256 } }) => !own.here.has(String(sha256)))
    .map(served => artifactOf(weightsFile, served.weights, served.model));
  await obtainAll([...engine, ...weights], { cache, environment: own.name, files, tell });
}

/** Whoever may be placed has address and hash. */
function artifactOf(
  nameOf: (sha256: string) => string,
  file: { readonly url: string | null; readonly sha256: string | null },
  model?: string,
): Artifact {
  const [url, sha256] = [String(file.url), String(file.sha256)];
  return {
    what: model === undefined ? 'llama.cpp' : `weights of ${model}`,
    name: nameOf(sha256),
    url,
    sha256,
  };
}

/** The engine of each model; the first model has the first port. */
function wantedOf({ own, folders, decision: { unit, directory }, port: first, keyFile }: Call): Wanted[] {
  const program = own.engine ?? packedEngine(folders, String(unit.engine?.sha256));
  return unit.serves.flatMap((served: ServedModel, at) => {
    const address = Object.values(directory).find(({ model }) => model === served.model);
    if (!address) return [];
    const sha256 = String(served.weights.sha256);
    const file = own.here.get(sha256) ?? join(folders.cache, weightsFile(sha256));
    const port = first + at;
    const log = join(folders.state, `${basename(served.model)}.log`);
    const args = engineArguments(served, file, port, keyFile);
    return [{ call: { model: served.model, port, program, args, log }, address }];
  });
}

function packedEngine({ cache }: Folders, sha256: string): string {
  return unpackedEngine(join(cache, engineFile(sha256)), sha256);
}
