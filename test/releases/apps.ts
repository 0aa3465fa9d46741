import { App as AwsApp } from 'aws-cdk-lib';
import { App } from 'cdktf';
import { ClaimsDeskStack } from '../../examples/claims-desk/stack';
import { WebStack } from '../../examples/azure-only/stack';
import { environmentFile, loadEnvironment } from '../../config';
import { synthesiseEnvironments } from '../../stacks';
import { addAwsHosts } from '../../stacks/aws-app';

/** What is deployed together: an environment or an example. */
export interface ReleasedApp {
  readonly name: string;
  /** Synthesises into a directory. */
  readonly synthesise: (outdir: string) => void;
  /** sha256 of what each URL serves to a device. */
  readonly fixtures: Readonly<Record<string, string>>;
  /** ARM ids of what the stacks use and do not make. */
  readonly existing: readonly string[];
}

/** All that a release records. */
export function releasedApps(): ReleasedApp[] {
  return [
    ...['local', 'dev', 'prod'].map(environmentApp),
    exampleApp('azure-only', app => new WebStack(app, 'web', { owner: 'platform' })),
    exampleApp('claims-desk', app => new ClaimsDeskStack(app, 'claims')),
  ];
}

/** Templates of the CloudFormation app by name of stack. */
export function cloudFormationTemplates(): Readonly<Record<string, object>> {
  const app = new AwsApp();
  addAwsHosts(app);
  return Object.fromEntries(
    app.synth().stacks.map(({ stackName, template }) => [stackName, template as object]),
  );
}

function environmentApp(name: string): ReleasedApp {
  const { weights, engines, azure } = loadEnvironment(environmentFile(name, process.cwd()));
  return {
    name,
    synthesise: outdir => {
      synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: name });
    },
    fixtures: Object.fromEntries(
      [...Object.values(weights), ...engines].map(({ url, sha256 }) => [url, sha256]),
    ),
    existing: Object.values(azure?.existing ?? {}).flatMap(each =>
      typeof each === 'string' ? [each] : Object.values(each),
    ),
  };
}

function exampleApp(name: string, add: (app: App) => void): ReleasedApp {
  return {
    name,
    synthesise: outdir => {
      const app = new App({ outdir, stackTraces: false });
      add(app);
      app.synth();
    },
    fixtures: {},
    existing: [],
  };
}
