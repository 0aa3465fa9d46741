import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** What a real machine is made and asked with. */
const tools = ['debootstrap', 'systemd-nspawn', 'nsenter', 'chroot', 'tar', 'openssl', 'terraform'];

const systems = {
  bookworm:
    'systemd,systemd-sysv,dbus,openssh-server,sudo,nginx-light,openssl,curl,ca-certificates,python3,python3-boto3',
  sid: 'llama.cpp-tools,ca-certificates',
} as const;
type Suite = keyof typeof systems;

/** A folder with systems that were made before, by the names of their suites. */
const keptIn = process.env['BERTH_TEST_SYSTEMS'] ?? '';
const isKept = (suite: Suite): boolean => keptIn !== '' && existsSync(join(keptIn, suite));

/** What this machine lacks to boot another, in words; none where it can. */
export function missing(): string {
  const lacking = [
    ...(process.getuid?.() === 0 ? [] : ['root']),
    ...tools.filter(tool => spawnSync('which', [tool]).status !== 0),
    ...(spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status === 0
      ? []
      : ['the right to make namespaces']),
  ];
  const unheld = lacking.length > 0 ? [] : suites().filter(suite => !isKept(suite) && !isOffered(suite));
  return [...lacking, ...unheld.map(suite => `Debian mirror that has ${suite} with ${systems[suite]}`)].join(
    ', ',
  );
}

const suites = (): Suite[] => Object.keys(systems) as Suite[];

/** Whether a mirror answers, and has the packages of a suite, which of sid changes daily. */
function isOffered(suite: Suite): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'berth-mirror-'));
  try {
    const words = [
      '--print-debs',
      '--variant=minbase',
      `--include=${systems[suite]}`,
      suite,
      join(folder, 'root'),
    ];
    return spawnSync('debootstrap', words, { timeout: 180_000 }).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A Debian system; one that is kept is copied, which saves its download. */
function debian(suite: Suite, root: string): void {
  if (isKept(suite)) run('cp', '-a', join(keptIn, suite), root);
  else run('debootstrap', '--variant=minbase', `--include=${systems[suite]}`, suite, root);
}

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
  debian('sid', root);
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

/** Where systemd has its groups on a machine with control groups of the first version. */
const legacyGroups = '/sys/fs/cgroup/systemd';

/** A Debian system with systemd, an SSH server and what a device needs, in a container that shares the network. */
export class RealMachine {
  readonly root: string;
  private readonly controlGroup: string;
  private container: ChildProcess | undefined;

  constructor(
    folder: string,
    readonly sshPort: number,
    authorizedKey: string,
  ) {
    this.root = join(folder, 'bookworm');
    this.controlGroup = join(existsSync(legacyGroups) ? legacyGroups : '/sys/fs/cgroup', basename(folder));
    debian('bookworm', this.root);
    run('chroot', this.root, 'useradd', '--create-home', '--shell', '/bin/sh', 'berth');
    run('chroot', this.root, 'systemctl', 'disable', 'nginx');
    this.write('etc/sudoers.d/berth', 'berth ALL=(ALL) NOPASSWD: ALL\n', 0o440);
    this.write('home/berth/.ssh/authorized_keys', `${authorizedKey}\n`, 0o600);
    run('chroot', this.root, 'chown', '-R', 'berth:', '/home/berth/.ssh');
    run('chroot', this.root, 'chmod', '700', '/home/berth/.ssh');
    // Room for no weights, and nothing may run from there.
    this.write('etc/fstab', 'tmpfs /tmp tmpfs size=256k,noexec,mode=1777 0 0\n', 0o644);
    this.write('etc/ssh/sshd_config.d/berth.conf', `Port ${sshPort}\nListenAddress 127.0.0.1\n`, 0o644);
  }

  /** As the file has it, with its comment. */
  get hostKey(): string {
    return this.read('etc/ssh/ssh_host_ecdsa_key.pub').trim();
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  async boot(): Promise<void> {
    const words = [
      '-D',
      this.root,
      '--boot',
      '--register=no',
      '--keep-unit',
      '--console=pipe',
      '--hostname=device',
    ];
    // Systemd takes the control group that it starts in for its own, so that two in one would end each other's services.
    const inOwn = 'mkdir "$0" && echo $$ >"$0/cgroup.procs" && exec systemd-nspawn "$@"';
    this.container = spawn('sh', ['-c', inOwn, this.controlGroup, ...words], { stdio: 'ignore' });
    const deadline = Date.now() + 60_000;
    while (!(await reachable(this.sshPort))) {
      if (Date.now() > deadline) throw new Error('the machine did not start its SSH server within a minute');
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }

  /** Runs a line of shell as root there, while this process goes on, from which the machine downloads. */
  async sh(line: string): Promise<{ readonly status: number | null; readonly output: string }> {
    const child = spawn('nsenter', [...this.inside(), 'sh', '-c', line]);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const status = await new Promise<number | null>(ended => child.once('close', ended));
    return { status, output: output.trim() };
  }

  /** In the namespaces of the container's first process, which the container shares none but the network of. */
  private inside(): string[] {
    const parent = String(this.container?.pid);
    const [first = ''] = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ');
    return ['--target', first, '--mount', '--pid', '--uts', '--ipc', '--cgroup', '--'];
  }

  async halt(): Promise<void> {
    const { container } = this;
    if (container && container.exitCode === null) {
      const ended = new Promise(resolve => container.once('exit', resolve));
      container.kill('SIGTERM');
      await ended;
    }
    rmSync(this.root, { recursive: true, force: true });
    spawnSync('find', [this.controlGroup, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';']);
  }

  write(path: string, content: string, mode: number): void {
    const file = join(this.root, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content, { mode });
  }
}

/**
 * Ports of this machine that nobody has, for the models of a machine, its engines ten thousand above, and its SSH server: machines share the
 * network of this one, and others may run here.
 */
export async function freePorts(): Promise<{ readonly port: number; readonly sshPort: number }> {
  for (;;) {
    const port = 20_000 + 100 * Math.floor(Math.random() * 120);
    const wanted = [port, port + 1, port + 50, port + 10_000, port + 10_016];
    const taken = await Promise.all(wanted.map(isTaken));
    if (!taken.includes(true)) return { port, sshPort: port + 50 };
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, () => server.close(() => resolve(false)));
  });
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
