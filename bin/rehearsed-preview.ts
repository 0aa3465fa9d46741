import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { environmentFile, lockFile } from '../config';
import { effectsOf, Rehearsal, said } from '../rehearsal/run';
import type { Effect, StackResult } from '../rehearsal/run';
import { Workspace } from '../rehearsal/run/workspace';
import type { ModelDirectory } from '../stacks';
import { BerthError } from '../text/berth-error';
import { committedProject } from './committed-project';
import { progressView } from './progress-view';
import { rehearsedEnvironment } from './rehearsed-environment';
import type { RehearsedEnvironment } from './rehearsed-environment';
import { UsageError } from './usage-error';

/** The address of a workload in both; null where it has none. */
interface AddressChange {
  readonly workload: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a deploy of a lock would do to what another one deployed. */
export interface Preview {
  readonly environment: string;
  /** What it is compared with; null where that has no such environment, so that everything is new. */
  readonly against: string | null;
  readonly effects: readonly Effect[];
  readonly addresses: readonly AddressChange[];
  /** What the deploy would fail of. */
  readonly failures: readonly string[];
}

/** Thrown when what is compared with cannot be deployed, so that nothing can be said. */
class NoBase extends BerthError {
  readonly kind = 'input';
}

/**
 * Deploys what was there in a rehearsal, and the lock of now over it.
 * @param against git revision, or the file of an environment with its lock
 */
export async function previewOf(nameOrPath: string, against: string): Promise<Preview> {
  const file = environmentFile(nameOrPath, process.cwd());
  const workspace = new Workspace();
  try {
    const base = await baseOf(file, against, workspace);
    const now = rehearsedEnvironment(file);
    const before = base.file === undefined ? undefined : rehearsedEnvironment(base.file, base.root);
    return {
      environment: now.environment.name,
      against: before ? base.name : null,
      ...(await play(before, now)),
    };
  } finally {
    await workspace.close();
  }
}

/** Deploys one over the other. */
async function play(
  before: RehearsedEnvironment | undefined,
  now: RehearsedEnvironment,
): Promise<Pick<Preview, 'effects' | 'addresses' | 'failures'>> {
  const view = progressView(process.stderr);
  const first = before ?? now;
  const rehearsal = await Rehearsal.open(first.target, {
    fixtures: { ...before?.fixtures, ...now.fixtures },
    existing: [...new Set([...(before?.existing ?? []), ...now.existing])],
    onProgress: view.listen,
  });
  try {
    if (before) {
      const failed = failuresOf(await rehearsal.deploy());
      if (failed.length > 0)
        throw new NoBase(`what it is compared with cannot be deployed:\n  ${failed.join('\n  ')}`);
      await rehearsal.use(now.target);
    }
    const results = await rehearsal.deploy();
    return {
      effects: effectsOf(results),
      addresses: addressChanges(before?.directory() ?? {}, now.directory()),
      failures: failuresOf(results),
    };
  } finally {
    view.end();
    await rehearsal.close();
  }
}

function failuresOf(results: readonly StackResult[]): string[] {
  return results.flatMap(({ name, ok, skipped, diagnostics }) => {
    if (ok) return [];
    if (skipped) return [`${name}: it is not tried, because a stack that it needs fails`];
    return diagnostics.filter(({ severity }) => severity === 'error').map(each => `${name}: ${said(each)}`);
  });
}

function addressChanges(before: ModelDirectory, after: ModelDirectory): AddressChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap(workload => {
    const [old, now] = [before, after].map(directory => addressText(directory[workload]));
    return old === now ? [] : [{ workload, before: old ?? null, after: now ?? null }];
  });
}

/** All that a caller has to know. */
function addressText(address: ModelDirectory[string] | undefined): string | undefined {
  if (!address) return undefined;
  const { baseUrl, model, keySource } = address;
  return [baseUrl, `model ${model}`, ...(keySource === undefined ? [] : [`key in ${keySource}`])].join(', ');
}

/** What a lock is compared with. */
interface Base {
  readonly name: string;
  /** The environment's file as it was; undefined where it was not there. */
  readonly file: string | undefined;
  /** Directory of its project. */
  readonly root: string;
}

async function baseOf(file: string, against: string, workspace: Workspace): Promise<Base> {
  if (statSync(against, { throwIfNoEntry: false })?.isFile())
    return { name: against, file: against, root: dirname(against) };
  const project = process.cwd();
  const { commit, directory } = await committedProject(project, against, workspace);
  const path = relative(project, file);
  if (path.startsWith('..'))
    throw new UsageError(
      `environment: a file of the project is needed to find it at ${against}, got ${file}; run berth where it is, or name a file with --against`,
    );
  const then = join(directory, path);
  const name = against === commit ? commit : `${against} (${commit})`;
  return { name, file: existsSync(then) && existsSync(lockFile(then)) ? then : undefined, root: directory };
}
