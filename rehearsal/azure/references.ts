import { parseArmId, sameId } from '../../text/arm-id';
import { armTypesOf } from './arm-types';
import type { Json, SimulatedResource } from './simulated-azure';

/** Which resources keep another from being deleted, by Terraform type, with the code that Azure answers. */
interface UseRule {
  readonly code: string;
  readonly users: readonly string[];
}

/**
 * Children that Azure does not delete with their parent, by ARM type in lower case: it refuses the parent instead.
 * Source: "CannotDeleteResource" in public issue threads on private DNS zones and Foundry projects, read 2026-11.
 */
const stayingChildren: Readonly<Record<string, string>> = {
  'microsoft.network/privatednszones': 'microsoft.network/privatednszones/virtualnetworklinks',
  'microsoft.cognitiveservices/accounts': 'microsoft.cognitiveservices/accounts/projects',
};

/** The first live child that keeps its parent from being deleted. */
export function stayingChild(
  parent: SimulatedResource,
  live: readonly SimulatedResource[],
): SimulatedResource | undefined {
  const childType = stayingChildren[parseArmId(parent.id)?.type.toLowerCase() ?? ''];
  return live.find(other => {
    const parsed = parseArmId(other.id);
    return parsed?.type.toLowerCase() === childType && sameId(parsed?.parent ?? '', parent.id);
  });
}

const computeInSubnets = [
  'azurerm_network_interface',
  'azurerm_private_endpoint',
  'azurerm_lb',
  'azurerm_linux_virtual_machine_scale_set',
  'azurerm_orchestrated_virtual_machine_scale_set',
  'azurerm_bastion_host',
  'azurerm_container_app_environment',
  'azurerm_kubernetes_cluster',
  'azurerm_application_gateway',
  'azurerm_api_management',
  'azurerm_firewall',
  'azurerm_private_dns_resolver_inbound_endpoint',
  'azurerm_private_dns_resolver_outbound_endpoint',
  'azurerm_private_link_service',
  'azurerm_virtual_network_gateway',
  'azurerm_windows_virtual_machine_scale_set',
];

const machines = ['azurerm_linux_virtual_machine', 'azurerm_windows_virtual_machine'];

/** Sources: error codes of Microsoft.Network and Microsoft.Compute in their public documentation, read 2026-11. */
const uses: Readonly<Record<string, UseRule>> = {
  azurerm_subnet: { code: 'InUseSubnetCannotBeDeleted', users: computeInSubnets },
  azurerm_network_security_group: {
    code: 'InUseNetworkSecurityGroupCannotBeDeleted',
    users: [
      'azurerm_subnet_network_security_group_association',
      'azurerm_network_interface_security_group_association',
    ],
  },
  azurerm_nat_gateway: {
    code: 'InUseNatGatewayCannotBeDeleted',
    users: ['azurerm_subnet_nat_gateway_association'],
  },
  azurerm_public_ip: {
    code: 'PublicIPAddressCannotBeDeleted',
    users: [
      'azurerm_network_interface',
      'azurerm_lb',
      'azurerm_application_gateway',
      'azurerm_bastion_host',
      'azurerm_firewall',
      'azurerm_nat_gateway_public_ip_association',
      'azurerm_virtual_network_gateway',
    ],
  },
  azurerm_network_interface: { code: 'NicInUse', users: machines },
  azurerm_lb_backend_address_pool: {
    code: 'InUseBackendAddressPoolCannotBeDeleted',
    users: ['azurerm_lb_rule'],
  },
  azurerm_lb_probe: { code: 'InUseProbeCannotBeDeleted', users: ['azurerm_lb_rule'] },
  azurerm_managed_disk: {
    code: 'OperationNotAllowed',
    users: ['azurerm_virtual_machine_data_disk_attachment', ...machines],
  },
  azurerm_disk_encryption_set: {
    code: 'InUseDiskEncryptionSetCannotBeDeleted',
    users: ['azurerm_managed_disk', ...machines],
  },
};

/** Why a resource cannot be deleted. */
interface InUse {
  readonly code: string;
  readonly resource: SimulatedResource;
  readonly user: SimulatedResource;
}

/** The first live resource that keeps one of the doomed ones from being deleted. */
export function findUse(
  doomed: readonly SimulatedResource[],
  live: readonly SimulatedResource[],
): InUse | undefined {
  const doomedIds = new Set(doomed.map(({ id }) => id.toLowerCase()));
  for (const resource of doomed) {
    const rule = uses[resource.type];
    if (!rule) continue;
    const user = live.find(
      other =>
        isUser(rule, other) &&
        !doomedIds.has(other.id.toLowerCase()) &&
        mentions(other.attributes, resource.id),
    );
    if (user) return { code: rule.code, resource, user };
  }
  return undefined;
}

/** Resources of azapi count by their ARM type. */
function isUser({ users }: UseRule, other: SimulatedResource): boolean {
  if (other.type !== 'azapi_resource') return users.includes(other.type);
  const armType = parseArmId(other.id)?.type.toLowerCase();
  return users.some(user => armTypesOf(user).includes(armType ?? ''));
}

/** Whether a value holds this id somewhere. */
export function mentions(json: Json, id: string): boolean {
  if (typeof json === 'string') return sameId(json, id);
  return typeof json === 'object' && json !== null && Object.values(json).some(inner => mentions(inner, id));
}

/** Every ARM id inside a value, with the dotted path where it stands. The resource's own id is left out. */
export function armIdsIn(json: Json, own: string, path = ''): readonly { path: string; id: string }[] {
  if (typeof json === 'string') {
    return parseArmId(json) && !sameId(json, own) ? [{ path, id: json }] : [];
  }
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, inner]) => armIdsIn(inner, own, path ? `${path}.${key}` : key));
}
