import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A configuration as Terraform's JSON syntax has it, without a backend and without versions of providers. */
export type Configuration = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the real providers planned for a configuration of which nothing is deployed. */
export interface RealPlan {
  readonly name: string;
  readonly configuration: Configuration;
  readonly resource_changes: readonly {
    readonly address: string;
    readonly after: unknown;
    readonly after_unknown: unknown;
  }[];
}

type Verdict = 'noop' | 'update' | 'replace' | 'error';

/** A change of one value of a resource, and what the real provider would do. */
export interface Mutation {
  readonly type: string;
  readonly resource: string;
  readonly path: readonly (string | number)[];
  readonly from?: unknown;
  /** Undefined where the value is taken away. */
  readonly to?: unknown;
  readonly verdict: Verdict;
}

/** Mutations of what a state says is deployed. */
export interface Mutations {
  readonly configuration: Configuration;
  readonly state: object;
  readonly mutations: readonly Mutation[];
}

/** Plans of a directory: each `<stack>.json` with `configuration` and `resource_changes`, and `mutations.json`. */
export function readRealPlans(directory: string): { plans: RealPlan[]; mutations: Mutations | undefined } {
  const files = readdirSync(directory).filter(name => name.endsWith('.json'));
  const contents = files.sort().map(name => [name, readJson(join(directory, name))] as const);
  const plans = contents.flatMap(([name, content]) =>
    'resource_changes' in content ? [{ ...(content as RealPlan), name: name.replace(/\.json$/, '') }] : [],
  );
  const mutations = contents.find(([, content]) => 'mutations' in content)?.[1] as Mutations | undefined;
  return { plans, mutations };
}

function readJson(file: string): object {
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}
