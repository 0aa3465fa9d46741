import { Rehearsal } from '../../rehearsal/run';
import { readsOf } from '../../bin/stack-reads';
import type { Made } from './moments';
import { madeIn, root, targetOf } from './project';

/** What a deploy without failures comes to. */
export interface Undisturbed {
  /** A name or path. */
  readonly environment: string;
  /** Each stack, and those whose state it reads. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly made: Made;
  /** ARM ids of all that is there in the end, sorted. */
  readonly resources: readonly string[];
}

/** Deploys an environment of this repository without failures, by Terraform itself. */
export async function deployUndisturbed(environment: string): Promise<Undisturbed> {
  const rehearsal = await Rehearsal.open(targetOf(root, environment));
  try {
    const results = await rehearsal.deploy();
    const wrong = results.filter(({ ok }) => !ok).map(({ name }) => name);
    if (wrong.length > 0) throw new Error(`${wrong.join(', ')} cannot be deployed even without failures`);
    const operations = (rehearsal.azure?.operations() ?? []).filter(({ action }) => action === 'create');
    const made = results.map(({ name, resources }) => {
      const own = new Set(resources.map(({ type, attributes: { id } }) => `${type} ${String(id)}`));
      return [name, operations.map(({ type, id }) => `${type} ${id}`).filter(each => own.has(each))] as const;
    });
    return {
      environment,
      needs: new Map(rehearsal.stacks.map(stack => [stack.name, readsOf(stack)])),
      made: new Map(made),
      resources: madeIn(rehearsal),
    };
  } finally {
    await rehearsal.close();
  }
}
