import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ServedModel } from '../../config';
import { isExecutable, onPath } from '../../rehearsal/process/on-path';
import { shown } from '../../text/shown';
import { OwnMachineInput, OwnMachineUnavailable } from './own-machine-error';

const program = 'llama-server';

/**
 * llama-server of an archive that was verified, unpacked beside it once.
 * @throws {OwnMachineUnavailable} where it cannot be unpacked, or holds none
 */
export function unpackedEngine(archive: string, sha256: string): string {
  const folder = join(dirname(archive), `engine-${sha256}`);
  if (!existsSync(folder)) {
    const beside = `${folder}.${process.pid}`;
    mkdirSync(beside);
    try {
      run('tar', ['-xzf', archive, '-C', beside, '--no-same-owner', '--no-same-permissions']);
      renameSync(beside, folder);
    } finally {
      rmSync(beside, { recursive: true, force: true });
    }
  }
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    entry => entry.isFile() && entry.name === program,
  );
  if (!found)
    throw new OwnMachineUnavailable(`${archive} holds no ${program}; name an installed one with --engine`);
  return join(found.parentPath, program);
}

/** llama-server on the PATH; undefined where there is none. */
export function engineOnPath(): string | undefined {
  return onPath(program, process.env.PATH ?? '');
}

/** @throws {OwnMachineInput} where it is no program */
export function namedEngine(path: string): string {
  const file = resolve(path);
  if (isExecutable(file)) return file;
  throw new OwnMachineInput(
    `--engine: the path of an installed ${program} is needed, got ${shown(path)}; name the program itself`,
  );
}

/** The build of an installed engine, such as `b10534`, as `--version` says. @throws {OwnMachineUnavailable} where it does not run */
export function buildOfEngine(server: string): string {
  const build = /version: (?:b)?(\d+)/.exec(run(server, ['--version']))?.[1];
  return build === undefined ? 'unknown' : `b${build}`;
}

/** What a program prints, on either stream. */
function run(command: string, args: readonly string[]): string {
  try {
    return execFileSync('/bin/sh', ['-c', '"$@" 2>&1', 'sh', command, ...args], {
      encoding: 'utf8',
      env: engineEnvironment(command),
      timeout: 120_000,
    });
  } catch (error) {
    const { stdout, message } = error as Error & { readonly stdout?: string };
    const said = stdout?.trim().split('\n').at(-1) ?? '';
    throw new OwnMachineUnavailable(`${command} failed: ${shown(said === '' ? message : said, 300)}`);
  }
}

/** Nothing of the user's own environment that may hold secrets; llama.cpp's libraries are beside it. */
export function engineEnvironment(server: string): NodeJS.ProcessEnv {
  const { PATH, HOME, LD_LIBRARY_PATH } = process.env;
  const libraries = [dirname(server), LD_LIBRARY_PATH ?? ''].filter(each => each !== '').join(':');
  return { PATH, HOME, LD_LIBRARY_PATH: libraries };
}

/** What the engine is told of a model; every choice of a build's own that matters is stated. */
export function engineArguments(served: ServedModel, file: string, port: number, keyFile: string): string[] {
  const { model, contextTokens, parallel, api, cacheRamMib, pooling } = served;
  const tokens = String(contextTokens);
  return [
    ...['--model', file, '--alias', model, '--host', '127.0.0.1', '--port', String(port)],
    ...['--ctx-size', String(contextTokens * parallel), '--parallel', String(parallel)],
    ...['--api-key-file', keyFile, '--no-slots', '--no-webui', '--offline'],
    // An input to embed must fit into one physical batch, whose default is 512 tokens.
    ...(api === 'embeddings'
      ? ['--embeddings', '--batch-size', tokens, '--ubatch-size', tokens]
      : ['--jinja']),
    ...(cacheRamMib === undefined ? [] : ['--cache-ram', String(cacheRamMib)]),
    ...(pooling === undefined ? [] : ['--pooling', pooling]),
  ];
}
