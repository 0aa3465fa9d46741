import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SimulatedResource, SoftDeletedName } from '../simulation';

/** The simulated Azure and the states at one moment. */
export interface Snapshot {
  readonly resources: readonly SimulatedResource[];
  readonly softDeleted: readonly SoftDeletedName[];
  /** Text of each stack's state file, by the file's name. */
  readonly states: ReadonlyMap<string, string>;
}

/** Nothing was ever deployed. */
export const empty: Snapshot = { resources: [], softDeleted: [], states: new Map() };

/** A resource that a state holds. */
interface StateObject {
  readonly address: string;
  readonly type: string;
  readonly id: string;
}

interface StateFile {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: { readonly id?: string } }[];
  }[];
}

/** Types of the simulated providers that leave nothing in Azure. */
const actions = /^azapi_resource_action$/;

/** The resources that the states hold and the simulated Azure must hold too. */
export function stateObjects(states: Snapshot['states']): StateObject[] {
  return [...states.values()].flatMap(text =>
    (parsed(text).resources ?? [])
      .filter(({ mode, type }) => mode === 'managed' && /^(azurerm|azapi)_/.test(type) && !actions.test(type))
      .flatMap(({ type, name, instances }) =>
        instances.map(({ attributes: { id = '' } }) => ({ address: `${type}.${name}`, type, id })),
      ),
  );
}

/** Whether the states hold the same, whatever their serial numbers and lineages. */
export function sameStates(one: Snapshot, other: Snapshot): boolean {
  const content = ({ states }: Snapshot): object =>
    Object.fromEntries(
      [...states].map(([file, text]) => {
        const { outputs = {}, resources = [] } = parsed(text);
        return [file, { outputs, resources }];
      }),
    );
  return isDeepStrictEqual(content(one), content(other));
}

/** The outputs of each state, as JSON. */
export function outputsOf(states: Snapshot['states']): Record<string, string> {
  return Object.fromEntries(
    [...states].map(([file, text]) => [file, JSON.stringify(parsed(text).outputs ?? {})]),
  );
}

function parsed(text: string): StateFile {
  return text === '' ? {} : (JSON.parse(text) as StateFile);
}

/** The state files of a directory. */
export function readStates(directory: string): Map<string, string> {
  const files = readdirSync(directory).filter(name => name.endsWith('.tfstate'));
  return new Map(files.sort().map(name => [name, readFileSync(join(directory, name), 'utf8')]));
}

/**
 * Puts the backup in the place of a state that a killed Terraform left empty or cut off: it writes the file in place, not
 * atomically. Without a backup the state was empty before, and the file goes.
 * @returns whether there was anything to mend
 */
export function mendState(file: string): boolean {
  if (!existsSync(file) || isWhole(readFileSync(file, 'utf8'))) return false;
  const backup = `${file}.backup`;
  if (existsSync(backup)) copyFileSync(backup, file);
  else rmSync(file);
  return true;
}

function isWhole(state: string): boolean {
  try {
    JSON.parse(state);
    return true;
  } catch {
    return false;
  }
}

/** Makes a directory hold these state files and nothing else: no backup and no lock. */
export function writeStates(directory: string, states: Snapshot['states']): void {
  if (existsSync(directory)) for (const name of readdirSync(directory)) rmSync(join(directory, name));
  for (const [name, text] of states) writeFileSync(join(directory, name), text);
}
