import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { ConfigError } from './parse/problem';

/** Larger than any lock or file of prices. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Text of a file: a regular one, in UTF-8, of at most 64 MiB.
 * @throws {ConfigError} when it cannot be read
 */
export function readText(path: string, most = mostBytes): string {
  const bytes = readBytes(path, most);
  const kind = otherEncoding(bytes);
  if (kind !== undefined) throw refused(path, `must be UTF-8, got ${kind}; save it as UTF-8`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refused(path, 'must be UTF-8, got bytes that are none; save it as UTF-8');
  }
}

/** Text of a file; undefined when there is none. @throws {ConfigError} when it is there and cannot be read */
export function readTextIfThere(path: string): string | undefined {
  return existsSync(path) ? readText(path) : undefined;
}

/** Opened without waiting, because a pipe that nobody writes to would be waited for. */
function readBytes(path: string, most: number): Buffer {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(file);
    if (!stats.isFile()) throw refused(path, `a file is needed here, got ${kindOf(stats)}; name a file`);
    return readUpTo(path, file, most);
  } catch (error) {
    throw error instanceof ConfigError ? error : refused(path, unreadable(error));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function readUpTo(path: string, file: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; ;) {
    const chunk = Buffer.alloc(1024 * 1024);
    const read = readSync(file, chunk);
    if (read === 0) return Buffer.concat(chunks);
    size += read;
    if (size > most)
      throw refused(path, `must be at most ${most / 1024 / 1024} MiB, got more; is it the right file?`);
    chunks.push(chunk.subarray(0, read));
  }
}

function otherEncoding(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 4).toString('hex');
  if (start.startsWith('fffe') || start.startsWith('feff')) return 'UTF-16';
  if (/^(00..){1,2}$|^(..00){1,2}$/.test(start)) return 'UTF-16 or UTF-32';
  return undefined;
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function unreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'a file is needed here, got nothing; check the path, or create it';
  if (code === 'EISDIR') return 'a file is needed here, got a directory; name a file in it';
  if (code === 'ENXIO') return 'a file is needed here, got a socket; name a file';
  if (code === 'ELOOP') return 'a file is needed here, got links in a circle; name a file';
  return `a readable file is needed here, got ${code ?? 'an error'}; check its permissions`;
}

function refused(source: string, message: string): ConfigError {
  return new ConfigError([{ source, path: '', message }]);
}
