import { createHash } from 'node:crypto';
import { pairsOfArmId, parseArmId } from '../../../text/arm-id';
import type { ProviderFunction } from '../../protocol/provider';
import { isList } from '../../protocol/value';
import type { Type, Value } from '../../protocol/value';
import { composeId } from './resource-id';

const names: Type = ['list', 'string'];

const parsedType: Type = [
  'object',
  {
    id: 'string',
    type: 'string',
    name: 'string',
    parent_id: 'string',
    resource_group_name: 'string',
    subscription_id: 'string',
    provider_namespace: 'string',
    parts: ['map', 'string'],
  },
];

/** The provider functions of azapi, by name. Source: its documentation, version 2.12. */
export const azapiFunctions: Readonly<Record<string, ProviderFunction>> = {
  build_resource_id: {
    parameters: { parent_id: 'string', resource_type: 'string', name: 'string' },
    returns: 'string',
    call: (parent, type, name) => checked(composeId(String(type), String(parent), String(name))),
  },
  extension_resource_id: {
    parameters: { base_resource_id: 'string', resource_type: 'string', resource_names: names },
    returns: 'string',
    call: (base, type, given) => nested(String(base), String(type), given),
  },
  management_group_resource_id: {
    parameters: { management_group_name: 'string', resource_type: 'string', resource_names: names },
    returns: 'string',
    call: (group, type, given) =>
      nested(`/providers/Microsoft.Management/managementGroups/${String(group)}`, String(type), given),
  },
  resource_group_resource_id: {
    parameters: {
      subscription_id: 'string',
      resource_group_name: 'string',
      resource_type: 'string',
      resource_names: names,
    },
    returns: 'string',
    call: (subscription, group, type, given) =>
      nested(`/subscriptions/${String(subscription)}/resourceGroups/${String(group)}`, String(type), given),
  },
  subscription_resource_id: {
    parameters: { subscription_id: 'string', resource_type: 'string', resource_names: names },
    returns: 'string',
    call: (subscription, type, given) =>
      nested(`/subscriptions/${String(subscription)}`, String(type), given),
  },
  tenant_resource_id: {
    parameters: { resource_type: 'string', resource_names: names },
    returns: 'string',
    call: (type, given) => nested('', String(type), given),
  },
  parse_resource_id: {
    parameters: { resource_type: 'string', resource_id: 'string' },
    returns: parsedType,
    call: (type, id) => parsed(String(type), String(id)),
  },
  unique_string: {
    parameters: { input: names },
    returns: 'string',
    // Of the form of Azure's, and as unique; which letters they are is Azure's own.
    call: given => {
      const hash = createHash('sha256').update(textsOf(given).join('-')).digest();
      return Array.from(hash.subarray(0, 13), byte => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
    },
  },
};

function checked({ id, problem }: ReturnType<typeof composeId>): string {
  if (problem !== undefined) throw new Error(problem);
  return id;
}

/** The id of a type below a scope, with a name for each part of the type behind its namespace. */
function nested(scope: string, type: string, given: Value | undefined): string {
  const [namespace = '', ...parts] = type.split('@')[0]?.split('/') ?? [];
  const values = textsOf(given);
  if (values.length !== parts.length)
    throw new Error(
      `number of resource names does not match the number of resource types, expected ${parts.length}, got ${values.length}`,
    );
  const pairs = parts.map((part, i) => `${part}/${values[i] ?? ''}`).join('/');
  return `${scope}/providers/${namespace}/${pairs}`;
}

function parsed(type: string, id: string) {
  const read = parseArmId(id);
  const wanted = type.split('@')[0] ?? '';
  if (read?.type.toLowerCase() !== wanted.toLowerCase())
    throw new Error(
      `failed to parse resource ID(resourceType: ${type}, resourceId: ${id}): the id is of ${read?.type ?? 'no resource'}`,
    );
  return {
    id,
    type: wanted,
    name: read.name,
    parent_id: read.parent ?? '/',
    resource_group_name: read.resourceGroup ?? '',
    subscription_id: read.subscription ?? '',
    provider_namespace: wanted.split('/')[0] ?? '',
    parts: Object.fromEntries(pairsOfArmId(id)),
  };
}

function textsOf(given: Value | undefined): string[] {
  return isList(given) ? given.map(String) : [];
}
