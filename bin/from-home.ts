import { homedir } from 'node:os';

/** A path whose `~` is the home directory, as a shell takes it. */
export function fromHome(path: string, home = homedir()): string {
  return path.replace(/^~(?=\/)/, () => home);
}
