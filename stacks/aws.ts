import type { App } from 'aws-cdk-lib';
import type { AwsHostsOptions } from './aws-app';

// The entry `cdktf-berth/aws`: what is made with aws-cdk-lib, and nothing that loads cdktf.
export * from '../constructs/aws';
export type { AwsHostsOptions } from './aws-app';

/**
 * Adds to a CDK app the stack of each environment that names AWS, `<environment>-hosts-aws`; it is empty if nothing is
 * placed there, because a stack that vanishes from an app keeps its machines running. What is wrong with an environment or
 * its lock is printed, and the process ends with status 1 before anything is synthesised.
 *
 * @example
 * const app = new App();
 * addAwsHosts(app, { environment: process.env.BERTH_ENV });
 * app.synth();
 */
export function addAwsHosts(app: App, options?: AwsHostsOptions): void {
  // Loaded here and not at the top: environments and their tables take twice as long to load as the constructs.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a synchronous import does not exist
  (require('./aws-app') as typeof import('./aws-app')).addAwsHosts(app, options);
}
