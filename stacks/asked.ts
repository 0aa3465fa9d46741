import { environmentFile, environmentFiles } from '../config';

/** Which environments a synthesis is about. */
export interface AskedOptions {
  /**
   * Paths, or names among the project's environments; as one text they are separated by commas. `cdktf` passes no arguments on
   * to the app, so it reads them from the variable BERTH_ENV. One that cannot be built ends the synthesis.
   * @default - every file of config/environments; one that cannot be built is refused by itself
   */
  readonly environment?: string | readonly string[];
  /** Directory of the project. @default - the working directory */
  readonly root?: string;
}

/** The environments of a synthesis. */
export interface Asked {
  readonly files: readonly string[];
  /** Whether they were named, so that the command is about each of them. */
  readonly named: boolean;
  readonly root: string;
}

export function askedOf({ environment, root = process.cwd() }: AskedOptions): Asked {
  const names = (typeof environment === 'string' ? environment.split(',') : (environment ?? []))
    .map(name => name.trim())
    .filter(name => name !== '');
  if (names.length === 0) return { files: environmentFiles(root), named: false, root };
  return { files: [...new Set(names.map(name => environmentFile(name, root)))], named: true, root };
}
