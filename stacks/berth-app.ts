import { App } from 'cdktf';
import { askedOf } from './asked';
import type { AskedOptions } from './asked';
import { buildEnvironments } from './built-environments';
import type { BuiltEnvironment } from './built-environments';
import { writeModelDirectory } from './model-directory';

/** Which environments an app is made of. */
export type BerthAppOptions = AskedOptions;

/**
 * Builds the stacks of environments from their locks, synthesises them, and writes each one's model directory beside
 * them.
 * @throws ConfigError, LockError, UnverifiedMachine or EnvironmentsRefused, whose messages are for people
 */
export function synthesiseEnvironments(app: App, options: BerthAppOptions = {}): BuiltEnvironment[] {
  const built = buildEnvironments(app, askedOf(options));
  app.synth();
  for (const { name, directory } of built) writeModelDirectory(directory, name, app.outdir);
  return built;
}

/**
 * A whole cdktf app: what `main.ts` of a project that deploys environments consists of. What is wrong with an
 * environment is printed without a stack trace. Where it was asked for, nothing is written, and the process ends with status
 * 1; where all were, the others are synthesised, and the stacks of this one refuse every command about them.
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
