import { z } from 'zod';
import { ask } from './published';

const releaseSchema = z.looseObject({
  tag_name: z.string(),
  assets: z.array(
    z.looseObject({
      name: z.string(),
      browser_download_url: z.url(),
      /** `sha256:` and 64 digits; GitHub has none of files that were uploaded before June 2025. */
      digest: z.string().nullish(),
    }),
  ),
});

/** A file of a release. */
export interface ReleaseFile {
  readonly name: string;
  readonly url: string;
  /** 64 hexadecimal digits; undefined where GitHub states none. */
  readonly sha256: string | undefined;
}

/** A release of a repository at GitHub. */
export interface Release {
  readonly tag: string;
  readonly files: readonly ReleaseFile[];
}

/**
 * Asks GitHub what a release has. GITHUB_API_URL is another address of its API, GITHUB_TOKEN or GH_TOKEN who asks.
 * @param tag such as b10534, or latest
 * @throws {FileUnavailable} where it cannot be asked
 */
export async function releaseOf(repository: string, tag: string, env: NodeJS.ProcessEnv): Promise<Release> {
  const base = (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/$/, '');
  const path = tag === 'latest' ? 'latest' : `tags/${encodeURIComponent(tag)}`;
  const { value } = await ask({
    url: `${base}/repos/${repository}/releases/${path}`,
    token: env.GITHUB_TOKEN || env.GH_TOKEN,
    variable: 'GITHUB_TOKEN',
    accept: 'application/vnd.github+json',
    schema: releaseSchema,
  });
  const files = value.assets.map(({ name, browser_download_url: url, digest }) => ({
    name,
    url,
    sha256: /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1],
  }));
  return { tag: value.tag_name, files };
}
