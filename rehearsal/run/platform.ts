import { Unrehearsable } from './unrehearsable';

const untested =
  'rehearsals are made for Linux and tested only there; on macOS one may fail where Linux would not: then run it in a container';

/**
 * Rehearsals stand on Unix sockets, signals and /bin/sh. What does not run a rehearsal runs everywhere.
 * @param warn told once a process
 * @throws Unrehearsable on Windows
 */
export function checkPlatform(
  platform: NodeJS.Platform = process.platform,
  warn: (message: string) => void = warnOnce,
): void {
  if (platform === 'win32') {
    throw new Unrehearsable(
      'a rehearsal needs Linux (Unix sockets, signals and /bin/sh), and this is Windows: run it in WSL 2 or in a container; explain, place and synthesis work here',
    );
  }
  if (platform !== 'linux') warn(untested);
}

let warned = false;

function warnOnce(message: string): void {
  if (warned) return;
  warned = true;
  process.emitWarning(message);
}
