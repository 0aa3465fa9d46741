import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelDirectory } from '../../stacks/model-directory';
import type { EndpointAddress } from '../../stacks/own-machine';
import { foldersOf } from '../own-machine/folders';
import { UsageError } from '../usage-error';

/** A workload as a directory has it. */
export interface ListedWorkload {
  readonly environment: string;
  /** Name, or `<workload>@<site>`. */
  readonly workload: string;
  readonly address: EndpointAddress;
}

const ending = '.models.json';

/**
 * A workload of the directories that a deploy wrote into `cdktf.out`, and `berth up` for this machine; that comes first.
 * @throws {UsageError} when there is none of this name, or more than one
 */
export function listedWorkload(name: string, environment: string | undefined): ListedWorkload {
  const all = directories().filter(each => environment === undefined || each.environment === environment);
  const listed = all.flatMap(each =>
    Object.entries(each.directory).map(([workload, address]) => ({ ...each, workload, address })),
  );
  const exact = listed.filter(({ workload }) => workload === name);
  const found = exact.length > 0 ? exact : listed.filter(({ workload }) => workload.startsWith(`${name}@`));
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new UsageError(only ? ambiguous(name, found) : unknown(name, listed));
}

function ambiguous(name: string, found: readonly ListedWorkload[]): string {
  const [first] = found;
  const options = found.map(({ workload, environment }) => `${workload} --environment ${environment}`);
  return `${name}: it is in ${found.length} places, such as ${first?.address.baseUrl ?? ''}; say which: ${options.slice(0, 8).join(', ')}`;
}

function unknown(name: string, listed: readonly ListedWorkload[]): string {
  const known = listed.map(({ workload }) => workload).join(', ');
  return known === ''
    ? `${name}: no address is known here; run berth deploy or berth up first, in this project`
    : `${name}: a workload that is deployed or runs here is needed (${known}), got none of this name; name one of them`;
}

interface Listed {
  readonly environment: string;
  readonly directory: ModelDirectory;
}

function directories(): Listed[] {
  const home = join(foldersOf('x').state, '..');
  const here = foldersIn(home).filter(folder => existsSync(join(folder, 'serving.json')));
  const own = here.flatMap(directoriesIn);
  const names = new Set(own.map(({ environment }) => environment));
  return [...own, ...directoriesIn('cdktf.out').filter(({ environment }) => !names.has(environment))];
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => join(folder, name));
}

function directoriesIn(folder: string): Listed[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(file => file.endsWith(ending))
    .sort()
    .map(file => ({
      environment: file.slice(0, -ending.length),
      directory: JSON.parse(readFileSync(join(folder, file), 'utf8')) as ModelDirectory,
    }));
}
