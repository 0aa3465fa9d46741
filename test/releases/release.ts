import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A state file of Terraform, as far as a release is concerned. */
export interface State {
  readonly resources: readonly {
    readonly mode: 'managed' | 'data';
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly attributes: Readonly<Record<string, unknown>>;
      readonly sensitive_attributes: readonly unknown[];
    }[];
  }[];
  readonly [key: string]: unknown;
}

/** What a release keeps of a stack. */
export interface ReleasedStack {
  /** `cdk.tf.json`. */
  readonly synthesised: object;
  /** The state that a deploy of it left. */
  readonly state: State;
}

/** What the tests tell of a difference between a release and this version. */
export type Layer = 'files' | 'plan';

/** Differences from a release that are meant, and why. */
export interface StatedChange {
  /** Words of the CHANGELOG that give the reason. */
  readonly changelog: string;
  /** Lines of the test of an app, by name of the app. CloudFormation has files only. */
  readonly apps: Readonly<Record<string, Partial<Readonly<Record<Layer, readonly string[]>>>>>;
}

/** Directory of what a release keeps. */
export function releaseDirectory(version: string): string {
  return join(__dirname, version);
}

/** The releases that are kept. */
export function keptReleases(): string[] {
  return readdirSync(__dirname, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name);
}

/** What a release keeps of an app: stacks by name. */
export function releasedStacks(version: string, app: string): Readonly<Record<string, ReleasedStack>> {
  return read(version, app) as Readonly<Record<string, ReleasedStack>>;
}

/** What a release keeps of the CloudFormation app: templates by name of stack. */
export function releasedTemplates(version: string): Readonly<Record<string, object>> {
  return read(version, 'cloudformation') as Readonly<Record<string, object>>;
}

/** The changes since a release that are meant. */
export function statedChanges(version: string): StatedChange[] {
  return JSON.parse(readFileSync(join(releaseDirectory(version), 'changes.json'), 'utf8')) as StatedChange[];
}

/** The lines of an app that are meant, sorted. */
export function statedLines(version: string, app: string, layer: Layer): string[] {
  return statedChanges(version)
    .flatMap(({ apps }) => apps[app]?.[layer] ?? [])
    .sort();
}

function read(version: string, name: string): unknown {
  const file = join(releaseDirectory(version), `${name}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as unknown;
}
