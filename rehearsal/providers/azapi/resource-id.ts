import { parseArmId } from '../../../text/arm-id';

/** The id of a resource below its parent, and what is wrong when the parent does not fit the type. */
interface ComposedId {
  readonly id: string;
  readonly problem?: string;
}

/** Composes an ARM id from azapi's `type`, `parent_id` and `name`. */
export function composeId(armType: string, parentId: string, name: string): ComposedId {
  const segments = armType.split('/');
  const parentType = segments.slice(0, -1).join('/');
  const actual = parseArmId(parentId)?.type ?? '';
  const isChild = segments.length > 2;
  if (isChild && actual.toLowerCase() === parentType.toLowerCase()) {
    return { id: `${parentId}/${segments.at(-1)}/${name}` };
  }
  const id = `${parentId}/providers/${armType}/${name}`;
  if (isResourceGroup(armType)) return { id: `${parentId}/resourceGroups/${name}` };
  if (!isChild) return { id };
  return {
    id,
    problem: `\`parent_id is invalid\`: \`type\` is ${armType}, \`parent_id\` must be the id of a ${parentType}, got ${actual || parentId}`,
  };
}

/** Whether a type is that of resource groups, whose parent may be left out: it is the provider's subscription. */
export function isResourceGroup(armType: string): boolean {
  return armType.toLowerCase() === 'microsoft.resources/resourcegroups';
}
