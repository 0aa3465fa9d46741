import { pairsOfArmId, parseArmId } from '../../../text/arm-id';
import type { ProviderFunction } from '../../protocol/provider';

/** The provider functions of azurerm, by name. Source: its documentation, version 4.55. */
export const azurermFunctions: Readonly<Record<string, ProviderFunction>> = {
  normalise_resource_id: {
    parameters: { id: 'string' },
    returns: 'string',
    call: id => componentsOf(String(id)).normal,
  },
  parse_resource_id: {
    parameters: { id: 'string' },
    returns: [
      'object',
      {
        full_resource_type: 'string',
        parent_resources: ['map', 'string'],
        resource_group_name: 'string',
        resource_name: 'string',
        resource_provider: 'string',
        resource_scope: 'string',
        resource_type: 'string',
        subscription_id: 'string',
      },
    ],
    call: id => {
      const { pairs, type, subscription, resourceGroup } = componentsOf(String(id));
      const [namespace = ''] = type.includes('.') ? type.split('/') : [];
      const [last, name] = pairs.at(-1) ?? [];
      const around = ['subscriptions', 'resourcegroups', 'providers'];
      return {
        full_resource_type: type,
        parent_resources: Object.fromEntries(
          pairs.slice(0, -1).filter(([key]) => !around.includes(key.toLowerCase())),
        ),
        resource_group_name: resourceGroup ?? '',
        resource_name: name ?? '',
        resource_provider: namespace,
        resource_scope: '',
        resource_type: last ?? '',
        subscription_id: subscription ?? '',
      };
    },
  },
};

/** Fixed parts of ids as azurerm spells them. */
const spelled: Readonly<Record<string, string>> = {
  subscriptions: 'subscriptions',
  resourcegroups: 'resourceGroups',
  providers: 'providers',
};

function componentsOf(id: string) {
  const read = parseArmId(id);
  if (!read)
    throw new Error(
      `could not determine resource ID type from ${id}, ID may be malformed or currently not supported in the provider`,
    );
  const pairs = pairsOfArmId(id).map(([key, value]) => [spelled[key.toLowerCase()] ?? key, value] as const);
  return { ...read, pairs, normal: `/${pairs.flat().join('/')}` };
}
