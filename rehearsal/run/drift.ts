import type { Json, SimulatedAzure } from '../simulation';
import type { DriftResult, StackPlan } from './result';
import type { Stack } from './stack';

/** A change to make outside Terraform. */
export interface DriftChange {
  /** Id of the resource. */
  readonly id: string;
  /** Attributes with their new values. */
  readonly attributes: Readonly<Record<string, Json>>;
}

/**
 * A change that Terraform must notice: a tag more on the first resource, in order of ids, whose tags a stack sets and
 * does not ignore. Undefined when there is none.
 */
export function chooseDrift(azure: SimulatedAzure, stacks: readonly Stack[]): DriftChange | undefined {
  const tagged = new Set(stacks.flatMap(taggedTypes));
  const resource = azure.list().find(({ type, attributes }) => tagged.has(type) && isMap(attributes.tags));
  if (!resource) return undefined;
  const tags = resource.attributes.tags as Record<string, Json>;
  return { id: resource.id, attributes: { tags: { ...tags, 'changed-outside': 'terraform' } } };
}

/** Types of which every resource of the stack sets tags and heeds them. */
function taggedTypes({ json }: Stack): string[] {
  return Object.entries(json.resource ?? {}).flatMap(([type, resources]) => {
    const heeded = Object.values(resources).every(({ tags, lifecycle }) => {
      const ignored = lifecycle?.ignore_changes ?? [];
      return isMap(tags) && ignored !== 'all' && !ignored.includes('tags');
    });
    return heeded ? [type] : [];
  });
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The changes that plans have for the resource with this id. ARM ids compare without regard to case. */
export function changesOf(id: string, plans: readonly StackPlan[]): DriftResult['found'] {
  return plans.flatMap(({ name, plan, changes }) => {
    const known = [...(plan?.resource_drift ?? []), ...(plan?.resource_changes ?? [])];
    const addresses = new Set(
      known.filter(({ change }) => idOf(change.before) === id.toLowerCase()).map(({ address }) => address),
    );
    return changes
      .filter(({ address }) => addresses.has(address))
      .map(change => ({ ...change, stack: name }));
  });
}

function idOf(value: unknown): string | undefined {
  const id = (value as { readonly id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.toLowerCase() : undefined;
}
