import { Testing } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import { KeyVault, WorkloadIdentity } from '../../../constructs/security';
import { group, inventory, messageOf, only, resolved, resourcesOf, surroundings } from '../synthesised';

const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-old`;
/** An expression that matches a pattern. */
const expression = (pattern: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${pattern.replaceAll('.', '\\.')}\\}$`));
const person = { principalId: '11111111-1111-1111-1111-111111111111', principalType: 'User' } as const;

describe('a key vault', () => {
  it('is closed, purge-protected, logged and reached only through its private endpoint', () => {
    const around = surroundings();
    new KeyVault(around.stack, 'Vault', { ...around, name: 'kv-dev' });
    const resources = resourcesOf(around.stack);
    expect(Object.keys(resources).sort()).toEqual([
      'azapi_resource',
      'azurerm_monitor_diagnostic_setting',
      'azurerm_private_endpoint',
    ]);
    const [deleted, client] = [
      'data.azapi_resource.Vault_Deleted_',
      'data.azurerm_client_config.Vault_Client_',
    ];
    expect(only(resources, 'azapi_resource')).toEqual({
      type: 'Microsoft.KeyVault/vaults@2026-02-01',
      name: 'kv-dev',
      parent_id: group,
      location: 'swedencentral',
      body: {
        properties: {
          tenantId: expression(`${client}\\w+.tenant_id`),
          sku: { family: 'A', name: 'standard' },
          accessPolicies: [],
          enableRbacAuthorization: true,
          enableSoftDelete: true,
          enablePurgeProtection: true,
          softDeleteRetentionInDays: 90,
          publicNetworkAccess: 'Disabled',
          networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' },
          createMode: expression(`${deleted}\\w+.exists \\? "recover" : null`),
        },
      },
      ignore_null_property: true,
      response_export_values: ['properties.vaultUri'],
    });
    expect(only(resources, 'azurerm_private_endpoint')).toMatchObject({ name: 'pe-kv-dev-vault' });
  });

  it('takes another place, tenant and retention', () => {
    const around = surroundings();
    const special = {
      location: 'northeurope',
      tenantId: '33333333-3333-4333-8333-333333333333',
      softDeleteRetentionDays: 7,
    };
    new KeyVault(around.stack, 'Vault', { ...around, name: 'kv-dev', ...special });
    expect(only(resourcesOf(around.stack), 'azapi_resource')).toMatchObject({
      location: 'northeurope',
      body: {
        properties: { tenantId: '33333333-3333-4333-8333-333333333333', softDeleteRetentionInDays: 7 },
      },
    });
  });

  it('looks for a deleted vault of its name where it is made, unless told not to', () => {
    const [looking, not] = [surroundings(), surroundings()];
    new KeyVault(looking.stack, 'Vault', { ...looking, name: 'kv-dev', location: 'northeurope' });
    new KeyVault(not.stack, 'Vault', { ...not, name: 'kv-dev', recoverSoftDeleted: false });
    const data = (stack: TerraformStack): Record<string, object> =>
      (JSON.parse(Testing.synth(stack)) as { data: Record<string, object> }).data;
    expect(Object.values(data(looking.stack).azapi_resource ?? {})).toEqual([
      {
        type: 'Microsoft.KeyVault/locations/deletedVaults@2026-02-01',
        resource_id: expect.stringMatching(
          /^\/subscriptions\/\$\{data\.azurerm_client_config\.\w+\.subscription_id\}\/providers\/Microsoft\.KeyVault\/locations\/northeurope\/deletedVaults\/kv-dev$/,
        ),
        ignore_not_found: true,
      },
    ]);
    expect(data(not.stack)).not.toHaveProperty('azapi_resource');
    expect(only(resourcesOf(not.stack), 'azapi_resource')).not.toHaveProperty('body.properties.createMode');
  });

  it('has an address that is known before it is made', () => {
    const around = surroundings();
    expect(new KeyVault(around.stack, 'Vault', { ...around, name: 'KV-Dev' }).vaultUri).toBe(
      'https://kv-dev.vault.azure.net/',
    );
  });

  it('grants one role a call, on one secret or on all', () => {
    const { stack, resourceGroup } = surroundings();
    const vault = KeyVault.fromAttributes(stack, 'Vault', { id: vaultId, name: 'kv-old' });
    const app = new WorkloadIdentity(stack, 'App', { name: 'id-app', resourceGroup });
    vault.grantSecretsUser('Reader', person);
    vault.grantSecretsOfficer('Host', app, 'api-key');
    vault.grantEncryptionUser('Disks', app);
    const grant = (role: string, scope: string) => ({
      // Known beforehand, so that a grant whose answer was lost can be found again.
      name: expect.stringContaining(`\${uuidv5("url", "${scope}|${role}|`),
      scope,
      role_definition_name: role,
    });
    const byApp = {
      principal_id: expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.App_\w+\.principal_id\}$/),
      principal_type: 'ServicePrincipal',
      skip_service_principal_aad_check: true,
    };
    const assignments = Object.values(resourcesOf(stack).azurerm_role_assignment ?? {});
    expect(assignments).toHaveLength(3);
    expect(assignments).toEqual(
      expect.arrayContaining([
        {
          ...grant('Key Vault Secrets User', vaultId),
          principal_id: person.principalId,
          principal_type: 'User',
        },
        { ...grant('Key Vault Secrets Officer', `${vaultId}/secrets/api-key`), ...byApp },
        { ...grant('Key Vault Crypto Service Encryption User', vaultId), ...byApp },
      ]),
    );
  });

  it('can be an existing one, which makes nothing', () => {
    const { stack } = surroundings();
    const vault = KeyVault.fromAttributes(stack, 'Vault', { id: vaultId, name: 'kv-old' });
    expect([vault.id, vault.vaultUri]).toEqual([vaultId, 'https://kv-old.vault.azure.net/']);
    expect(inventory(resourcesOf(stack))).toEqual({});
  });

  it('reports every prop that Azure would refuse, at once', () => {
    const around = surroundings();
    const props = { ...around, name: '1', softDeleteRetentionDays: 6 };
    expect(messageOf(() => new KeyVault(around.stack, 'Vault', props))).toBe(
      [
        'invalid props of dev/Vault:',
        '  - name must be 3 to 24 letters, digits and single hyphens that begin with a letter and end with a letter or ' +
          'digit, not "1": choose a name that fits',
        '  - softDeleteRetentionDays must be a whole number from 7 to 90 days, not 6: choose a number inside the limits',
      ].join('\n'),
    );
  });

  it.each([
    ['kv1', true],
    ['kv-dev-1a2b3', true],
    ['k'.repeat(24), true],
    ['kv', false],
    ['k'.repeat(25), false],
    ['1kv', false],
    ['kv--dev', false],
    ['kv-', false],
    ['kv_dev', false],
  ])('the name %j is allowed: %s', (name, allowed) => {
    const around = surroundings();
    const message = messageOf(() => new KeyVault(around.stack, 'Vault', { ...around, name }));
    expect(message === 'nothing was thrown').toBe(allowed);
  });
});

describe('a workload identity', () => {
  it('is a service principal that roles can be granted to', () => {
    const { stack, resourceGroup } = surroundings();
    const identity = new WorkloadIdentity(stack, 'App', { name: 'id-app', resourceGroup });
    expect(only(resourcesOf(stack), 'azurerm_user_assigned_identity')).toEqual({
      name: 'id-app',
      resource_group_name: 'rg-dev',
      location: 'swedencentral',
    });
    expect(identity.principalType).toBe('ServicePrincipal');
    expect(resolved(stack, [identity.id, identity.principalId, identity.clientId])).toEqual([
      expect.stringMatching(/\.id\}$/),
      expect.stringMatching(/\.principal_id\}$/),
      expect.stringMatching(/\.client_id\}$/),
    ]);
  });

  it('can be an existing one, which makes nothing', () => {
    const { stack } = surroundings();
    const attributes = {
      id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-dev/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-old',
      principalId: '22222222-2222-4222-8222-222222222222',
      clientId: '33333333-3333-4333-8333-333333333333',
    };
    expect(WorkloadIdentity.fromAttributes(stack, 'App', attributes)).toMatchObject({
      ...attributes,
      principalType: 'ServicePrincipal',
    });
    expect(inventory(resourcesOf(stack))).toEqual({});
  });

  it.each([
    ['id1', true],
    ['i'.repeat(128), true],
    ['id', false],
    ['-id', false],
    ['i'.repeat(129), false],
    ['id.1', false],
  ])('the name %j is allowed: %s', (name, allowed) => {
    const { stack, resourceGroup } = surroundings();
    expect(messageOf(() => new WorkloadIdentity(stack, 'App', { name, resourceGroup }))).toBe(
      allowed
        ? 'nothing was thrown'
        : 'invalid props of dev/App:\n  - name must be 3 to 128 letters, digits, hyphens and underscores that begin with ' +
            `a letter or digit, not ${JSON.stringify(name)}: choose a name that fits`,
    );
  });
});
