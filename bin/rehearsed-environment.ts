import { checkNameIsFree, loadCatalog, loadEnvironment, readCheckedLock } from '../config';
import type { Catalog, Environment, Lock } from '../config';
import type { Target } from '../rehearsal/run';
import type { ModelDirectory } from '../stacks';
import { projectFramework } from './project-framework';

/** An environment as its lock says, for a rehearsal. */
export interface RehearsedEnvironment {
  readonly environment: Environment;
  /** With the prices that the environment names. */
  readonly catalog: Catalog;
  readonly lock: Lock;
  readonly target: Target;
  /** The same environment by another lock. */
  targetOf(lock: Lock): Target;
  /** Writes what its lock says into a directory. */
  synthesise(outdir: string): void;
  /** sha256 of what each URL would serve, as the environment states it: a rehearsal downloads nothing. */
  readonly fixtures: Readonly<Record<string, string>>;
  /** What the environment uses instead of making it: an account would have it already. */
  readonly existing: readonly string[];
  /** How to reach its models, as it was synthesised last. */
  directory(): ModelDirectory;
}

/**
 * @param root directory of the project whose other environments must have other names; null for one that is only compared with
 * @throws {LockError} when the lock may not be built
 */
export function rehearsedEnvironment(
  file: string,
  root: string | null = process.cwd(),
): RehearsedEnvironment {
  const { App, stacks } = projectFramework();
  const environment = loadEnvironment(file);
  if (root !== null) checkNameIsFree(file, environment.name, root);
  const catalog = loadCatalog(file, environment);
  const lock = readCheckedLock(file, environment, catalog);
  let directory: ModelDirectory = {};
  const synthesise = ({ decision, moves, going, deployed }: Lock, outdir: string): void => {
    const app = new App({ outdir, stackTraces: false });
    const props = { environment, decision, moves, going, deployed };
    directory = new stacks.EnvironmentStacks(app, props).directory;
    app.synth();
  };
  const targetOf = (of: Lock): Target => ({ synthesise: outdir => synthesise(of, outdir) });
  return {
    environment,
    catalog,
    lock,
    target: targetOf(lock),
    targetOf,
    synthesise: outdir => synthesise(lock, outdir),
    fixtures: fixturesOf(environment),
    existing: existingOf(environment),
    directory: () => directory,
  };
}

function existingOf({ azure }: Environment): string[] {
  return Object.values(azure?.existing ?? {}).flatMap(each =>
    typeof each === 'string' ? [each] : Object.values(each),
  );
}

function fixturesOf({ weights, engines }: Environment): Record<string, string> {
  return Object.fromEntries([...Object.values(weights), ...engines].map(({ url, sha256 }) => [url, sha256]));
}
