import { createHash } from 'node:crypto';
import type { TerraformStack } from 'cdktf';
import { SlmHost } from '../../../constructs/host';
import type { SlmHostProps } from '../../../constructs/host';
import { KeyVault } from '../../../constructs/security';
import { group, inventory, messageOf, only, resourcesOf, surroundings } from '../synthesised';
import { chat, embeddings, engine } from './recipe';

const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-dev`;
const hostSubnetId = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-dev/subnets/hosts`;

function platform(name = 'kv-dev') {
  const { stack, ...rest } = surroundings();
  return { stack, ...rest, keyVault: KeyVault.fromAttributes(stack, 'Vault', { id: vaultId, name }) };
}

function hostOf(change: Partial<SlmHostProps> = {}) {
  const { stack, ...rest } = platform();
  const host = new SlmHost(stack, 'Host', {
    ...rest,
    name: 'support',
    size: 'Standard_D4as_v5',
    engine,
    models: [chat],
    ...change,
  });
  return { stack, host };
}

const customDataOf = (stack: TerraformStack, machine = 0) => {
  const machines = Object.values(resourcesOf(stack)['azurerm_linux_virtual_machine'] ?? {});
  return Buffer.from(String(machines[machine]?.['custom_data']), 'base64').toString('utf8');
};
/** As the machine gets it, without what Terraform's templates ask. */
const scriptOf = (stack: TerraformStack, machine = 0) => {
  const commands = Object.values(resourcesOf(stack)['azurerm_virtual_machine_run_command'] ?? {});
  const { script } = commands[machine]?.['source'] as { script: string };
  return script.replace(/([$%])\1\{/g, '$1{');
};
const refuse = (change: Partial<SlmHostProps>) => messageOf(() => hostOf(change));
const refusal = (problem: string) => `invalid props of dev/Host:\n  - ${problem}`;

describe('a host of one machine', () => {
  it('is a machine, its network interface, identity, name, health check and monitoring', () => {
    expect(inventory(resourcesOf(hostOf().stack))).toEqual({
      azurerm_linux_virtual_machine: [expect.any(String)],
      azurerm_monitor_data_collection_rule: [expect.any(String)],
      azurerm_monitor_data_collection_rule_association: [expect.any(String)],
      azurerm_network_interface: [expect.any(String)],
      azurerm_private_dns_a_record: [expect.any(String)],
      azurerm_role_assignment: [expect.any(String), expect.any(String), expect.any(String)],
      azurerm_user_assigned_identity: [expect.any(String)],
      azurerm_virtual_machine_extension: [expect.any(String)],
      azurerm_virtual_machine_run_command: [expect.any(String)],
    });
  });

  it('has an encrypted, trusted-launch machine without a password, at a pinned image', () => {
    const resources = resourcesOf(hostOf().stack);
    const [networkInterface] = Object.keys(resources['azurerm_network_interface'] ?? {});
    const [identity] = Object.keys(resources['azurerm_user_assigned_identity'] ?? {});
    expect(only(resources, 'azurerm_linux_virtual_machine')).toEqual({
      name: 'support',
      resource_group_name: 'rg-dev',
      location: 'westeurope',
      size: 'Standard_D4as_v5',
      network_interface_ids: [`\${azurerm_network_interface.${networkInterface}.id}`],
      admin_username: 'berth',
      admin_ssh_key: [
        { username: 'berth', public_key: expect.stringMatching(/^ssh-ed25519 AAAA\S+ unusable$/) },
      ],
      disable_password_authentication: true,
      custom_data: expect.any(String),
      source_image_reference: {
        publisher: 'Canonical',
        offer: 'ubuntu-24_04-lts',
        sku: 'server',
        version: '24.04.202609040',
      },
      os_disk: { caching: 'ReadWrite', storage_account_type: 'Premium_LRS', disk_size_gb: 64 },
      identity: {
        type: 'UserAssigned',
        identity_ids: [`\${azurerm_user_assigned_identity.${identity}.id}`],
      },
      encryption_at_host_enabled: true,
      secure_boot_enabled: true,
      vtpm_enabled: true,
      provision_vm_agent: true,
      allow_extension_operations: true,
      patch_mode: 'AutomaticByPlatform',
      patch_assessment_mode: 'AutomaticByPlatform',
      reboot_setting: 'IfRequired',
      boot_diagnostics: {},
      lifecycle: { ignore_changes: ['name', 'custom_data'] },
    });
  });

  it.each([
    ['Standard_D8ps_v5', false],
    ['Standard_E4pds_v5', false],
    ['Standard_ND96asr_v4', false],
    ['Standard_ND96amsr_A100_v4', false],
    ['Standard_D8ps_v6', true],
    ['Standard_D8s_v5', true],
    ['Standard_NC4as_T4_v3', true],
    ['Standard_NC24ads_A100_v4', true],
  ])('asks for trusted launch only where the size has it: %s', (size, trusted) => {
    const machine = only(resourcesOf(hostOf({ size }).stack), 'azurerm_linux_virtual_machine');
    const expected = trusted ? true : undefined;
    expect([machine['secure_boot_enabled'], machine['vtpm_enabled']]).toEqual([expected, expected]);
  });

  it('takes no size whose GPU needs a driver that is not installed, but without its GPU', () => {
    const a10 = { size: 'Standard_NV36ads_A10_v5' };
    expect(() => hostOf({ ...a10, engine: { ...engine, accelerator: 'cuda' } })).toThrow(
      "size must not be Standard_NV36ads_A10_v5, which takes Azure's GRID driver alone, which Berth does not install: choose another size",
    );
    expect(() => hostOf(a10)).not.toThrow();
  });

  it('has a network interface in the hosts subnet, without a public address', () => {
    expect(only(resourcesOf(hostOf().stack), 'azurerm_network_interface')).toEqual({
      name: 'nic-support',
      resource_group_name: 'rg-dev',
      location: 'westeurope',
      ip_forwarding_enabled: false,
      accelerated_networking_enabled: true,
      lifecycle: { ignore_changes: ['name'] },
      ip_configuration: [
        { name: 'internal', subnet_id: hostSubnetId, private_ip_address_allocation: 'Dynamic' },
      ],
    });
  });

  it('has its name in the private zone, in the group of the zone', () => {
    const resources = resourcesOf(hostOf().stack);
    const [networkInterface] = Object.keys(resources['azurerm_network_interface'] ?? {});
    expect(only(resources, 'azurerm_private_dns_a_record')).toEqual({
      name: 'support',
      zone_name: 'dev.berth.internal',
      resource_group_name: `\${element(split("/", "${group}/providers/Microsoft.Network/privateDnsZones/dev.berth.internal"), 4)}`,
      ttl: 300,
      depends_on: [expect.stringMatching(/^azurerm_virtual_machine_run_command\./)],
      records: [`\${azurerm_network_interface.${networkInterface}.private_ip_address}`],
    });
  });

  it('lets the machine read and write its own three secrets and no other', () => {
    const grants = Object.values(resourcesOf(hostOf().stack)['azurerm_role_assignment'] ?? {});
    expect(grants.map(({ scope, role_definition_name: role }) => [scope, role])).toEqual([
      [`${vaultId}/secrets/support-api-key`, 'Key Vault Secrets Officer'],
      [`${vaultId}/secrets/support-certificate`, 'Key Vault Secrets Officer'],
      [`${vaultId}/secrets/support-tls`, 'Key Vault Secrets Officer'],
    ]);
  });

  it('fails the deploy when the machine does not take its recipe, and says where to look', () => {
    const command = only(resourcesOf(hostOf().stack), 'azurerm_virtual_machine_run_command');
    expect(command['lifecycle']).toEqual({
      ignore_changes: ['source'],
      postcondition: [
        {
          condition: '${try(self.instance_view[0].exit_code, 0) == 0}',
          error_message: expect.stringMatching(
            /^support did not take its recipe, and serves as before: read the run command berth-recipe-[0-9a-f]{12} there, mend the cause and deploy again$/,
          ),
        },
      ],
    });
  });

  it.each<[string, Partial<SlmHostProps>]>([
    ['other weights', { models: [{ ...chat, weights: { ...chat.weights, sha256: 'e'.repeat(64) } }] }],
    ['another context', { models: [{ ...chat, contextTokens: 2048 }] }],
    ['another engine', { engine: { ...engine, version: 'b9999', sha256: 'f'.repeat(64) } }],
    ['another model', { models: [embeddings] }],
  ])('is the same machine with %s, and gets them by another run command', (_, change) => {
    const [before, after] = [hostOf(), hostOf(change)].map(({ stack }) => resourcesOf(stack));
    const machine = 'azurerm_linux_virtual_machine';
    expect(only(after ?? {}, machine)).toEqual(only(before ?? {}, machine));
    const names = [before, after].map(
      resources => only(resources ?? {}, 'azurerm_virtual_machine_run_command')['name'],
    );
    expect(new Set(names).size).toBe(2);
  });

  it('reports to the log workspace as its own identity', () => {
    const resources = resourcesOf(hostOf().stack);
    const [identity] = Object.keys(resources['azurerm_user_assigned_identity'] ?? {});
    expect(only(resources, 'azurerm_monitor_data_collection_rule')['destinations']).toEqual({
      log_analytics: [
        {
          name: 'logs',
          workspace_resource_id: `${group}/providers/Microsoft.OperationalInsights/workspaces/log-dev`,
        },
      ],
    });
    expect(only(resources, 'azurerm_virtual_machine_extension')).toMatchObject({
      publisher: 'Microsoft.Azure.Monitor',
      type: 'AzureMonitorLinuxAgent',
      settings: `{"authentication":{"managedIdentity":{"identifier-name":"mi_res_id","identifier-value":"\${azurerm_user_assigned_identity.${identity}.id}"}}}`,
    });
  });

  it('boots from a cloud-config that says nothing of what it serves, and turns SSH off', () => {
    const text = customDataOf(hostOf().stack);
    expect(text).toMatch(/^#cloud-config\n/);
    expect(text).toContain('- ssh.service');
    expect(text).not.toMatch(/support|phi|https/);
  });

  it('gets a recipe that is known at synthesis, without a secret', () => {
    const text = scriptOf(hostOf().stack);
    expect(text).toMatch(/^#!\/bin\/sh\n/);
    expect(text).toContain('"address": "support.dev.berth.internal"');
    expect(text).toContain('"vaultUri": "https://kv-dev.vault.azure.net/"');
    expect(text).not.toMatch(/\$\{Token|PRIVATE KEY-----\n[A-Za-z0-9+/]{20}|AccountKey/);
  });
});

describe('a host of several machines', () => {
  const { stack } = hostOf({
    count: 2,
    models: [chat, embeddings],
    port: 9443,
    osDiskGib: 256,
    engine: { ...engine, arch: 'arm64' },
    adminSshPublicKey: 'ssh-ed25519 AAAAC3Nz me',
  });
  const resources = resourcesOf(stack);

  it('puts them behind an internal load balancer with a rule and a health check for each model', () => {
    const [balancer] = Object.keys(resources['azurerm_lb'] ?? {});
    expect(only(resources, 'azurerm_lb')).toEqual({
      name: 'lbi-support',
      resource_group_name: 'rg-dev',
      location: 'westeurope',
      sku: 'Standard',
      frontend_ip_configuration: [
        { name: 'internal', subnet_id: hostSubnetId, private_ip_address_allocation: 'Dynamic' },
      ],
    });
    const probes = Object.values(resources['azurerm_lb_probe'] ?? {});
    expect(probes.map(({ protocol, port, request_path: path }) => [protocol, port, path])).toEqual([
      ['Https', 9443, '/health'],
      ['Https', 9444, '/health'],
    ]);
    const rules = Object.values(resources['azurerm_lb_rule'] ?? {});
    expect(rules.map(rule => [rule['frontend_port'], rule['backend_port']])).toEqual([
      [9443, 9443],
      [9444, 9444],
    ]);
    expect(only(resources, 'azurerm_private_dns_a_record')['records']).toEqual([
      `\${azurerm_lb.${balancer}.private_ip_address}`,
    ]);
  });

  it('makes everything a machine has for each of them', () => {
    const count = (type: string) => Object.keys(resources[type] ?? {}).length;
    expect([
      count('azurerm_linux_virtual_machine'),
      count('azurerm_network_interface'),
      count('azurerm_network_interface_backend_address_pool_association'),
      count('azurerm_virtual_machine_run_command'),
      count('azurerm_virtual_machine_extension'),
      count('azurerm_user_assigned_identity'),
    ]).toEqual([2, 2, 2, 2, 2, 1]);
    const machines = Object.values(resources['azurerm_linux_virtual_machine'] ?? {});
    expect(machines.map(({ name }) => name)).toEqual(['support-1', 'support-2']);
  });

  it('lets the first make the secrets, and brings the others their recipe after it, one by one', () => {
    expect(scriptOf(stack, 0)).toContain('"first": true');
    expect(scriptOf(stack, 1)).toContain('"first": false');
    const commands = Object.entries(resources['azurerm_virtual_machine_run_command'] ?? {});
    const [[first = ''] = [], [, second] = []] = commands;
    expect(second?.['depends_on']).toEqual([`azurerm_virtual_machine_run_command.${first}`]);
    expect(commands[0]?.[1]).not.toHaveProperty('depends_on');
  });

  it('takes image, disk and SSH key as given', () => {
    const [machine] = Object.values(resources['azurerm_linux_virtual_machine'] ?? {});
    expect(machine).toMatchObject({
      source_image_reference: { sku: 'server-arm64' },
      os_disk: { disk_size_gb: 256 },
      admin_ssh_key: [{ username: 'berth', public_key: 'ssh-ed25519 AAAAC3Nz me' }],
    });
    expect(customDataOf(stack)).not.toContain('ssh.service');
  });
});

describe('an endpoint of a host', () => {
  it('has an address that is known at synthesis, one port a model', () => {
    const { host } = hostOf({ models: [chat, embeddings] });
    expect([host.endpoint('phi-4-mini-instruct').address, host.endpoint('bge-m3').address]).toEqual([
      {
        api: 'openai-chat',
        baseUrl: 'https://support.dev.berth.internal:8443/v1',
        model: 'phi-4-mini-instruct',
        auth: 'api-key',
        keySource: 'https://kv-dev.vault.azure.net/secrets/support-api-key',
      },
      {
        api: 'openai-embeddings',
        baseUrl: 'https://support.dev.berth.internal:8444/v1',
        model: 'bge-m3',
        auth: 'api-key',
        keySource: 'https://kv-dev.vault.azure.net/secrets/support-api-key',
      },
    ]);
    expect(host.endpoint('bge-m3')).toBe(host.endpoint('bge-m3'));
  });

  it('lets a caller read the key and the certificate, once, however many models it calls', () => {
    const { stack, host } = hostOf({ models: [chat, embeddings] });
    const caller = { principalId: '11111111-2222-3333-4444-555555555555', principalType: 'Group' } as const;
    host.endpoint('phi-4-mini-instruct').grantInvoke('callers', caller);
    host.endpoint('bge-m3').grantInvoke('callers', caller);
    const grants = Object.values(resourcesOf(stack)['azurerm_role_assignment'] ?? {}).filter(
      ({ principal_id: id }) => id === caller.principalId,
    );
    expect(grants.map(({ scope, role_definition_name: role }) => [scope, role]).sort()).toEqual([
      [`${vaultId}/secrets/support-api-key`, 'Key Vault Secrets User'],
      [`${vaultId}/secrets/support-certificate`, 'Key Vault Secrets User'],
    ]);
  });

  it('is refused for a model that is not served', () => {
    const { host } = hostOf();
    expect(() => host.endpoint('gpt-4o')).toThrow(
      "support: serves no model 'gpt-4o'; it serves: phi-4-mini-instruct",
    );
  });

  it('has the same address when the host is imported, and makes nothing but grants', () => {
    const { stack, network, keyVault } = platform();
    const imported = SlmHost.fromAttributes(stack, 'Host', {
      name: 'support',
      network,
      keyVault,
      models: [chat, embeddings],
    });
    expect(imported.endpoint('bge-m3').address).toEqual(
      hostOf({ models: [chat, embeddings] }).host.endpoint('bge-m3').address,
    );
    imported
      .endpoint('bge-m3')
      .grantInvoke('callers', { principalId: '22222222-2222-4222-8222-222222222222', principalType: 'User' });
    expect(inventory(resourcesOf(stack))).toEqual({
      azurerm_role_assignment: [expect.any(String), expect.any(String)],
    });
  });
});

describe('the props of a host', () => {
  it.each<Partial<SlmHostProps>>([{ count: 1 }, { count: 20 }, { osDiskGib: 32 }, { osDiskGib: 4095 }])(
    'may be %j',
    change => {
      expect(refuse(change)).toBe('nothing was thrown');
    },
  );

  const limits = 'choose a number inside the limits';
  it.each<[string, Partial<SlmHostProps>]>([
    [`count must be a whole number from 1 to 20 machines, not 0: ${limits}`, { count: 0 }],
    [`count must be a whole number from 1 to 20 machines, not 21: ${limits}`, { count: 21 }],
    [`osDiskGib must be a whole number from 32 to 4095 GiB, not 31: ${limits}`, { osDiskGib: 31 }],
    [`osDiskGib must be a whole number from 32 to 4095 GiB, not 4096: ${limits}`, { osDiskGib: 4096 }],
    [
      'size must be a size such as Standard_D4as_v5, neither Basic_* nor *_Promo, not "Basic_A1": choose a current size',
      { size: 'Basic_A1' },
    ],
    [
      'size must be a size such as Standard_D4as_v5, neither Basic_* nor *_Promo, not "Standard_H8_Promo": choose a current size',
      { size: 'Standard_H8_Promo' },
    ],
    [
      'image.version must be a version, not "latest": name one, because latest replaces the machines whenever an image comes out',
      { image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' } },
    ],
    [
      'adminSshPublicKey must be one line of ssh-ed25519 or ssh-rsa, not "-----BEGIN": paste the public half of a key pair',
      { adminSshPublicKey: '-----BEGIN' },
    ],
    [
      'models[0].weights has no sha256: supply url and sha256 of a file that you verified; hashes are never invented',
      { models: [{ ...chat, weights: { ...chat.weights, sha256: null } }] },
    ],
  ])('are refused: %s', (problem, change) => {
    expect(refuse(change)).toBe(refusal(problem));
  });

  it('are refused all at once', () => {
    expect(refuse({ count: 0, size: 'x', name: 'Support' }).split('\n')).toHaveLength(4);
  });
});

describe('the SSH key that nobody has', () => {
  it('is the hash of a sentence', () => {
    const machine = only(resourcesOf(hostOf().stack), 'azurerm_linux_virtual_machine');
    const [key] = machine['admin_ssh_key'] as { public_key: string }[];
    const blob = Buffer.from(key?.public_key.split(' ')[1] ?? '', 'base64');
    expect(blob.subarray(0, 19).toString('latin1')).toBe('\0\0\0\x0bssh-ed25519\0\0\0\x20');
    expect(blob.subarray(19)).toEqual(
      createHash('sha256').update('cdktf-berth: nobody has the private half of this key.').digest(),
    );
  });
});
