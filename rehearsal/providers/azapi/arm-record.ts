import { parseArmId } from '../../../text/arm-id';
import type { Json, SimulatedResource } from '../../azure/simulated-azure';
import { azurermBody } from '../../facts/azurerm-bodies';
import { mapValues } from '../../protocol/value';
import type { Block } from '../../schema/schema';
import { azapiResources } from './schema';

/** Schema of `azapi_resource`. */
export const azapiBlock: Block = azapiResources['azapi_resource']?.block ?? { attributes: {}, blocks: {} };

/** The attributes that an `azapi_resource` has where nothing sets them. */
export const azapiDefaults: Readonly<Record<string, Json>> = mapValues(
  azapiBlock.attributes,
  attribute => attribute.default ?? null,
);

/**
 * A record under the attributes of an `azapi_resource`, whoever wrote it; undefined where it is another provider's and the rehearsal
 * does not know its body.
 */
export function azapiRecord({ id, type, attributes }: SimulatedResource): SimulatedResource | undefined {
  if (type === 'azapi_resource') return { id, type, attributes };
  const known = azurermBody(type);
  if (!known) return undefined;
  const parsed = parseArmId(id);
  const own: Readonly<Record<string, Json>> = {
    id,
    type: `${parsed?.type}@${known.newest}`,
    name: parsed?.name ?? '',
    parent_id: parsed?.parent ?? '',
    location: attributes['location'] ?? null,
    tags: attributes['tags'] ?? null,
    body: known.bodyOf(attributes),
  };
  return { id, type: 'azapi_resource', attributes: own };
}
