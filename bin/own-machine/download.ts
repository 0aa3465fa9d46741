import { copyFileSync, createWriteStream, existsSync, rmSync, statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Response } from 'undici';
import { refusalOf } from '../../config';
import { OwnMachineUnavailable } from './own-machine-error';

const tries = 5;
/** A server that says nothing for so long is asked again. Unit: milliseconds. */
const stallMilliseconds = 30_000;
/** Answers that may be others a moment later. */
const passing = new Set([408, 429, 500, 502, 503, 504]);

interface Telling {
  readonly what: string;
  readonly tell: (line: string) => void;
}

/** A failure that the same request would meet again. */
class Refused extends Error {}

/**
 * Downloads a file, going on where an earlier download of it ended. A cut connection and a stall are tried again.
 * Proxies are those of HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
 * @throws {OwnMachineUnavailable} when it cannot be had
 */
export async function download(url: string, part: string, telling: Telling): Promise<void> {
  const dispatcher = new EnvHttpProxyAgent();
  try {
    for (let attempt = 1; ; attempt++) {
      const before = sizeOf(part);
      try {
        return await downloadRest(url, part, dispatcher, telling);
      } catch (error) {
        // What comes on, however slowly, is not given up.
        if (sizeOf(part) > before) attempt = 0;
        const why = reasonOf(error);
        if (error instanceof Refused || attempt >= tries)
          throw new OwnMachineUnavailable(`${url} could not be downloaded (${why})`);
        telling.tell(`${telling.what}: ${why}, tried again`);
        await wait(Math.min(500 * 2 ** attempt, 8000));
      }
    }
  } finally {
    await dispatcher.close();
  }
}

async function downloadRest(
  url: string,
  part: string,
  dispatcher: EnvHttpProxyAgent,
  { what, tell }: Telling,
): Promise<void> {
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(), stallMilliseconds);
  try {
    const from = sizeOf(part);
    const headers = { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    const response = await fetch(url, { dispatcher, headers, signal: stall.signal });
    if (isWhole(response, from)) return;
    checkStatus(response, part);
    const goesOn = response.status === 206;
    if (!goesOn) rmSync(part, { force: true });
    const bytes = Number(response.headers.get('content-length') ?? 0);
    checkRoom(part, bytes);
    tell(`${what}: ${goesOn ? `going on at ${megabytes(from)}, ` : ''}downloading ${megabytes(bytes)}`);
    const body = Readable.fromWeb(response.body as ReadableStream);
    body.on('data', () => timer.refresh());
    await pipeline(body, createWriteStream(part, { flags: 'a' }), { signal: stall.signal });
    const got = sizeOf(part) - (goesOn ? from : 0);
    if (bytes > 0 && got < bytes) throw new Error(`it ended after ${megabytes(got)} of ${megabytes(bytes)}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Behind the last byte there is nothing; whether the file is the right one tells its hash. */
function isWhole({ status, headers }: Response, from: number): boolean {
  return status === 416 && headers.get('content-range') === `bytes */${from}`;
}

function checkStatus({ ok, status }: Response, part: string): void {
  if (ok) return;
  // What was begun is longer than the file, and of another.
  if (status === 416 && sizeOf(part) > 0) {
    rmSync(part);
    throw new Error('it has another file than before');
  }
  const said = `it answers ${status}`;
  throw passing.has(status) ? new Error(said) : new Refused(said);
}

/** @throws {Refused} where the disk has less room than is to come */
function checkRoom(part: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dirname(part));
  if (bytes > bavail * bsize)
    throw new Refused(
      `${megabytes(bytes)} are to come, and the disk of ${part} has ${megabytes(bavail * bsize)}`,
    );
}

/** Copies a file from a folder that somebody filled. @throws {OwnMachineUnavailable} when it is not there */
export function copyIn(source: string, part: string): void {
  if (!existsSync(source)) throw new OwnMachineUnavailable(`${source} is not there`);
  try {
    copyFileSync(source, part);
  } catch (error) {
    rmSync(part, { force: true });
    throw new OwnMachineUnavailable(`${source} could not be copied (${reasonOf(error)})`);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function megabytes(bytes: number): string {
  return bytes === 0 ? 'a file of unknown size' : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { readonly cause?: NodeJS.ErrnoException };
  if (name === 'AbortError') return `it said nothing for ${stallMilliseconds / 1000} s`;
  return refusalOf(cause ?? error) ?? cause?.code ?? cause?.message ?? message;
}
