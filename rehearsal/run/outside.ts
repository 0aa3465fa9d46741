import type { ProgressListener } from './progress';
import { realProviderNotes } from './provider-use';
import { contentsOf } from './stack';
import type { Stack, StackJson } from './stack';
import { Unrehearsable } from './unrehearsable';

/** What a rehearsal would let out of itself, as sentences; it changes nothing and asks nobody. */
export interface OutsideOptions {
  /**
   * Whether `local-exec` provisioners and `external` data sources may run their programs on this machine.
   * @default false
   */
  readonly allowPrograms?: boolean;
}

/**
 * Refuses stacks that would act outside a rehearsal: run a program on this machine, or read a state from where it lies.
 * Which providers are downloaded and run is said.
 * @param app directory of the app that the stacks are of
 * @throws Unrehearsable with every such place and what to do
 */
export function watchOutside(
  stacks: readonly Stack[],
  app: string,
  { allowPrograms = false, onProgress }: OutsideOptions & { readonly onProgress?: ProgressListener },
): void {
  const faults = stacks.flatMap(stack => [
    ...(allowPrograms ? [] : programsOf(stack)),
    ...(stack.file === undefined ? remoteStatesOf(stack) : []),
  ]);
  if (faults.length > 0) throw new Unrehearsable(faults.join('\n'));
  for (const note of realProviderNotes(stacks, app)) onProgress?.(note);
}

function programsOf(stack: Stack): string[] {
  const { name } = stack;
  const contents = contentsOf(stack);
  const resources = contents
    .flatMap(({ resource }) => addressesOf(resource))
    .filter(({ content }) => hasLocalExec(content));
  const external = contents.flatMap(({ data }) => Object.keys(data?.['external'] ?? {}));
  const advice = 'a rehearsal runs none: leave it out, or allow it with --allow-programs (allowPrograms)';
  return [
    ...resources.map(
      ({ address }) =>
        `stack ${name}: ${address} runs a program on this machine (provisioner local-exec); ${advice}`,
    ),
    ...external.map(
      label => `stack ${name}: data.external.${label} runs a program on this machine; ${advice}`,
    ),
  ];
}

function remoteStatesOf(stack: Stack): string[] {
  const { name } = stack;
  const labels = contentsOf(stack).flatMap(({ data }) => Object.keys(data?.['terraform_remote_state'] ?? {}));
  return labels.map(
    label =>
      `stack ${name}: data.terraform_remote_state.${label} reads a state from where it lies, which a rehearsal does not reach; ` +
      'put its values into variables, or rehearse the stacks together as a cdktf app',
  );
}

interface Addressed {
  readonly address: string;
  readonly content: Readonly<Record<string, unknown>>;
}

function addressesOf(blocks: StackJson['resource']): Addressed[] {
  return Object.entries(blocks ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([label, content]) => ({ address: `${type}.${label}`, content })),
  );
}

/** A provisioner stands as an object by kind or, where cdktf wrote it, as a list of such objects. */
function hasLocalExec({ provisioner }: Readonly<Record<string, unknown>>): boolean {
  return [provisioner].flat().some(each => typeof each === 'object' && each !== null && 'local-exec' in each);
}
