import { App } from 'cdktf';
import { environmentFile, environmentFiles, loadCatalog, loadEnvironment, readCheckedLock } from '../config';
import { EnvironmentStacks } from './environment-stacks';
import { writeModelDirectory } from './model-directory';
import type { ModelDirectory } from './model-directory';

export interface BerthAppOptions {
  /**
   * The environment to build: a path, or a name among the project's environments. `cdktf` passes no arguments on, so
   * an app reads it from the variable BERTH_ENV. @default - every file of config/environments
   */
  readonly environment?: string;
  /** Directory of the project. @default - the working directory */
  readonly root?: string;
}

/** What was synthesised. */
export interface SynthesisedEnvironment {
  readonly name: string;
  readonly directory: ModelDirectory;
}

/**
 * Builds the stacks of environments from their locks, synthesises them, and writes each one's model directory beside
 * them.
 * @throws ConfigError, LockError or UnverifiedMachine, whose messages are for people
 */
export function synthesiseEnvironments(
  app: App,
  { environment, root = process.cwd() }: BerthAppOptions = {},
): SynthesisedEnvironment[] {
  const files = environment === undefined ? environmentFiles(root) : [environmentFile(environment, root)];
  const built = files.map(file => {
    const loaded = loadEnvironment(file);
    const { decision, moves } = readCheckedLock(file, loaded, loadCatalog(file, loaded));
    const { directory } = new EnvironmentStacks(app, { environment: loaded, decision, moves });
    return { name: loaded.name, directory };
  });
  app.synth();
  for (const { name, directory } of built) writeModelDirectory(directory, name, app.outdir);
  return built;
}

/**
 * A whole cdktf app: what `main.ts` of a project that deploys environments consists of. What is wrong with an
 * environment is printed without a stack trace, nothing is written, and the process ends with status 1.
 */
export function berthApp(options: BerthAppOptions = {}): void {
  try {
    // Traces would put the machine's directories into the synthesised files.
    synthesiseEnvironments(new App({ stackTraces: false }), options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
