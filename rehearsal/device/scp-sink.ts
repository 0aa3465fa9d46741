import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { posix } from 'node:path';
import { keepBytes } from './device-files';
import type { DeviceFiles } from './device-files';

interface Incoming {
  readonly path: string;
  readonly bytes: number;
  readonly hash: Hash;
  readonly kept: Buffer[];
  remaining: number;
}

/** The target of a command that starts the receiving end; undefined for any other command. Terraform quotes `scp`. */
export function scpTarget(command: string): string | undefined {
  const call = /^(?:scp|'scp') -r?vt (?:'([^']+)'|"([^"$`\\]+)"|([\w./-]+))$/.exec(command);
  return call?.[1] ?? call?.[2] ?? call?.[3];
}

const ok = Buffer.from([0]);
const newline = 0x0a;

/**
 * The receiving end of `scp -t`: headers (`C` file, `D` and `E` directory, `T` times) and contents, each acknowledged
 * with a zero byte. Like OpenSSH's it does not make the target directory.
 */
export class ScpSink {
  private readonly header: number[] = [];
  private readonly path: string[];
  private incoming: Incoming | undefined;
  private failed = false;

  /**
   * @param target directory to write into
   * @param reply sends bytes to the source
   */
  constructor(
    private readonly files: DeviceFiles,
    target: string,
    private readonly reply: (bytes: Buffer) => void,
  ) {
    this.path = [target];
    if (files.isDirectory(target)) this.reply(ok);
    else this.fail(`${target}: no such directory, and scp does not make one`);
  }

  /** Whether all went well, asked when the source has closed its end. */
  get succeeded(): boolean {
    return !this.failed && this.incoming === undefined && this.header.length === 0;
  }

  receive(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.failed) {
      at = this.incoming ? this.receiveContent(this.incoming, chunk, at) : this.receiveHeader(chunk, at);
    }
  }

  private receiveHeader(chunk: Buffer, from: number): number {
    const end = chunk.indexOf(newline, from);
    this.header.push(...chunk.subarray(from, end < 0 ? chunk.length : end));
    if (end < 0) return chunk.length;
    const header = Buffer.from(this.header.splice(0)).toString('utf8');
    this.follow(header);
    return end + 1;
  }

  private follow(header: string): void {
    const file = /^C[0-7]{4} (\d+) ([^/]+)$/.exec(header);
    const directory = /^D[0-7]{4} 0 ([^/]+)$/.exec(header);
    if (file) this.startFile(file[2] as string, Number(file[1]));
    else if (directory) this.enter(directory[1] as string);
    else if (header === 'E' && this.path.length > 1) this.path.pop();
    else if (!/^T\d+ \d+ \d+ \d+$/.test(header))
      return this.fail(`unexpected header ${JSON.stringify(header)}`);
    if (!this.failed) this.reply(ok);
  }

  private enter(name: string): void {
    if (name === '.' || name === '..') return this.fail(`unexpected directory name ${JSON.stringify(name)}`);
    this.path.push(name);
    this.files.makeDirectory(posix.join(...this.path));
  }

  private startFile(name: string, bytes: number): void {
    if (name === '.' || name === '..') return this.fail(`unexpected file name ${JSON.stringify(name)}`);
    const path = posix.join(...this.path, name);
    this.incoming = { path, bytes, hash: createHash('sha256'), kept: [], remaining: bytes };
  }

  /** The content is followed by one zero byte. */
  private receiveContent(incoming: Incoming, chunk: Buffer, from: number): number {
    if (incoming.remaining === 0) {
      this.finish(incoming);
      return from + 1;
    }
    const part = chunk.subarray(from, from + incoming.remaining);
    incoming.hash.update(part);
    if (incoming.bytes <= keepBytes) incoming.kept.push(Buffer.from(part));
    incoming.remaining -= part.length;
    return from + part.length;
  }

  private finish({ path, bytes, hash, kept }: Incoming): void {
    const content = bytes <= keepBytes ? { content: Buffer.concat(kept).toString('utf8') } : {};
    this.files.write(path, { sha256: hash.digest('hex'), bytes, ...content });
    this.incoming = undefined;
    this.reply(ok);
  }

  private fail(reason: string): void {
    this.failed = true;
    this.reply(Buffer.from(`\x02scp: ${reason}\n`));
  }
}
