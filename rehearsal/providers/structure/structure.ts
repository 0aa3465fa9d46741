import { uuidOf } from '../../azure/uuid';
import type { ObjectValue, Type, Value } from '../../protocol/value';
import type { Bindings } from '../../schema/bindings';
import { bindingsCatalogue } from '../../schema/catalogue';
import type { SchemaCatalogue } from '../../schema/catalogue';
import { blockType } from '../../schema/schema';
import type { TypeSchema } from '../../schema/schema';
import { clientId, objectId, signedInTenantId } from '../client';
import { commonValue } from '../common-values';
import { planBlock } from '../plan-values';
import { settle } from '../settle';
import type { SimulatedProvider, World } from '../simulated-provider';
import { stateOnly } from '../state-only/state-only-provider';
import type { StateOnlyFacts } from '../state-only/state-only-provider';
import type { Draw } from '../state-only/draws';

/**
 * A provider of which nothing is known but what its bindings tell: its resources are in Terraform's state alone, what it computes has the
 * form that its name suggests, and nothing but a name forces a replacement.
 */
export function providerByStructure({ address, lib }: Bindings): SimulatedProvider {
  return stateOnly(address, world => factsOf(bindingsCatalogue(lib, address.split('/').at(-1) ?? ''), world));
}

const dataPrefix = 'data.';

function factsOf(catalogue: SchemaCatalogue, { azure }: World): StateOnlyFacts {
  const data = catalogue.types.filter(type => type.startsWith(dataPrefix));
  const resources = catalogue.types.filter(type => !type.startsWith(dataPrefix));
  const resource = (type: string): [string, NonNullable<StateOnlyFacts['resources']>[string]] => [
    type,
    {
      schema: catalogue.resource(type),
      made: (planned, draw) => {
        azure.store.noteStructureOnly(type);
        return computed(catalogue.resource(type), planned, draw);
      },
      imported: id => ({ id }),
    },
  ];
  const source = (name: string): [string, NonNullable<StateOnlyFacts['data']>[string]] => {
    const type = name.slice(dataPrefix.length);
    const schema = catalogue.data(type);
    const read = (config: ObjectValue, draw: Draw): ObjectValue => ({
      ...computed(schema, planBlock(schema.block, config, null), draw),
      ...(isAboutTheCaller(type) ? caller : {}),
    });
    return [type, { schema, read }];
  };
  return {
    protocol: 5,
    settings: catalogue.provider,
    resources: Object.fromEntries(resources.map(resource)),
    data: Object.fromEntries(data.map(source)),
  };
}

/** Who runs Terraform is the same for every provider of one cloud. */
const caller: ObjectValue = { client_id: clientId, object_id: objectId, tenant_id: signedInTenantId };

function isAboutTheCaller(type: string): boolean {
  return type.endsWith('_client_config');
}

/** The planned value with everything that is unknown in it computed. */
function computed({ block }: TypeSchema, planned: ObjectValue, draw: Draw): ObjectValue {
  const id = draw.uuid();
  const name = ['name', 'display_name'].map(key => planned[key]).find(value => typeof value === 'string');
  const valueOf = (attribute: string, type: Type): Value | undefined =>
    attribute === 'id'
      ? id
      : (commonValue(id, String(name ?? id), attribute, type, '') ?? listOfIds(id, attribute, planned, type));
  return settle(planned, blockType(block), valueOf) as ObjectValue;
}

/** `object_ids` has one for each of what was asked for under the longest other list. */
function listOfIds(id: string, attribute: string, planned: ObjectValue, type: Type): Value | undefined {
  if (!/_ids$/.test(attribute) || !Array.isArray(type) || type[0] === 'map' || type[1] !== 'string')
    return undefined;
  const asked = Object.values(planned).flatMap(value => (Array.isArray(value) ? [value.length] : []));
  return Array.from({ length: Math.max(0, ...asked) }, (_, i) => uuidOf(id, attribute, String(i)));
}
