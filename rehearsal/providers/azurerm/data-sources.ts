import { describeId } from '../../azure/arm-names';
import { inlineChild } from '../../azure/inline-child';
import { idOf } from '../../azure/id-rule';
import type { Json, SimulatedResource } from '../../azure/simulated-azure';
import type { Store } from '../../azure/store';
import { uuidOf } from '../../azure/uuid';
import { fromJson } from '../../protocol/codec';
import { error } from '../../protocol/messages';
import type { Answer } from '../../protocol/provider';
import type { ObjectValue, Type, Value } from '../../protocol/value';
import { isList, mapValues } from '../../protocol/value';
import type { Block } from '../../schema/schema';
import { clientId, objectId, signedInTenantId } from '../client';
import { commonValue } from '../common-values';
import { withElements } from '../element-reads';
import { looksNothingUp } from './looks-nothing-up';
import { roleIdOf, roleNameOf, roleProblem } from './roles';

/** What a data source is asked. */
interface DataQuery {
  readonly type: string;
  readonly block: Block;
  readonly config: ObjectValue;
  readonly store: Store;
  readonly subscriptionId: string;
  /** Its lists of which the stacks read elements. @default - none */
  readonly read?: ReadonlySet<string>;
}

/** Values of a data source under its attribute names, or an error for the user. */
type Found = Readonly<Record<string, Json>> | string;

/** Data sources that read no resource. */
const special: Readonly<Record<string, (query: DataQuery) => Found | undefined>> = {
  azurerm_client_config: ({ subscriptionId }) => ({
    id: uuidOf('client config', subscriptionId),
    client_id: clientId,
    object_id: objectId,
    subscription_id: subscriptionId,
    tenant_id: signedInTenantId,
  }),
  // Azure makes one in each region.
  azurerm_network_watcher: ({ type, config, subscriptionId }) => {
    const location = /^NetworkWatcher_([a-z0-9]+)$/i.exec(String(config['name']))?.[1];
    return location === undefined
      ? undefined
      : { id: idOf(type, config, subscriptionId), location, tags: {} };
  },
  azurerm_role_definition: ({ config, store }) => {
    const name = String(config['name'] ?? roleNameOf(String(config['role_definition_id'] ?? ''), store));
    const id = roleIdOf(name, store);
    return (
      roleProblem(name) ?? { id, name, role_definition_id: id.split('/').at(-1) ?? '', type: 'BuiltInRole' }
    );
  },
  ...looksNothingUp,
};

/** Reads a data source: a special one, or the live resource of the same type that its arguments identify. */
export function readDataSource(query: DataQuery): Answer {
  const found = special[query.type]?.(query) ?? fromResource(query);
  if (typeof found === 'string') return { value: null, diagnostics: [error(found, '')] };
  const value = mapValues({ ...query.block.attributes, ...query.block.blocks }, (part, name): Value => {
    const given = query.config[name] ?? null;
    if (given !== null && !(isList(given) && given.length === 0)) return given;
    if (!('type' in part)) return given;
    const own = fromJson(found[name], part.type) ?? null;
    return own === null || (isList(own) && own.length === 0)
      ? (elementOf(query, name, part.type) ?? own)
      : own;
  });
  return { value, diagnostics: [] };
}

/** What a list of a data source holds that the resource does not have. */
function elementOf({ type, read }: DataQuery, name: string, listType: Type): Value | undefined {
  const computed = withElements(read, (attribute, valueType) =>
    commonValue(type, type, attribute, valueType, ''),
  );
  return read?.has(name) === true ? computed(name, listType, {}, '') : undefined;
}

function fromResource({ type, config, store, subscriptionId }: DataQuery): Found {
  const given = Object.entries(config).filter(
    ([name, value]) => name !== 'timeouts' && typeof value === 'string',
  );
  const match = store.list().find(resource => resource.type === type && fits(resource, given));
  const expected = idOf(type, config, subscriptionId);
  const found = (match ?? store.get(expected))?.attributes ?? inlineChild(store, expected);
  return found ?? `${describeId(expected)} was not found`;
}

function fits({ attributes }: SimulatedResource, given: readonly (readonly [string, Value])[]): boolean {
  return given.every(([name, value]) => {
    const own = attributes[name];
    return typeof own === 'string' && own.toLowerCase() === String(value).toLowerCase();
  });
}
