import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { environmentFile, lockFile } from '../config';
import { Workspace } from '../rehearsal/run/workspace';
import { committedProject } from './committed-project';
import { progressView } from './progress-view';
import { rehearsedDeploys } from './rehearsed-deploys';
import type { RehearsedDeploys } from './rehearsed-deploys';
import { rehearsedEnvironment } from './rehearsed-environment';
import { UsageError } from './usage-error';

/** What a deploy of a lock would do to what another one deployed. */
export interface Preview extends RehearsedDeploys {
  readonly environment: string;
  /** What it is compared with; null where that has no such environment, so that everything is new. */
  readonly against: string | null;
}

/**
 * Deploys what was there in a rehearsal, and the lock of now over it.
 * @param against git revision, or the file of an environment with its lock
 */
export async function previewOf(nameOrPath: string, against: string): Promise<Preview> {
  const file = environmentFile(nameOrPath, process.cwd());
  const workspace = new Workspace();
  const view = progressView(process.stderr);
  try {
    const base = await baseOf(file, against, workspace);
    const now = rehearsedEnvironment(file);
    const before = base.file === undefined ? undefined : rehearsedEnvironment(base.file, null);
    return {
      environment: now.environment.name,
      against: before ? base.name : null,
      ...(await rehearsedDeploys(before, now, view.listen)),
    };
  } finally {
    view.end();
    await workspace.close();
  }
}

/** What a lock is compared with. */
interface Base {
  readonly name: string;
  /** The environment's file as it was; undefined where it was not there. */
  readonly file: string | undefined;
}

async function baseOf(file: string, against: string, workspace: Workspace): Promise<Base> {
  if (statSync(against, { throwIfNoEntry: false })?.isFile()) return { name: against, file: against };
  const project = process.cwd();
  const { commit, directory } = await committedProject(project, against, workspace);
  const path = relative(project, file);
  if (path.startsWith('..'))
    throw new UsageError(
      `environment: a file of the project is needed to find it at ${against}, got ${file}; run berth where it is, or name a file with --against`,
    );
  const then = join(directory, path);
  const name = against === commit ? commit : `${against} (${commit})`;
  return { name, file: existsSync(then) && existsSync(lockFile(then)) ? then : undefined };
}
