import { z } from 'zod';
import { counted } from '../counted';
import { ask } from './published';
import { FileUnfit } from './stated-file';
import type { StatedFile } from './stated-file';

const publicAddress = 'https://huggingface.co';

/** What the Hub says of a model at a revision; sha is the commit. */
const infoSchema = z.looseObject({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  private: z.boolean().optional(),
  gated: z.union([z.boolean(), z.string()]).optional(),
});

/** What it says of each file; a large one is kept by its SHA-256, which is `lfs.oid`. */
const treeSchema = z.array(
  z.looseObject({
    type: z.string(),
    path: z.string(),
    size: z.number().optional(),
    lfs: z.looseObject({ oid: z.string().regex(/^[0-9a-f]{64}$/) }).optional(),
  }),
);

/** A file of weights that a repository has. */
export interface RepositoryFile {
  readonly path: string;
  /** 64 hexadecimal digits; undefined where the Hub states none. */
  readonly sha256: string | undefined;
}

/** The files of weights in a repository, at one commit. */
export interface Repository {
  readonly name: string;
  readonly commit: string;
  readonly files: readonly RepositoryFile[];
}

/**
 * Asks the Hub what a repository of models has. HF_ENDPOINT is another address of the Hub, HF_TOKEN who asks.
 * @param name such as unsloth/Qwen3-1.7B-GGUF @param revision branch, tag or commit
 * @throws {FileUnavailable} where it cannot be asked
 * @throws {FileUnfit} where machines could not download from it
 */
export async function repositoryOf(
  name: string,
  revision: string,
  env: NodeJS.ProcessEnv,
): Promise<Repository> {
  const from = { token: env.HF_TOKEN, variable: 'HF_TOKEN' };
  const model = `${endpointOf(env)}/api/models/${name}`;
  const { value: info } = await ask({
    ...from,
    url: `${model}/revision/${encodeURIComponent(revision)}`,
    schema: infoSchema,
  });
  if (info.private === true || (info.gated !== undefined && info.gated !== false))
    throw new FileUnfit(
      `${name}: it is ${info.private === true ? 'private' : 'gated'}, and machines download without a credential: put the file where they may read it, and name that address`,
    );
  const entries: z.output<typeof treeSchema> = [];
  let next: string | undefined = `${model}/tree/${info.sha}?recursive=true`;
  while (next !== undefined) {
    const page: { value: z.output<typeof treeSchema>; next?: string | undefined } = await ask({
      ...from,
      url: next,
      schema: treeSchema,
    });
    entries.push(...page.value);
    ({ next } = page);
  }
  const files = entries
    .filter(({ type, path }) => type === 'file' && path.endsWith('.gguf'))
    .map(({ path, lfs }) => ({ path, sha256: lfs?.oid }));
  if (files.length === 0)
    throw new FileUnfit(
      `${name}: a repository with .gguf files is needed, and it has ${counted(entries.length, 'file')} of other kinds; name one that has them`,
    );
  return { name, commit: info.sha, files };
}

/** Where a machine downloads a file of a repository: always the same bytes, because the commit is in it. */
export function addressOf(
  { name, commit }: Repository,
  { path }: RepositoryFile,
  env: NodeJS.ProcessEnv,
): string {
  const endpoint = endpointOf(env);
  // What is only reached without encryption, such as a cache in the house, is asked, and not written down.
  const base = endpoint.startsWith('https://') ? endpoint : publicAddress;
  return `${base}/${name}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The file with what the Hub states; undefined where it states no hash. */
export function statedOf(
  repository: Repository,
  file: RepositoryFile,
  env: NodeJS.ProcessEnv,
): StatedFile | undefined {
  const { sha256 } = file;
  if (sha256 === undefined) return undefined;
  const { name, commit } = repository;
  return {
    url: addressOf(repository, file, env),
    revision: commit,
    sha256,
    by: `Hugging Face states it of ${name}`,
  };
}

/** The repository, revision and file that an address of the Hub names; undefined of any other address. */
export function inHub(
  url: URL,
): { readonly name: string; readonly revision: string; readonly path: string } | undefined {
  if (url.hostname !== new URL(publicAddress).hostname) return undefined;
  const [, name, revision, path] =
    /^\/([^/]+\/[^/]+)\/(?:resolve|blob)\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  if (name === undefined || revision === undefined || path === undefined) return undefined;
  return { name, revision: decodeURIComponent(revision), path: decodeURIComponent(path) };
}

function endpointOf({ HF_ENDPOINT }: NodeJS.ProcessEnv): string {
  return (HF_ENDPOINT || publicAddress).replace(/\/$/, '');
}
