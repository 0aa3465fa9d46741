import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { owner } from './owner';

/**
 * Reads which processes run, a line each, until it is told that all is done, or its input ends without that: then this
 * process is gone, and the command in its arguments cleans up after it.
 */
const waitForTheEnd = `
running=
while read -r what pid; do
  case $what in
    started) running="$running $pid" ;;
    ended) rest=; for each in $running; do test "$each" = "$pid" || rest="$rest $each"; done; running=$rest ;;
    done) exit 0 ;;
  esac
done
exec "$@" $running
`;

/**
 * Stands by for the case that this process is killed and cannot clean up itself: by SIGKILL, for want of memory, by a
 * signal that nobody handles, or as a worker thread that is torn down. It is a waiting shell in a session of its own,
 * which no interrupt from the terminal reaches, and its input ends with this process however that ends.
 */
export class Guard {
  private readonly shell: ChildProcess;

  /** @param directories what to remove; to be made only now, so that there is no moment in which nobody knows them */
  constructor(directories: readonly string[] = []) {
    const command = [...cleanUpCommand(), owner.token, String(directories.length), ...directories];
    this.shell = spawn('/bin/sh', ['-c', waitForTheEnd, 'guard', ...command], {
      cwd: '/',
      // Whoever ends what this process belongs to must leave the guard to its work.
      env: { ...process.env, [owner.variable]: undefined },
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // Without a shell there is no guard: what this process can do itself remains.
    this.shell.on('error', () => undefined);
    this.shell.stdin?.on('error', () => undefined);
    this.shell.unref();
    (this.shell.stdin as unknown as { unref(): void }).unref(); // a pipe's type does not say that it is a socket
  }

  /** Takes charge of a process until it ends. */
  readonly watch = (child: ChildProcess): void => {
    const { pid } = child;
    if (pid === undefined) return;
    this.shell.stdin?.write(`started ${pid}\n`);
    child.once('close', () => this.shell.stdin?.write(`ended ${pid}\n`));
  };

  /** Ends the guard: there is nothing left to do for it. */
  async dismiss(): Promise<void> {
    if (this.shell.pid === undefined || this.shell.exitCode !== null || this.shell.signalCode !== null)
      return;
    this.shell.ref();
    const gone = new Promise(done => this.shell.once('exit', done));
    this.shell.stdin?.end('done\n');
    await gone;
  }
}

/** The same Node with the program beside this file, which is TypeScript while Berth itself is under development. */
function cleanUpCommand(): string[] {
  const loader = __filename.endsWith('.ts') ? ['--import', `file://${require.resolve('tsx')}`] : [];
  return [
    process.execPath,
    ...loader,
    join(__dirname, `clean-up${__filename.endsWith('.ts') ? '.ts' : '.js'}`),
  ];
}
