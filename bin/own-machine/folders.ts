import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where things of this machine's models are (XDG Base Directory Specification 0.8). */
export interface Folders {
  /** `XDG_STATE_HOME`, or what it is by default. */
  readonly stateHome: string;
  /** Of one environment: what was decided, the key, the log, and which process runs. */
  readonly state: string;
  /** Of all environments: verified files under their hash, and unpacked engines. */
  readonly cache: string;
}

/** The folders of an environment; nothing is made. */
export function foldersOf(environment: string): Folders {
  const stateHome = home('XDG_STATE_HOME', join('.local', 'state'));
  return {
    stateHome,
    state: join(stateHome, 'berth', environment),
    cache: join(home('XDG_CACHE_HOME', '.cache'), 'berth'),
  };
}

/** Makes the folders, for nobody else to read. */
export function makeFolders({ state, cache }: Folders): void {
  for (const folder of [state, cache]) mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** A path that is not absolute is to be ignored, as the specification says. */
function home(variable: string, usual: string): string {
  const named = process.env[variable] ?? '';
  return isAbsolute(named) ? named : join(homedir(), usual);
}
