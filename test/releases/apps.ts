import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

/**
 * All that a release records.
 * @param locks folder with the locks that were deployed: what is built is what they say, whatever the examples choose by now.
 * @default - the examples' own
 */
export function releasedApps(locks?: string): ReleasedApp[] {
  return [
    ...['local', 'dev', 'prod'].map(name => environmentApp(name, locks)),
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

function environmentApp(name: string, locks: string | undefined): ReleasedApp {
  const { weights, engines, azure } = loadEnvironment(
    ofBefore(name, locks) ?? environmentFile(name, process.cwd()),
  );
  const synthesise = (outdir: string): void => {
    synthesiseEnvironments(new App({ outdir, stackTraces: false }), { environment: name });
  };
  return {
    name,
    synthesise: outdir => {
      const target = resolve(outdir);
      if (locks === undefined) synthesise(target);
      else inProject(projectWith(name, locks), () => synthesise(target));
    },
    fixtures: Object.fromEntries(
      [...Object.values(weights), ...engines].map(({ url, sha256 }) => [url, sha256]),
    ),
    existing: Object.values(azure?.existing ?? {}).flatMap(each =>
      typeof each === 'string' ? [each] : Object.values(each),
    ),
  };
}

/** An environment as it was deployed, where the one of today is another; beside its lock. */
function ofBefore(name: string, locks: string | undefined): string | undefined {
  const file = resolve(locks ?? '', `${name}.yaml`);
  return locks !== undefined && existsSync(file) ? file : undefined;
}

/** A project with the environments as they are today, and one's lock of before; whoever uses it removes it. */
export function projectWith(name: string, locks: string): string {
  const home = process.cwd();
  const project = mkdtempSync(join(tmpdir(), 'berth-released-'));
  // Modules are found from where an environment in TypeScript is.
  for (const part of readdirSync(home).filter(each => each !== 'config'))
    symlinkSync(join(home, part), join(project, part));
  cpSync(join(home, 'config'), join(project, 'config'), { recursive: true });
  const lock = `${name}.lock.json`;
  copyFileSync(resolve(locks, lock), join(project, 'config', 'environments', lock));
  const before = ofBefore(name, locks);
  if (before !== undefined) copyFileSync(before, join(project, 'config', 'environments', `${name}.yaml`));
  return project;
}

function inProject(project: string, run: () => void): void {
  const home = process.cwd();
  try {
    process.chdir(project);
    run();
  } finally {
    process.chdir(home);
    rmSync(project, { recursive: true });
  }
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
