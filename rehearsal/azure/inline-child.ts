import { parseArmId, sameId } from '../../text/arm-id';
import type { Json } from './simulated-azure';
import type { Store } from './store';

type JsonObject = Readonly<Record<string, Json>>;

/**
 * What a resource says of a child that it makes in its own block or body, such as a subnet inside a virtual network; undefined when the parent
 * is not there or has no such child.
 */
export function inlineChild(store: Store, id: string): JsonObject | undefined {
  const parsed = parseArmId(id);
  const parent = parsed?.parent === undefined ? undefined : store.get(parsed.parent);
  if (!parsed || !parent) return undefined;
  const isIt = (part: JsonObject): boolean => typeof part['id'] === 'string' && sameId(part['id'], id);
  const block = Object.values(parent.attributes).flatMap(objectsOf).find(isIt);
  if (block) return block;
  const collection = parsed.type.split('/').at(-1)?.toLowerCase();
  const [body] = objectsOf(parent.attributes['body'] ?? null);
  const [properties] = objectsOf(body?.['properties'] ?? null);
  return Object.entries(properties ?? {})
    .filter(([name]) => name.toLowerCase() === collection)
    .flatMap(([, children]) => objectsOf(children))
    .find(({ name }) => String(name).toLowerCase() === parsed.name.toLowerCase());
}

/** The objects that a value is, or that a list holds. */
function objectsOf(json: Json): JsonObject[] {
  return [json]
    .flat()
    .flatMap(each => (typeof each === 'object' && each !== null ? [each as JsonObject] : []));
}
