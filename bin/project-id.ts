import { existsSync, readFileSync } from 'node:fs';

/** What `cdktf.json` calls this project, which `cdktf init` made up; undefined without one. */
export function projectId(): string | undefined {
  if (!existsSync('cdktf.json')) return undefined;
  try {
    const { projectId: id } = JSON.parse(readFileSync('cdktf.json', 'utf8')) as {
      readonly projectId?: unknown;
    };
    return typeof id === 'string' ? id : undefined;
  } catch {
    // The cdktf CLI says what is wrong with its file.
    return undefined;
  }
}
