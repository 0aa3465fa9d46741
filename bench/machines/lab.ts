import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair } from '../../rehearsal/device';
import { FileServer } from './file-server';
import { RealMachine, freePorts, packEngine, run } from './machine';

/** A machine, and where its models are. */
export interface Booted {
  readonly machine: RealMachine;
  /** Port of its first model. */
  readonly port: number;
}

/** Machines that boot here, what they download from, and what lets a program in. */
export class Lab {
  private constructor(
    readonly machines: readonly Booted[],
    readonly files: FileServer,
    /** Archive of Debian's build of llama.cpp. */
    readonly engine: Buffer,
    /** Private SSH key of the machines' account. */
    readonly privateKey: string,
    private readonly folders: readonly string[],
  ) {}

  /** Makes and boots machines, which takes a minute or two. */
  static async open(count: number): Promise<Lab> {
    const folders = Array.from({ length: count }, () => mkdtempSync(join(tmpdir(), 'berth-machine-')));
    const [first = ''] = folders;
    const cert = makeCertificate(first);
    const files = new FileServer({ key: readFileSync(join(first, 'key'), 'utf8'), cert });
    await files.start();
    const key = generateKeyPair();
    const machines: Booted[] = [];
    for (const folder of folders) {
      const { port, sshPort } = await freePorts();
      const machine = new RealMachine(folder, sshPort, key.publicKey);
      machine.write('etc/hosts', '127.0.0.1 localhost device files.berth.test\n', 0o644);
      const trusted = machine.read('etc/ssl/certs/ca-certificates.crt');
      machine.write('etc/ssl/certs/ca-certificates.crt', `${trusted}${cert}`, 0o644);
      await machine.boot();
      machines.push({ machine, port });
    }
    return new Lab(machines, files, packEngine(first), key.privateKey, folders);
  }

  async close(): Promise<void> {
    await Promise.all(this.machines.map(({ machine }) => machine.halt()));
    await this.files.stop();
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** Of the file server. @returns the certificate; its key is beside it */
function makeCertificate(folder: string): string {
  const [key, certificate] = [join(folder, 'key'), join(folder, 'cert')];
  const subject = ['-subj', '/CN=files', '-addext', 'subjectAltName=DNS:files.berth.test'];
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate];
  run('openssl', ...words, ...subject);
  return readFileSync(certificate, 'utf8');
}
