import { loadEnvironment } from '../config';
import type { SectionEntry } from '../config';
import { hashOf } from './files/hashed';
import { releaseOf } from './files/github-release';
import type { Release, ReleaseFile } from './files/github-release';
import { FileUnfit } from './files/stated-file';
import { writeEntries, writtenFile } from './files/write-entry';

export interface EngineAddOptions {
  /** @default - the project's only one */
  readonly environment?: string;
  /** amd64 or arm64. @default - each that the release has */
  readonly arch?: string;
  readonly print?: boolean;
}

const repository = 'ggml-org/llama.cpp';

/** Names of llama.cpp's own builds for Linux. It publishes none for CUDA on Linux. */
const builds = [
  { arch: 'amd64', accelerator: 'cpu', ending: '-bin-ubuntu-x64.tar.gz' },
  { arch: 'arm64', accelerator: 'cpu', ending: '-bin-ubuntu-arm64.tar.gz' },
] as const;

/** Writes the builds of a release of llama.cpp into an environment, with the hashes that GitHub states, or as downloaded. */
export async function addEngine(version: string, options: EngineAddOptions): Promise<void> {
  const file = writtenFile(options.environment);
  loadEnvironment(file);
  const release = await releaseOf(repository, version, process.env);
  const entries: SectionEntry[] = [];
  for (const { arch, accelerator, found } of foundIn(release, options)) {
    const { url, sha256 } = found;
    const value = { arch, accelerator, version: release.tag, url, sha256: sha256 ?? (await hashOf(url)) };
    process.stderr.write(
      `${sha256 ? 'GitHub states the hash' : 'hashed what was downloaded'} of ${found.name}\n`,
    );
    const isSame = (item: unknown): boolean => {
      const given = item as Partial<typeof value> | null;
      return given?.arch === arch && given.accelerator === accelerator;
    };
    entries.push({ section: 'engines', value, isSame });
  }
  writeEntries(file, entries, options.print ?? false);
}

type Build = (typeof builds)[number];

function foundIn(
  { tag, files }: Release,
  { arch }: EngineAddOptions,
): (Build & { readonly found: ReleaseFile })[] {
  const found = builds
    .filter(build => arch === undefined || build.arch === arch)
    .flatMap(build => {
      const file = files.find(({ name }) => name.endsWith(build.ending));
      return file ? [{ ...build, found: file }] : [];
    });
  if (found.length > 0) return found;
  throw new FileUnfit(
    `${repository} ${tag}: a build that ends in ${builds.map(({ ending }) => ending).join(' or ')} is needed, and it has ${files.map(({ name }) => name).join(', ') || 'no files'}; name another release, or state a build of your own in engines`,
  );
}
