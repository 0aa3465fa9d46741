import type { App } from 'aws-cdk-lib';
import { environmentFile, environmentFiles, loadCatalog, loadEnvironment, readCheckedLock } from '../config';
import { AwsHostsStack } from './aws-hosts-stack';

export interface AwsHostsOptions {
  /** A path, or a name among the project's environments. @default - every file of config/environments */
  readonly environment?: string;
  /** Directory of the project. @default - the working directory */
  readonly root?: string;
}

/**
 * Adds the stack of each environment that names AWS, empty if nothing is placed there: a stack that vanishes from the
 * app keeps its machines running. What is wrong with an environment is printed, and the process ends with status 1.
 */
export function addAwsHosts(app: App, { environment, root = process.cwd() }: AwsHostsOptions = {}): void {
  try {
    const files = environment === undefined ? environmentFiles(root) : [environmentFile(environment, root)];
    for (const file of files) {
      const loaded = loadEnvironment(file);
      if (!loaded.aws) continue;
      new AwsHostsStack(app, {
        environment: loaded,
        decision: readCheckedLock(file, loaded, loadCatalog(file, loaded)).decision,
      });
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
