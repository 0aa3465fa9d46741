import { Unrehearsable } from '../run/unrehearsable';

/**
 * The SSH protocol of rehearsed devices, an optional peer that is loaded when a device is rehearsed.
 * @throws Unrehearsable when it is not installed
 */
export function ssh2(): typeof import('ssh2') {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a synchronous import does not exist
    return require('ssh2') as typeof import('ssh2');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Unrehearsable(
      'the stacks set up a device over SSH, and its rehearsal needs the package ssh2, which is not installed; run: npm install --save-dev ssh2',
    );
  }
}
