import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { stackReadAs } from './stack';
import type { Assembly, Stack, StackJson } from './stack';
import { Unrehearsable } from './unrehearsable';

/** A backend that a rehearsal replaced by a local one. */
export interface ReplacedBackend {
  readonly stack: string;
  /** Kind of the stack's own backend, for example `azurerm`. */
  readonly backend: string;
}

/**
 * Gives each stack a local backend in `stateDirectory`, also where stacks read each other's state: a rehearsal must
 * reach neither the shared state nor the network.
 * @throws Unrehearsable naming each remote state that is not of a stack of the assembly.
 */
export function useLocalBackends(assembly: Assembly, stateDirectory: string): ReplacedBackend[] {
  const pathOf = (stack: Stack): string => join(stateDirectory, `${stack.name}.tfstate`);
  const faults: string[] = [];
  for (const stack of assembly.stacks) {
    if (stack.file === undefined) writeOverride(stack, pathOf(stack));
    else
      writeFileSync(
        stack.file,
        JSON.stringify(withLocalStates(stack, assembly.stacks, pathOf, faults), null, 2),
      );
  }
  if (faults.length > 0) throw new Unrehearsable(faults.join('\n'));
  return assembly.stacks.map(stack => ({ stack: stack.name, backend: backendOf(stack.json).type }));
}

/** Terraform merges `*_override.tf.json` into the configuration. */
function writeOverride(stack: Stack, path: string): void {
  const override = { terraform: { backend: { local: { path } } } };
  writeFileSync(join(stack.directory, 'rehearsal_override.tf.json'), JSON.stringify(override, null, 2));
}

function withLocalStates(
  stack: Stack,
  stacks: readonly Stack[],
  pathOf: (stack: Stack) => string,
  faults: string[],
): StackJson {
  const terraform = {
    ...stack.json.terraform,
    cloud: undefined,
    backend: { local: { path: pathOf(stack) } },
  };
  const local = { ...stack.json, terraform };
  const remoteStates = stack.json.data?.terraform_remote_state;
  if (!remoteStates) return local;
  const replaced = Object.entries(remoteStates).map(([name, state]) => {
    const source = stacks.find(other => isStateOf(state as RemoteState, other, name));
    if (source) return [name, { backend: 'local', config: { path: pathOf(source) } }];
    faults.push(
      `stack ${stack.name} reads the remote state ${name}, which is of no stack under rehearsal: rehearse them together`,
    );
    return [name, state];
  });
  return { ...local, data: { ...stack.json.data, terraform_remote_state: Object.fromEntries(replaced) } };
}

interface RemoteState {
  readonly backend?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** By where the state lies; cdktf's own cross-stack references say it in their name too. */
function isStateOf(state: RemoteState, stack: Stack, name: string): boolean {
  if (stackReadAs(name) === stack.name) return true;
  const { type, config } = backendOf(stack.json);
  return state.backend === type && isDeepStrictEqual(significant(state.config), significant(config));
}

function significant(config: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== 'workspace'));
}

function backendOf({ terraform }: StackJson): { type: string; config: Readonly<Record<string, unknown>> } {
  const [type, config] = Object.entries(terraform?.backend ?? {})[0] ?? [
    terraform?.cloud ? 'cloud' : 'local',
    {},
  ];
  return { type, config: config as Readonly<Record<string, unknown>> };
}
