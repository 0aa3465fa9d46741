import { Annotations, CfnResource, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { checkNameIsFree, loadCatalog, loadEnvironment, readCheckedLock } from '../config';
import { askedOf } from './asked';
import type { AskedOptions } from './asked';
import { AwsHostsStack } from './aws-hosts-stack';
import type { AwsHostsStackProps } from './aws-hosts-stack';
import { EnvironmentsRefused, refusedName } from './environments-refused';

/** Which environments the app is made of. */
export type AwsHostsOptions = AskedOptions;

/**
 * Adds the stack of each environment that names AWS, empty if nothing is placed there: a stack that vanishes from the
 * app keeps its machines running. What is wrong with an environment that was asked for is printed, and the process ends with
 * status 1; where all were, only the stack of this one is refused.
 */
export function addAwsHosts(app: App, options: AwsHostsOptions = {}): void {
  try {
    const { files, named, root } = askedOf(options);
    const errors = files.map(file => errorOfAdding(app, file, root));
    const wrong = errors.filter(error => error !== undefined);
    if (wrong.length > 0 && (named || wrong.length === files.length)) throw new EnvironmentsRefused(wrong);
    errors.forEach((error, i) => {
      if (error) refuse(app, files[i] as string, error);
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function errorOfAdding(app: App, file: string, root: string): Error | undefined {
  try {
    const environment = loadEnvironment(file);
    if (!environment.aws) return undefined;
    checkNameIsFree(file, environment.name, root);
    const { decision, going, deployed } = readCheckedLock(file, environment, loadCatalog(file, environment));
    add(app, { environment, decision, going, hosts: deployed.hosts });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function add(app: App, props: AwsHostsStackProps): void {
  try {
    new AwsHostsStack(app, props);
  } catch (error) {
    // What was made before it failed must not be synthesised.
    app.node.tryRemoveChild(idOf(props.environment.name));
    throw error;
  }
}

/** The CLI refuses a stack with an error whenever it is about this one, and CloudFormation its template. */
function refuse(app: App, file: string, error: Error): void {
  const name = refusedName(file, each => app.node.tryFindChild(idOf(each)) === undefined);
  const stack = new Stack(app, idOf(name), { description: `Berth: ${name} cannot be built` });
  new CfnResource(stack, 'cannot-be-built', { type: 'Berth::Environment::CannotBeBuilt' });
  Annotations.of(stack).addError(`${name} cannot be built: ${error.message}`);
}

function idOf(name: string): string {
  return `${name}-hosts-aws`;
}
