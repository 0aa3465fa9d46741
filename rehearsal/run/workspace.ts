import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrivateDirectories } from '../process/private-directories';
import { endAll, processTree, signalAll } from '../process/process-tree';
import { cliConfiguration } from './caller-home';
import { checkPlatform } from './platform';

/** Something that runs until it is stopped. */
interface Stoppable {
  stop(): Promise<void>;
}

const open = new Set<Workspace>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The temporary directories of a rehearsal, its processes and its servers. Nothing of them outlives `close`, the end of
 * this process, or a signal that ends it; not even SIGKILL, for which a guard stands by.
 */
export class Workspace {
  private readonly directories: PrivateDirectories;
  private readonly children = new Set<ChildProcess>();
  private readonly servers: Stoppable[] = [];
  private closing = false;
  private interrupted = false;

  /** @throws Unrehearsable where no rehearsal runs; NoTemporaryDirectory */
  constructor() {
    checkPlatform();
    this.directories = new PrivateDirectories();
    if (open.size === 0) listen();
    open.add(this);
    for (const part of ['home', 'state', 'tmp', 'weights']) mkdirSync(join(this.directory, part));
    writeFileSync(join(this.directory, 'terraform.rc'), '');
  }

  get directory(): string {
    return this.directories.files;
  }

  /** Path of a socket. */
  socket(name: string): string {
    return join(this.sockets, name);
  }

  /** Directory for sockets, which may be outside of the other one. */
  get sockets(): string {
    return this.directories.sockets;
  }

  path(...parts: readonly string[]): string {
    return join(this.directory, ...parts);
  }

  /** What keeps Terraform and cdktf inside this directory and away from the user's settings, but for where providers come from. */
  get environment(): Record<string, string> {
    return {
      HOME: this.path('home'),
      TMPDIR: this.path('tmp'),
      CDKTF_HOME: this.path('home'),
      TF_CLI_CONFIG_FILE: cliConfiguration() ?? this.path('terraform.rc'),
    };
  }

  /** Takes charge of a process. One that is started while all is being ended does not run. */
  readonly watch = (child: ChildProcess): void => {
    if (this.closing) child.kill('SIGKILL');
    this.children.add(child);
    this.directories.guard.watch(child);
    child.once('close', () => this.children.delete(child));
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
    await this.directories.close(options);
    open.delete(this);
    if (open.size === 0) unlisten();
  }

  /** Kills what runs here without warning, as a deploy that is killed. The workspace stays open. */
  readonly killProcesses = (): void => signalAll(this.processes(), 'SIGKILL');

  /** What is left to do where nothing can be waited for. */
  abandon(): void {
    signalAll(this.processes(), 'SIGKILL');
    this.directories.removeFiles();
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
