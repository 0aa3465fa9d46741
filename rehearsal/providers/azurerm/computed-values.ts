import { parseArmId, resourceGroupId } from '../../../text/arm-id';
import type { Store } from '../../azure/store';
import { hexOf, uuidOf } from '../../azure/uuid';
import { hostNames } from '../../facts/host-names';
import { inlineChildren } from '../../facts/inline-children';
import type { ObjectValue, Type, Value } from '../../protocol/value';
import { signedInTenantId } from '../client';
import { commonValue } from '../common-values';
import { roleIdOf, roleNameOf } from './roles';
import { addressIn } from './addresses';

/** The resource whose attribute Azure computes. */
interface Subject {
  readonly id: string;
  readonly type: string;
  /** All planned attributes; computed ones are still unknown. */
  readonly planned: ObjectValue;
  readonly store: Store;
}

type Rule = (subject: Subject, owner: ObjectValue) => Value | undefined;

const name = ({ id, planned }: Subject) => String(planned['name'] ?? parseArmId(id)?.name ?? '');

const text = (value: Value | undefined) => (typeof value === 'string' ? value : '');

/** Attributes of one type whose value other resources parse. Everything else follows {@link commonValue}. */
const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  azurerm_ai_services: { endpoint: ({ planned }) => cognitiveEndpoint(planned) },
  azurerm_cognitive_account: {
    endpoint: ({ planned }) => cognitiveEndpoint(planned),
    primary_access_key: subject => accountKey(subject, 'primary'),
    secondary_access_key: subject => accountKey(subject, 'secondary'),
  },
  azurerm_cognitive_account_project: {
    endpoints: subject => ({
      'AI Foundry API': `https://${parentName(subject)}.services.ai.azure.com/api/projects/${name(subject)}`,
    }),
  },
  azurerm_disk_encryption_set: { key_vault_key_url: ({ planned }) => text(planned['key_vault_key_id']) },
  azurerm_key_vault_key: {
    version: ({ id }) => id.split('/').at(-1) ?? '',
    versionless_id: ({ id }) => id.replace(/\/[^/]+$/, ''),
    resource_id: ({ id, planned }) => vaultResource(planned, 'keys', `/versions/${id.split('/').at(-1)}`),
    resource_versionless_id: ({ planned }) => vaultResource(planned, 'keys', ''),
  },
  azurerm_key_vault_secret: {
    version: ({ id }) => id.split('/').at(-1) ?? '',
    versionless_id: ({ id }) => id.replace(/\/[^/]+$/, ''),
    resource_id: ({ id, planned }) => vaultResource(planned, 'secrets', `/versions/${id.split('/').at(-1)}`),
    resource_versionless_id: ({ planned }) => vaultResource(planned, 'secrets', ''),
  },
  azurerm_lb: {
    private_ip_address: (subject, owner) => addressIn(subject.store, text(owner['subnet_id']), subject.id),
  },
  azurerm_linux_virtual_machine: {
    computer_name: name,
    os_managed_disk_id: osDiskId,
    private_ip_address: subject => interfaceAddresses(subject)[0] ?? '',
    private_ip_addresses: interfaceAddresses,
  },
  azurerm_network_interface: {
    private_ip_address: subject => nicAddress(subject),
    private_ip_addresses: subject => [nicAddress(subject)],
    // A new interface is attached to no machine yet.
    virtual_machine_id: () => '',
  },
  azurerm_private_dns_a_record: {
    fqdn: ({ planned }) => `${text(planned['name'])}.${text(planned['zone_name'])}.`,
  },
  azurerm_private_endpoint: {
    private_ip_address: subject => addressIn(subject.store, text(subject.planned['subnet_id']), subject.id),
  },
  azurerm_public_ip: {
    ip_address: ({ id }) => `203.0.113.${1 + (parseInt(hexOf(4, id), 16) % 254)}`,
    fqdn: ({ planned }) =>
      text(planned['domain_name_label']) &&
      `${text(planned['domain_name_label'])}.${text(planned['location'])}.cloudapp.azure.com`,
  },
  azurerm_role_assignment: {
    name: ({ id }) => parseArmId(id)?.name ?? '',
    role_definition_id: ({ planned, store }) => roleIdOf(text(planned['role_definition_name']), store),
    role_definition_name: ({ planned, store }) => roleNameOf(text(planned['role_definition_id']), store),
    principal_type: () => 'ServicePrincipal',
  },
  azurerm_role_definition: {
    role_definition_id: ({ id }) => id.split('|')[0]?.split('/').at(-1) ?? '',
    role_definition_resource_id: ({ id }) => id.split('|')[0] ?? '',
  },
};

/** The value that Azure computes for an attribute; undefined when nothing is known about it. */
export function computedValue(
  subject: Subject,
  attribute: string,
  type: Type,
  owner: ObjectValue,
  block = '',
): Value | undefined {
  const rule = rules[subject.type]?.[attribute];
  if (attribute === 'id' && owner === subject.planned) return subject.id;
  const collection = inlineChildren[subject.type]?.[block];
  if (attribute === 'id' && collection !== undefined)
    return `${subject.id}/${collection}/${text(owner['name'])}`;
  if (rule) return rule(subject, owner);
  const address = hostNames[subject.type]?.[attribute];
  if (address !== undefined) return hostName(subject, address);
  const isIdentity = 'identity_ids' in owner && 'principal_id' in owner;
  if (isIdentity) return identityValue(subject, attribute, owner);
  return commonValue(subject.id, name(subject), attribute, type, text(subject.planned['location']));
}

function hostName(subject: Subject, template: string): string {
  return template
    .replaceAll('{name}', name(subject).toLowerCase())
    .replaceAll('{location}', text(subject.planned['location']));
}

/** Only a system-assigned identity has a principal of its own. */
function identityValue({ id }: Subject, attribute: string, owner: ObjectValue): Value {
  if (!text(owner['type']).includes('SystemAssigned')) return '';
  return attribute === 'tenant_id' ? signedInTenantId : uuidOf(id, 'identity', attribute);
}

function cognitiveEndpoint(planned: ObjectValue): string {
  const subdomain = text(planned['custom_subdomain_name']);
  if (!subdomain) return `https://${text(planned['location'])}.api.cognitive.microsoft.com/`;
  const domain = planned['kind'] === 'OpenAI' ? 'openai.azure.com' : 'cognitiveservices.azure.com';
  return `https://${subdomain}.${domain}/`;
}

/** Without local authentication Azure hands out no keys. */
function accountKey({ id, planned }: Subject, which: string): string {
  return planned['local_auth_enabled'] === false ? '' : `simulated-${which}-key-${hexOf(8, id, which)}`;
}

function parentName({ id }: Subject): string {
  return parseArmId(parseArmId(id)?.parent ?? '')?.name ?? '';
}

function vaultResource(planned: ObjectValue, collection: string, rest: string): string {
  return `${text(planned['key_vault_id'])}/${collection}/${text(planned['name'])}${rest}`;
}

/** Azure makes the system disk with the machine, in the machine's group, under a name of its own. */
function osDiskId(subject: Subject): string {
  const { id } = subject;
  const disk = `${name(subject)}_OsDisk_1_${hexOf(32, id, 'os disk')}`;
  return `${resourceGroupId(id)}/providers/Microsoft.Compute/disks/${disk}`;
}

function nicAddress({ id, planned, store }: Subject): string {
  const configurations = planned['ip_configuration'];
  const first = (Array.isArray(configurations) ? configurations[0] : undefined) as ObjectValue | undefined;
  const fixed = text(first?.['private_ip_address']);
  return fixed || addressIn(store, text(first?.['subnet_id']), id);
}

function interfaceAddresses({ planned, store }: Subject): readonly string[] {
  const ids = planned['network_interface_ids'];
  if (!Array.isArray(ids)) return [];
  return ids
    .map(id => store.get(text(id as Value))?.attributes['private_ip_address'])
    .filter(ip => typeof ip === 'string');
}
