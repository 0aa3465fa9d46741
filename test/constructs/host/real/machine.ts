import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/** What a real machine is made with. */
const tools = ['debootstrap', 'systemd-nspawn', 'chroot', 'tar'];

/** Whether this machine can boot another: asked for, as root, with the tools. */
export const canBoot = (): boolean =>
  process.env['BERTH_REAL_HOST'] === '1' &&
  process.getuid?.() === 0 &&
  tools.every(tool => spawnSync('which', [tool]).status === 0);

export function run(command: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0)
    throw new Error(`${command} ${words.join(' ')} ended with ${status}: ${stderr || stdout}`);
  return stdout;
}

/**
 * An engine archive from Debian's own build of llama.cpp. It brings its libraries and its loader along, because Debian
 * sid's do not run on the older system of the machine.
 */
export function packEngine(folder: string): Buffer {
  const root = join(folder, 'sid');
  run('debootstrap', '--variant=minbase', '--include=llama.cpp-tools,ca-certificates', 'sid', root);
  const engine = join(folder, 'engine/llama');
  const libraries = join(engine, 'lib');
  mkdirSync(libraries, { recursive: true });
  const triplet = 'usr/lib/x86_64-linux-gnu';
  const linked = run('chroot', root, 'ldd', '/usr/bin/llama-server').match(/\/\S+\.so\S*/g) ?? [];
  for (const library of new Set(linked)) run('cp', '-L', join(root, library), libraries);
  for (const backends of readdirSync(join(root, triplet, 'ggml'))) {
    cpSync(join(root, triplet, 'ggml', backends), libraries, { recursive: true });
  }
  copyFileSync(join(root, 'usr/bin/llama-server'), join(engine, 'llama-server.bin'));
  const wrapper = join(engine, 'llama-server');
  writeFileSync(
    wrapper,
    '#!/bin/sh\nhere=$(dirname "$0")\nexec "$here/lib/ld-linux-x86-64.so.2" --library-path "$here/lib" "$here/llama-server.bin" "$@"\n',
  );
  chmodSync(wrapper, 0o755);
  const archive = join(folder, 'engine.tar.gz');
  run('tar', '-czf', archive, '-C', join(folder, 'engine'), 'llama');
  return readFileSync(archive);
}

/** A Debian system with systemd, an SSH server and what a device needs, in a container that shares the network. */
export class RealMachine {
  readonly root: string;
  private container: ChildProcess | undefined;

  constructor(
    folder: string,
    readonly sshPort: number,
    authorizedKey: string,
  ) {
    this.root = join(folder, 'bookworm');
    const packages = 'systemd,systemd-sysv,dbus,openssh-server,sudo,nginx-light,openssl,curl,ca-certificates';
    run('debootstrap', '--variant=minbase', `--include=${packages}`, 'bookworm', this.root);
    run('chroot', this.root, 'useradd', '--create-home', '--shell', '/bin/sh', 'berth');
    run('chroot', this.root, 'systemctl', 'disable', 'nginx');
    this.write('etc/sudoers.d/berth', 'berth ALL=(ALL) NOPASSWD: ALL\n', 0o440);
    this.write('home/berth/.ssh/authorized_keys', `${authorizedKey}\n`, 0o644);
    this.write('etc/ssh/sshd_config.d/berth.conf', `Port ${sshPort}\nListenAddress 127.0.0.1\n`, 0o644);
  }

  get hostKey(): string {
    return this.read('etc/ssh/ssh_host_ecdsa_key.pub').split(' ').slice(0, 2).join(' ');
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  async boot(): Promise<void> {
    const words = ['-D', this.root, '--boot', '--register=no', '--keep-unit', '--console=pipe'];
    this.container = spawn('systemd-nspawn', words, { stdio: 'ignore' });
    const deadline = Date.now() + 60_000;
    while (!(await reachable(this.sshPort))) {
      if (Date.now() > deadline) throw new Error('the machine did not start its SSH server within a minute');
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }

  async halt(): Promise<void> {
    const { container } = this;
    if (container && container.exitCode === null) {
      const ended = new Promise(resolve => container.once('exit', resolve));
      container.kill('SIGTERM');
      await ended;
    }
    rmSync(this.root, { recursive: true, force: true });
  }

  private write(path: string, content: string, mode: number): void {
    const file = join(this.root, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content, { mode });
  }
}

function reachable(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
