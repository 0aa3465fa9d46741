import { parseArmId } from '../../text/arm-id';
import { armTypesOf } from './arm-types';
import { knownTemplates } from './id-templates';
import type { SimulatedResource } from './simulated-azure';

/** Terraform types by ARM type in lower case; the first that has it. */
function typesByArmType(): Map<string, string> {
  const types = knownTemplates().toReversed();
  return new Map(types.flatMap(([type]) => armTypesOf(type).map(armType => [armType, type] as const)));
}

/**
 * Resources that stand behind ARM ids before a deploy, with their parents and resource groups. Only what their ids say is
 * known of them.
 * @throws RangeError naming an id that is no ARM id
 */
export function existingResources(ids: readonly string[]): SimulatedResource[] {
  const all = ids.flatMap(id => [...ancestorsOf(id).reverse(), id]);
  const distinct = new Map(all.map(id => [id.toLowerCase(), id]));
  if (distinct.size === 0) return [];
  const types = typesByArmType();
  return [...distinct.values()].map(id => resourceOf(id, types));
}

function ancestorsOf(id: string): string[] {
  const { parent } = parsed(id);
  // A subscription is there without anybody having made it.
  return parent === undefined || parent.split('/').length <= 3 ? [] : [parent, ...ancestorsOf(parent)];
}

function resourceOf(id: string, types: ReadonlyMap<string, string>): SimulatedResource {
  const { name, type: armType, resourceGroup } = parsed(id);
  const type = types.get(armType.toLowerCase()) ?? 'azapi_resource';
  if (resourceGroup === undefined || resourceGroup === name) return { id, type, attributes: { name } };
  return { id, type, attributes: { name, resource_group_name: resourceGroup } };
}

function parsed(id: string): NonNullable<ReturnType<typeof parseArmId>> {
  const armId = parseArmId(id);
  if (armId) return armId;
  throw new RangeError(
    `an ARM id is needed for what exists already, got '${id}'; write it like /subscriptions/…`,
  );
}
