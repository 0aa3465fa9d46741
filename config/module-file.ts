import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { deserialize } from 'node:v8';
import { shown } from '../text/shown';
import { ConfigError } from './parse/problem';
import { readText } from './read-file';

/** A module that is only data is read in less than a second. */
const patienceSeconds = 30;
const mostBytes = 16 * 1024 * 1024;

/** Writes the default export as the fourth stream, in the format of structured clones. What it left running ends with it. */
const program = `
const { default: value } = require(process.argv[1]);
if (value instanceof Promise) throw new Error('a default export that is a promise');
require('node:fs').writeFileSync(3, require('node:v8').serialize(value));
process.exit();
`;

/** Set by --data-only, too: what Berth starts has it from there. */
const dataOnly = 'BERTH_DATA_ONLY';

/** From now on no module is run, in this process and those that it starts. */
export function readDataOnly(): void {
  process.env[dataOnly] = '1';
}

/**
 * The default export of a TypeScript module, which is run to be read: in a process of its own, so that one that exits, throws
 * or hangs ends nothing else.
 * @param patience seconds for which it may run
 * @throws {ConfigError} when it has none, or what it has is no plain data
 */
export function readModule(path: string, patience = patienceSeconds): unknown {
  if ((process.env[dataOnly] ?? '') !== '')
    throw refused(
      path,
      'must be a .yaml, .yml or .json file with --data-only (BERTH_DATA_ONLY), got a module, which would be run to be read; write it as YAML, or leave that out',
    );
  readText(path);
  const { status, signal, error, output, stderr } = spawnSync(
    process.execPath,
    ['--require', require.resolve('tsx/cjs'), '-e', program, resolve(path)],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      timeout: patience * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: mostBytes,
    },
  );
  const written = output?.[3] as Buffer | string | null | undefined;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const read =
    status === 0 && written && written.length > 0 ? valueOf(Buffer.from(written as Buffer)) : undefined;
  if (read) return read.value;
  const got = failure({ status, signal, code, stderr: stderr.toString() }, patience);
  throw refused(
    path,
    `must be a TypeScript module with a default export of plain data, got ${got}; correct the module`,
  );
}

/** Undefined where the module itself wrote to the stream, so that it is no structured clone. */
function valueOf(written: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: deserialize(written) };
  } catch {
    return undefined;
  }
}

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly code: string | undefined;
  readonly stderr: string;
}

function failure({ status, signal, code, stderr }: Ended, patience: number): string {
  if (code === 'ETIMEDOUT') return `nothing within ${patience} s`;
  if (code === 'ENOBUFS') return `more than ${mostBytes / 1024 / 1024} MiB`;
  const thrown = /^(?:\w*Error|DOMException)\b.*$/m.exec(stderr)?.[0];
  if (thrown !== undefined) return `an error: ${shown(thrown, 200)}`;
  if (signal) return `its end by ${signal}`;
  return status === 0 ? 'none: it ended before it was read' : `its end with status ${status ?? 'unknown'}`;
}

function refused(source: string, message: string): ConfigError {
  return new ConfigError([{ source, path: '', message }]);
}
