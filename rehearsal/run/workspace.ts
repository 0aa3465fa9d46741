import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll, processTree, signalAll } from '../terraform/process-tree';
import { Guard } from './guard';

/** Something that runs until it is stopped. */
interface Stoppable {
  stop(): Promise<void>;
}

const open = new Set<Workspace>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The temporary directory of a rehearsal, its processes and its servers. Nothing of them outlives `close`, the end of
 * this process, or a signal that ends it; not even SIGKILL, for which a guard stands by.
 */
export class Workspace {
  readonly directory: string;
  private readonly children = new Set<ChildProcess>();
  private readonly servers: Stoppable[] = [];
  private readonly guard: Guard;
  private closing = false;
  private interrupted = false;

  constructor() {
    // Short, because a socket's path is limited to about 100 characters.
    this.directory = mkdtempSync(join(realpathSync(tmpdir()), 'rehearsal-'));
    for (const part of ['home', 'state', 'sockets', 'tmp', 'weights']) mkdirSync(join(this.directory, part));
    writeFileSync(join(this.directory, 'terraform.rc'), '');
    this.guard = new Guard(this.directory);
    if (open.size === 0) listen();
    open.add(this);
  }

  path(...parts: readonly string[]): string {
    return join(this.directory, ...parts);
  }

  /** What keeps Terraform and cdktf inside this directory and away from the user's settings. */
  get environment(): Record<string, string> {
    return {
      HOME: this.path('home'),
      TMPDIR: this.path('tmp'),
      CDKTF_HOME: this.path('home'),
      TF_CLI_CONFIG_FILE: this.path('terraform.rc'),
    };
  }

  /** Takes charge of a process. One that is started while all is being ended does not run. */
  readonly watch = (child: ChildProcess): void => {
    if (this.closing) child.kill('SIGKILL');
    this.children.add(child);
    const { pid } = child;
    if (pid !== undefined) this.guard.started(pid);
    child.once('close', () => {
      this.children.delete(child);
      if (pid !== undefined) this.guard.ended(pid);
    });
  };

  /**
   * To be awaited before anything is started. It does not come back once a signal is ending this process.
   * @throws Error when the workspace is closed.
   */
  async ready(): Promise<void> {
    if (this.interrupted) await new Promise(() => undefined);
    if (this.closing) throw new Error('the rehearsal is closed');
  }

  /** Closes because a signal is about to end this process. */
  async interrupt(): Promise<void> {
    this.interrupted = true;
    await this.close();
  }

  /** Takes charge of a server. The last one is stopped first. */
  add<T extends Stoppable>(server: T): T {
    this.servers.push(server);
    return server;
  }

  /** Stops a server before the workspace closes. */
  async release(server: Stoppable): Promise<void> {
    const at = this.servers.indexOf(server);
    if (at >= 0) this.servers.splice(at, 1);
    await server.stop();
  }

  /** Ends the processes, stops the servers and removes the directory. With `keep` the directory stays. */
  async close(options: { readonly keep?: boolean } = {}): Promise<void> {
    this.closing = true;
    await endAll(this.processes());
    for (const server of this.servers.splice(0).reverse()) await server.stop();
    if (!options.keep) rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
    await this.guard.dismiss();
    open.delete(this);
    if (open.size === 0) unlisten();
  }

  /** Kills what runs here without warning, as a deploy that is killed. The workspace stays open. */
  readonly killProcesses = (): void => signalAll(this.processes(), 'SIGKILL');

  /** What is left to do where nothing can be waited for. */
  abandon(): void {
    signalAll(this.processes(), 'SIGKILL');
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  private processes(): number[] {
    return [...this.children].flatMap(({ pid }) => (pid === undefined ? [] : processTree(pid)));
  }
}

function listen(): void {
  for (const signal of signals) process.on(signal, onSignal);
  process.on('exit', onExit);
}

function unlisten(): void {
  for (const signal of signals) process.off(signal, onSignal);
  process.off('exit', onExit);
}

/** Cleans up, then lets the signal do what it would have done. */
function onSignal(signal: NodeJS.Signals): void {
  void Promise.allSettled([...open].map(workspace => workspace.interrupt())).then(() => {
    unlisten();
    process.kill(process.pid, signal);
  });
}

function onExit(): void {
  for (const workspace of open) workspace.abandon();
}
