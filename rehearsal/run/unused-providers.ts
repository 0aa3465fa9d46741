import { stateOnly } from '../providers/state-only/state-only-provider';
import { optional } from '../providers/state-only/attributes';
import type { SimulatedProvider } from '../providers/simulated-provider';
import type { Block, NestedBlock } from '../schema/schema';
import type { StackJson } from './stack';

/** What of a provider's block is Terraform's. */
const ofTerraform = new Set(['alias', 'version']);

/**
 * A provider of which stacks use nothing: it is named, perhaps configured, and makes and reads nothing, so that nothing need be known of it.
 * @param settings its blocks as the stacks have them
 */
export function unusedProvider(address: string, settings: readonly object[]): SimulatedProvider {
  return stateOnly(address, () => ({ protocol: 6, settings: blockOf(settings) }));
}

/** Whether a stack names a type, a data source or a function of a provider, by its label. */
export function usesLabel(content: StackJson, label: string): boolean {
  const parts = [content.resource, content.data, content.ephemeral].flatMap(types =>
    Object.entries(types ?? {}),
  );
  const explicit = new RegExp(`^(\\$\\{)?${label}(\\.[\\w-]+)?\\}?$`);
  const ofProvider = parts.some(
    ([type, resources]) =>
      type.split('_')[0] === label ||
      Object.values(resources).some(each => explicit.test(String((each as { provider?: unknown }).provider))),
  );
  return ofProvider || JSON.stringify(content).includes(`provider::${label}::`);
}

/** The block of which these are examples: an object or a list of objects is a block, all else an argument. */
function blockOf(examples: readonly object[]): Block {
  const values = new Map<string, unknown[]>();
  for (const [name, value] of examples.flatMap(example => Object.entries(example))) {
    if (!ofTerraform.has(name)) values.set(name, [...(values.get(name) ?? []), value]);
  }
  const named = [...values].map(([name, all]) => [name, all.flatMap(objectsIn)] as const);
  const blocks = named.filter(([, objects]) => objects.length > 0);
  const attributes = named.filter(([, objects]) => objects.length === 0);
  return {
    attributes: Object.fromEntries(attributes.map(([name]) => [name, optional('dynamic')])),
    blocks: Object.fromEntries(blocks.map(([name, objects]) => [name, listOf(blockOf(objects))])),
  };
}

function listOf(block: Block): NestedBlock {
  return { nesting: 'LIST', min: 0, max: 0, block };
}

function objectsIn(value: unknown): object[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const objects = all.filter(each => typeof each === 'object' && each !== null);
  return objects.length === all.length ? (objects as object[]) : [];
}
