import { join } from 'node:path';
import type { ObjectValue } from '../protocol/value';
import { sorted } from './in-order';
import { Unrehearsable, readJson } from './unrehearsable';

/** The parts of a synthesised stack that a rehearsal reads or changes. */
export interface StackJson {
  readonly terraform?: {
    readonly backend?: Readonly<Record<string, unknown>>;
    readonly cloud?: unknown;
    readonly required_providers?: Readonly<
      Record<string, { readonly source?: string; readonly version?: string }>
    >;
  };
  /** Configurations of each provider. */
  readonly provider?: Readonly<Record<string, readonly ObjectValue[]>>;
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, ResourceJson>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly ephemeral?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly module?: Readonly<Record<string, unknown>>;
}

interface ResourceJson {
  readonly lifecycle?: { readonly ignore_changes?: 'all' | readonly string[] };
  readonly [attribute: string]: unknown;
}

/** A stack of an assembly in the workspace. */
export interface Stack {
  readonly name: string;
  /** Where Terraform runs. */
  readonly directory: string;
  /** Names of the stacks that must be deployed before this one. */
  readonly dependencies: readonly string[];
  /** Path of `cdk.tf.json`. @default - none: a directory of Terraform files */
  readonly file?: string;
  /** Content of that file as it was synthesised. */
  readonly json: StackJson;
  /** Contents of the modules that it calls, and of those that they call. @default - none, or none was read */
  readonly modules?: readonly StackJson[];
  /** Whether `modules` has all of them. @default false */
  readonly allModulesRead?: boolean;
}

/** How many resources a stack names itself. */
export function resourcesIn({ json }: Stack): number {
  return Object.values(json.resource ?? {}).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);
}

/** What a stack says, and the modules of it that were read. */
export function contentsOf({ json, modules = [] }: Stack): readonly StackJson[] {
  return [json, ...modules];
}

/** Whether a stack calls modules that were not read: they may name any provider and any type. */
export function callsUnread(stack: Stack): boolean {
  return stack.allModulesRead !== true && Object.keys(stack.json.module ?? {}).length > 0;
}

/** The path of a module that lies beside what calls it. */
export function localSource(called: unknown): string | undefined {
  const { source } = called as { readonly source?: unknown };
  return typeof source === 'string' && /^\.\.?(\/|$)/.test(source) ? source : undefined;
}

/** The stack whose state is read under a name, where the framework gave that for a cross-stack reference. */
export function stackReadAs(state: string): string | undefined {
  return /^cross-stack-reference-input-(.+)$/.exec(state)?.[1];
}

/** Stacks as they came out of a synthesis, each behind those it depends on. */
export interface Assembly {
  readonly directory: string;
  /** Whether the cdktf CLI can deploy it. */
  readonly fromCdktf: boolean;
  readonly stacks: readonly Stack[];
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly workingDirectory: string;
        readonly synthesizedStackPath: string;
        readonly dependencies: readonly string[];
      }
    >
  >;
}

/**
 * Reads the manifest of a cdktf output directory.
 * @throws Unrehearsable when a stack was synthesised to HCL.
 */
export function readAssembly(directory: string): Assembly {
  const manifest = readJson(join(directory, 'manifest.json')) as Manifest;
  const stacks = Object.values(manifest.stacks).map(
    ({ name, workingDirectory, synthesizedStackPath, dependencies }) => {
      if (!synthesizedStackPath.endsWith('.json')) {
        throw new Unrehearsable(
          `stack ${name} is HCL (${synthesizedStackPath}); a rehearsal needs JSON: synthesise without --hcl`,
        );
      }
      const file = join(directory, synthesizedStackPath);
      const json = readJson(file) as StackJson;
      return { name, directory: join(directory, workingDirectory), dependencies, file, json };
    },
  );
  return { directory, fromCdktf: true, stacks: sorted(stacks) };
}

/** The stacks of these names and all that they depend on. */
export function withDependencies(assembly: Assembly, names: readonly string[]): Assembly {
  const needed = new Set(names);
  // A stack stands behind those it depends on, so from last to first each one is known to be needed or not.
  for (const { name, dependencies } of [...assembly.stacks].reverse()) {
    if (needed.has(name)) for (const dependency of dependencies) needed.add(dependency);
  }
  return { ...assembly, stacks: assembly.stacks.filter(({ name }) => needed.has(name)) };
}

/**
 * The stacks that names or patterns select; `*` stands for any characters.
 * @throws Unrehearsable when a pattern selects none, or a selected stack needs one that is not selected.
 */
export function selectStacks(stacks: readonly Stack[], patterns: readonly string[]): Stack[] {
  const known = stacks.map(({ name }) => name).join(', ');
  for (const pattern of patterns) {
    if (!stacks.some(({ name }) => matches(name, pattern))) {
      throw new Unrehearsable(`no stack is named ${JSON.stringify(pattern)}; there are: ${known}`);
    }
  }
  const selected = stacks.filter(({ name }) => patterns.some(pattern => matches(name, pattern)));
  const names = new Set(selected.map(({ name }) => name));
  for (const { name, dependencies } of selected) {
    const missing = dependencies.filter(dependency => !names.has(dependency));
    if (missing.length > 0)
      throw new Unrehearsable(
        `stack ${name} needs ${missing.join(', ')}, which ${JSON.stringify(patterns)} leaves out`,
      );
  }
  return selected;
}

function matches(name: string, pattern: string): boolean {
  const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`).test(name);
}
