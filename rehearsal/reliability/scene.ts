import { readFileSync, writeFileSync } from 'node:fs';
import type { Operation } from '../simulation';
import type { Diagnostic } from '../terraform/json-ui';
import type { Stack } from '../run/stack';
import type { Worker } from './worker';
import { empty } from './snapshot';
import type { Snapshot } from './snapshot';

/** What is done to a stack: its first deploy, a deploy that changes every tag, its destruction. */
export const allActs = ['deploy', 'change', 'destroy'] as const;
export type Act = (typeof allActs)[number];

/** One act on one stack, without faults: where it begins, what it writes, where it ends. */
export interface Scene {
  readonly act: Act;
  /** Name of the stack. */
  readonly stack: string;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly operations: readonly Operation[];
}

/**
 * Goes through the acts of all stacks without faults, each stack behind those it depends on, and destroys them the other
 * way round.
 * @throws Error when an act fails.
 */
export async function rehearseScenes(worker: Worker): Promise<Scene[]> {
  const scenes: Scene[] = [];
  let at = empty;
  const play = async (act: Act, stacks: readonly Stack[]): Promise<void> => {
    for (const stack of stacks) {
      const scene = await rehearseScene(worker, act, stack, at);
      scenes.push(scene);
      at = scene.after;
    }
  };
  await play('deploy', worker.stacks);
  await play('change', worker.stacks);
  await play('destroy', worker.stacks.toReversed());
  return scenes;
}

async function rehearseScene(worker: Worker, act: Act, stack: Stack, before: Snapshot): Promise<Scene> {
  await worker.restore(before, [stack]);
  const { ok, diagnostics } = await perform(worker, act, stack);
  const fails = (what: string) => new Error(`${act} of ${stack.name} without any fault: ${what}`);
  if (!ok) throw fails(diagnostics.map(said).join('\n'));
  const left = act === 'destroy' ? [] : (await worker.changes(stack)).changes;
  if (left.length > 0) throw fails(`the next plan would ${left.join(', ')}`);
  const { operations } = worker;
  return { act, stack: stack.name, before, after: worker.snapshot(), operations: [...operations] };
}

function said({ summary, detail }: Diagnostic): string {
  return `${summary} ${detail}`.trim();
}

/** Runs the Terraform command of an act. */
export function perform(worker: Worker, act: Act, stack: Stack): ReturnType<Worker['apply']> {
  if (act === 'destroy') return worker.destroy(stack);
  setTags(stack, act === 'change' ? { 'changed-by': 'rehearsal' } : {});
  return worker.apply(stack);
}

type Tagged = Readonly<Record<string, Readonly<Record<string, { readonly tags?: unknown }>>>>;

/** Writes the stack's configuration with more tags on every resource that sets some. */
function setTags({ file = '', json }: Stack, more: Readonly<Record<string, string>>): void {
  const written = JSON.parse(readFileSync(file, 'utf8')) as object;
  const resource = Object.fromEntries(
    Object.entries((json.resource ?? {}) as Tagged).map(([type, resources]) => [
      type,
      Object.fromEntries(Object.entries(resources).map(([name, body]) => [name, withTags(body, more)])),
    ]),
  );
  if (json.resource) writeFileSync(file, JSON.stringify({ ...written, resource }, null, 2));
}

function withTags(body: { readonly tags?: unknown }, more: Readonly<Record<string, string>>): object {
  const { tags } = body;
  return typeof tags === 'object' && tags !== null ? { ...body, tags: { ...tags, ...more } } : body;
}
