import { SlmHost } from '../../../constructs/host';
import { PrivateNetwork } from '../../../constructs/network';
import { KeyVault } from '../../../constructs/security';
import { group, resourcesOf, surroundings } from '../synthesised';
import { chat, embeddings, engine } from './recipe';

type Resource = Readonly<Record<string, unknown>>;

/** A pool of machines in a network made beside it, with default props. */
function everything() {
  const { stack, ...around } = surroundings();
  const network = new PrivateNetwork(stack, 'NewNetwork', {
    name: 'vnet-new',
    resourceGroup: around.resourceGroup,
    hostsZoneName: 'dev.berth.internal',
  });
  new SlmHost(stack, 'Host', {
    ...around,
    network,
    keyVault: KeyVault.fromAttributes(stack, 'Vault', {
      id: `${group}/providers/Microsoft.KeyVault/vaults/kv-dev`,
      name: 'kv-dev',
    }),
    name: 'support',
    size: 'Standard_D4as_v5',
    count: 2,
    engine,
    models: [chat, embeddings],
  });
  return resourcesOf(stack);
}

const made = everything();
const all = (type: string) => Object.values(made[type] ?? {});
const interfaces = all('azurerm_network_interface');
const has = (expected: Resource) => (resource: Resource) => {
  expect(resource).toMatchObject(expected);
};
const addressesOf = (nic: Resource) => nic['ip_configuration'] as readonly Resource[];
const machine = 'azurerm_linux_virtual_machine';

/** One demand of PSRule.Rules.Azure, checkov, trivy or Azure Policy that must hold, by the rules that make it. */
const demands: readonly (readonly [
  rules: string,
  type: string,
  demand: string,
  check: (r: Resource) => void,
])[] = [
  [
    'Azure.VM.BasicSku, Azure.VM.PromoSku',
    machine,
    'is of a current size',
    ({ size }) => expect(size).toMatch(/^Standard_(?!.*_Promo$)/),
  ],
  [
    'Azure.VM.UseManagedDisks, CKV_AZURE_92, 06a78e20',
    machine,
    'has a managed disk',
    has({ os_disk: { storage_account_type: 'Premium_LRS' } }),
  ],
  [
    'Azure.VM.PublicKey, CKV_AZURE_1, CKV_AZURE_149, AZU-0039',
    machine,
    'has no password',
    resource => {
      expect(resource['disable_password_authentication']).toBe(true);
      expect(resource).not.toHaveProperty('admin_password');
    },
  ],
  [
    'Azure.VM.Agent, CKV_AZURE_179, bd876905',
    machine,
    'has the agent, which looks for updates',
    has({ provision_vm_agent: true, patch_assessment_mode: 'AutomaticByPlatform' }),
  ],
  ['1c30f9cd, b1bb3592', machine, 'boots trusted', has({ secure_boot_enabled: true, vtpm_enabled: true })],
  [
    'CKV_AZURE_45, AZU-0037, Azure.Deployment.SecureValue',
    machine,
    'carries no secret in its user data',
    ({ custom_data: data }) =>
      expect(Buffer.from(String(data), 'base64').toString()).not.toMatch(
        /-----BEGIN|sig=|AccountKey=|password:/i,
      ),
  ],
  [
    'Azure.VM.AMA, 1afdc4b6, Azure.VM.ScriptExtensions',
    'azurerm_virtual_machine_extension',
    'is the Azure Monitor agent and runs no command',
    resource => {
      expect(resource['type']).toBe('AzureMonitorLinuxAgent');
      expect(resource['settings']).not.toContain('commandToExecute');
    },
  ],
  [
    'CKV_AZURE_118, AZU-0075, 88c0b9da',
    'azurerm_network_interface',
    'forwards nothing',
    has({ ip_forwarding_enabled: false }),
  ],
  [
    'CKV_AZURE_119, CKV2_AZURE_39, AZU-0076, 83a86a26',
    'azurerm_network_interface',
    'has no public address',
    nic => expect(addressesOf(nic).filter(address => 'public_ip_address_id' in address)).toEqual([]),
  ],
  [
    'AZU-0068',
    'azurerm_network_interface',
    'stands in a subnet with a security group',
    nic => {
      const guarded = all('azurerm_subnet_nat_gateway_association').map(({ subnet_id: id }) => String(id));
      expect(guarded).toEqual([
        expect.stringMatching(/^\$\{azurerm_subnet_network_security_group_association\..*\.subnet_id\}$/),
      ]);
      expect(String(addressesOf(nic)[0]?.['subnet_id'])).toMatch(/azurerm_subnet_nat_gateway_association/);
    },
  ],
];

describe('security rules that must hold for a host', () => {
  it.each(demands)('%s: %s %s', (_, type, __, check) => {
    expect(all(type).length).toBeGreaterThan(0);
    all(type).forEach(check);
  });

  it('are checked on both machines', () => {
    expect(interfaces).toHaveLength(2);
  });
});
