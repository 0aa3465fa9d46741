import { isAct } from '../facts/acts';
import { restartsOn } from '../facts/restarts';
import { changedAttributes, touched } from '../terraform/plan-json';
import type { ResourceChange } from '../terraform/plan-json';
import type { StackResult } from './result';

/** What a deploy does to a resource that is there, from the least to the most; `made` is one that was not. */
export type EffectKind = 'made' | 'changed' | 'restarted' | 'replaced' | 'destroyed';

/** What a deploy does to one resource. */
export interface Effect {
  readonly kind: EffectKind;
  readonly stack: string;
  /** Address in the stack. */
  readonly address: string;
  /** Type of the resource in Terraform. */
  readonly type: string;
  /** What the resource is called in Azure. @default - it has no name */
  readonly name?: string;
  /** Attributes that change, or force the replacement. Empty where it is made or destroyed. */
  readonly because: readonly string[];
  /** Whether what is replaced goes when the new one, and all that depends on it, is there (`create_before_destroy`). @default false */
  readonly isNewFirst?: boolean;
}

/**
 * What deploys did, from the plans that they applied.
 * @param results of a rehearsal that ran Terraform itself, which knows each plan
 */
export function effectsOf(results: readonly Pick<StackResult, 'name' | 'plan'>[]): Effect[] {
  return results.flatMap(({ name: stack, plan }) =>
    plan ? touched(plan).flatMap(change => effectOf(stack, change)) : [],
  );
}

function effectOf(stack: string, change: ResourceChange): Effect[] {
  const { actions, replace_paths: paths = [] } = change.change;
  const newFirst = actions[0] === 'create' && actions.includes('delete') ? { isNewFirst: true } : {};
  const of = (kind: EffectKind, because: readonly string[] = []): Effect[] => [
    { kind, stack, address: change.address, type: change.type, ...nameOf(change), because, ...newFirst },
  ];
  const [deleted, created] = [actions.includes('delete'), actions.includes('create')];
  if (deleted && created)
    return of(isAct(change.type) ? 'changed' : 'replaced', unique(paths.map(([first]) => String(first))));
  if (deleted) return of('destroyed');
  if (created) return of('made');
  if (!actions.includes('update')) return [];
  const attributes = changedAttributes(change.change);
  const restarting = attributes.filter(attribute => restartsOn(change.type, attribute));
  return restarting.length > 0 ? of('restarted', restarting) : of('changed', attributes);
}

function nameOf({ change: { before, after } }: ResourceChange): { readonly name?: string } {
  const { name } = (before ?? after ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? { name } : {};
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
