import { createHash } from 'node:crypto';
import { createReadStream, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { copyIn, download } from './download';
import { OwnMachineInput, OwnMachineUnavailable } from './own-machine-error';

/** A file that this machine needs. */
export interface Artifact {
  /** What it is, for people. */
  readonly what: string;
  /** Under its hash, as in a folder of files for devices without a connection. */
  readonly name: string;
  readonly url: string;
  readonly sha256: string;
}

/** Where files come from, and who is told. */
interface Fetching {
  /** Folder of verified files. */
  readonly cache: string;
  /** Whose downloads are gone on with: two environments may want a file at once. */
  readonly environment: string;
  /** Folder or address that has them under their names. @default - each file's own address */
  readonly files?: string | undefined;
  readonly tell: (line: string) => void;
}

/**
 * Puts every file into the cache, verified. What is there already is only verified; what was begun is gone on with.
 * @returns paths, in the order of the files
 * @throws {OwnMachineUnavailable} naming every file that could not be had, and where to put it
 * @throws {OwnMachineInput} where one has another hash
 */
export async function obtainAll(artifacts: readonly Artifact[], fetching: Fetching): Promise<string[]> {
  const missing: string[] = [];
  for (const artifact of artifacts) {
    try {
      await obtain(artifact, fetching);
    } catch (error) {
      if (!(error instanceof OwnMachineUnavailable)) throw error;
      missing.push(`${artifact.what}: ${error.message}; ${remedyOf(artifact, fetching)}`);
    }
  }
  if (missing.length > 0)
    throw new OwnMachineUnavailable(`${missing.join('\n')}\nthen the same command goes on`);
  return artifacts.map(({ name }) => join(fetching.cache, name));
}

function remedyOf({ name, url }: Artifact, { cache, files }: Fetching): string {
  const from =
    files === undefined ? ', or name a folder or an address that has it under that name with --files' : '';
  return `download ${url} where there is a network and put it here as ${join(cache, name)}${from}`;
}

async function obtain(artifact: Artifact, fetching: Fetching): Promise<void> {
  const target = join(fetching.cache, artifact.name);
  if (existsSync(target)) {
    if ((await sha256Of(target)) === artifact.sha256) return;
    fetching.tell(`${target} is damaged, and fetched again`);
    rmSync(target);
  }
  const { environment, files } = fetching;
  const part = `${target}.${environment}.part`;
  if (files !== undefined && !/^https?:/.test(files)) await copyIn(join(files, artifact.name), part);
  else await download(sourceOf(artifact, files), part, { what: artifact.what, tell: fetching.tell });
  const got = await sha256Of(part);
  if (got !== artifact.sha256) {
    rmSync(part);
    throw new OwnMachineInput(
      `${artifact.what}: ${files ?? artifact.url} gave a file with sha256 ${got}, and ${artifact.sha256} is stated; nothing was started. Where the publisher changed the file, state url, revision and sha256 of one that you verified`,
    );
  }
  renameSync(part, target);
}

function sourceOf({ name, url }: Artifact, files: string | undefined): string {
  return files === undefined ? url : `${files.replace(/\/$/, '')}/${name}`;
}

/** SHA-256 of a file, 64 lower-case hexadecimal digits. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
