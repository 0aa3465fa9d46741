import type { App } from 'cdktf';
import { checkNameIsFree, loadCatalog, loadEnvironment, readCheckedLock, recordOf } from '../config';
import type { Environment, Lock } from '../config';
import type { Asked } from './asked';
import { stackRoles } from './stack-roles';
import { EnvironmentStacks } from './environment-stacks';
import type { ModelDirectory } from './model-directory';
import { EnvironmentsRefused, refusedName } from './environments-refused';
import { RefusedStack } from './refused-stack';

/** An environment whose stacks are in the app. */
export interface BuiltEnvironment {
  readonly name: string;
  readonly directory: ModelDirectory;
}

/**
 * Adds the stacks of each environment to an app.
 * @throws what is wrong with the only environment, or EnvironmentsRefused, when they were named; else each one that cannot
 * be built has refused stacks
 */
export function buildEnvironments(app: App, { files, named, root }: Asked): BuiltEnvironment[] {
  const outcomes = files.map(file => {
    try {
      const environment = loadEnvironment(file);
      checkNameIsFree(file, environment.name, root);
      const lock = readCheckedLock(file, environment, loadCatalog(file, environment));
      return { file, built: build(app, environment, lock) };
    } catch (error) {
      return { file, error: error instanceof Error ? error : new Error(String(error)) };
    }
  });
  const causes = outcomes.flatMap(({ error }) => error ?? []);
  // Where none is good, nothing is spared by going on.
  if (causes.length > 0 && (named || causes.length === files.length))
    throw causes.length === 1 ? causes[0] : new EnvironmentsRefused(causes);
  for (const { file, error } of outcomes) if (error) refuse(app, file, error);
  return outcomes.flatMap(({ built }) => built ?? []);
}

function build(app: App, environment: Environment, lock: Lock): BuiltEnvironment {
  const { decision, moves, going, deployed } = lock;
  try {
    const { stacks, directory } = new EnvironmentStacks(app, {
      environment,
      decision,
      moves,
      going,
      deployed,
      record: recordOf(lock),
    });
    for (const stack of Object.values(stacks)) stack.runAllValidations();
    return { name: environment.name, directory };
  } catch (error) {
    // What was made before it failed must not be synthesised.
    for (const role of stackRoles) app.node.tryRemoveChild(`${environment.name}-${role}`);
    throw error;
  }
}

function refuse(app: App, file: string, error: Error): void {
  const name = refusedName(file, each =>
    stackRoles.every(role => app.node.tryFindChild(`${each}-${role}`) === undefined),
  );
  const reason = error.message.replaceAll(/\s*\n\s*/g, '; ');
  const [first] = stackRoles.map(role => new RefusedStack(app, `${name}-${role}`, name, reason));
  first?.warn(`${name} is left out, because it cannot be built: ${reason}`);
}
