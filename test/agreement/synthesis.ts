import { App as AwsApp } from 'aws-cdk-lib';
import { App } from 'cdktf';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Decision, Environment } from '../../config';
import { AwsHostsStack } from '../../stacks/aws-hosts-stack';
import { EnvironmentStacks } from '../../stacks/environment-stacks';

/** Synthesises every stack of a decision, on Azure and on AWS, in this process. @throws what a construct or stack refuses */
export function synthesise(environment: Environment, decision: Decision): void {
  const directory = mkdtempSync(join(tmpdir(), 'berth-agreement-'));
  try {
    const { stacks } = new EnvironmentStacks(new App({ outdir: directory, stackTraces: false }), {
      environment,
      decision,
    });
    for (const stack of Object.values(stacks)) {
      stack.runAllValidations();
      stack.toTerraform();
    }
    if (!environment.aws) return;
    const app = new AwsApp({ outdir: join(directory, 'aws') });
    new AwsHostsStack(app, { environment, decision });
    // CDK warns of an empty template.
    if (decision.units.some(({ provider }) => provider === 'aws')) app.synth();
  } finally {
    rmSync(directory, { recursive: true });
  }
}
