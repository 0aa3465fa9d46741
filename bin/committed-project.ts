import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { execute } from '../rehearsal/process/execute';
import type { Workspace } from '../rehearsal/run/workspace';
import { shown } from '../text/shown';
import { UsageError } from './usage-error';

/** A project as it was committed, in a directory of its own. */
interface CommittedProject {
  /** The commit, in seven characters or more. */
  readonly commit: string;
  /** Where the project is; what it has installed is linked there. */
  readonly directory: string;
}

/**
 * Takes the project out of git as it was at a revision. Nothing of the working tree changes.
 * @param project directory in a git repository
 * @param workspace removes the copy when it closes
 * @throws UsageError when there is no such revision, or no git
 */
export async function committedProject(
  project: string,
  revision: string,
  workspace: Workspace,
): Promise<CommittedProject> {
  const root = await git(project, ['rev-parse', '--show-toplevel'], revision);
  const commit = await git(project, ['rev-parse', '--verify', '--short', `${revision}^{commit}`], revision);
  const [copy, archive] = [workspace.path('committed'), workspace.path('committed.tar')];
  mkdirSync(copy);
  const path = relative(root, project);
  const inside = path === '' ? [] : ['--', path];
  await git(root, ['archive', '--format=tar', `--output=${archive}`, commit, ...inside], revision);
  await run('tar', ['-xf', archive, '-C', copy], project, revision);
  linkInstalled(root, path, copy);
  return { commit, directory: join(copy, path) };
}

/** A module finds what it imports in the folders above it. */
function linkInstalled(root: string, path: string, copy: string): void {
  const parts = path === '' ? [] : path.split(sep);
  for (let depth = 0; depth <= parts.length; depth++) {
    const [from, to] = [root, copy].map(each => join(each, ...parts.slice(0, depth), 'node_modules'));
    if (from !== undefined && to !== undefined && existsSync(from) && !existsSync(to)) symlinkSync(from, to);
  }
}

function git(directory: string, args: readonly string[], revision: string): Promise<string> {
  return run('git', args, directory, revision);
}

async function run(
  program: string,
  args: readonly string[],
  directory: string,
  revision: string,
): Promise<string> {
  const wanted = `--against: a git revision, or the file of an environment, is needed, got ${shown(revision)}`;
  try {
    const { status, stdout, stderr } = await execute(program, args, { directory, environment: process.env });
    if (status === 0) return stdout.trim();
    throw new UsageError(`${wanted}; ${program} says: ${shown(stderr.trim(), 200)}`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${wanted}, and ${program} cannot be started; install it, or name a file`);
  }
}
