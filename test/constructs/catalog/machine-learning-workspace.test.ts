import { MachineLearningWorkspace } from '../../../constructs/catalog';
import { group, inventory, messageOf, only, resourcesOf, surroundings, zoneId } from '../synthesised';

function minimal() {
  const around = surroundings();
  new MachineLearningWorkspace(around.stack, 'Ws', { ...around, name: 'mlw-dev-1a2b3' });
  return resourcesOf(around.stack);
}

const armType = 'Microsoft.MachineLearningServices/workspaces';

describe('a machine learning workspace', () => {
  it('has storage, vault, application insights, identity and a role for callers of its own', () => {
    const counts = Object.entries(inventory(minimal())).map(([type, ids]) => [type, ids.length]);
    expect(Object.fromEntries(counts)).toEqual({
      azapi_resource: 2,
      azapi_resource_action: 2,
      azurerm_application_insights: 1,
      azurerm_monitor_diagnostic_setting: 2,
      azurerm_private_endpoint: 4,
      azurerm_role_assignment: 7,
      azurerm_role_definition: 1,
      azurerm_storage_account: 1,
      azurerm_user_assigned_identity: 1,
    });
  });

  it('takes away on destroy what Azure makes beside application insights, which would keep the group', () => {
    const actions = Object.values(minimal()['azapi_resource_action'] ?? {});
    const gone = (id: string, type: string) => ({
      type,
      resource_id: `${group}/providers/${id}`,
      method: 'DELETE',
      when: 'destroy',
      ignore_not_found: true,
      depends_on: [expect.stringMatching(/^azurerm_application_insights\./)],
    });
    expect(actions).toEqual([
      gone(
        'Microsoft.Insights/actionGroups/Application Insights Smart Detection',
        'Microsoft.Insights/actionGroups@2023-01-01',
      ),
      gone(
        'Microsoft.AlertsManagement/smartDetectorAlertRules/Failure Anomalies - appi-mlw-dev-1a2b3',
        'Microsoft.AlertsManagement/smartDetectorAlertRules@2021-04-01',
      ),
    ]);
  });

  it('is closed, reads its storage as an identity, and lets models reach only approved hosts', () => {
    expect(only(minimal(), 'azapi_resource', armType)).toEqual({
      type: 'Microsoft.MachineLearningServices/workspaces@2025-12-01',
      parent_id: group,
      name: 'mlw-dev-1a2b3',
      location: 'swedencentral',
      identity: [
        {
          type: 'UserAssigned',
          identity_ids: [
            expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.Ws_Identity_\w+\.id\}$/),
          ],
        },
      ],
      body: {
        kind: 'Default',
        sku: { name: 'Basic', tier: 'Basic' },
        properties: {
          friendlyName: 'mlw-dev-1a2b3',
          storageAccount: expect.stringMatching(/^\$\{azurerm_storage_account\.Ws_Storage_\w+\.id\}$/),
          keyVault: expect.stringMatching(/^\$\{azapi_resource\.Ws_KeyVault_\w+\.id\}$/),
          applicationInsights: expect.stringMatching(
            /^\$\{azurerm_application_insights\.Ws_Insights_\w+\.id\}$/,
          ),
          primaryUserAssignedIdentity: expect.stringMatching(
            /^\$\{azurerm_user_assigned_identity\.\w+\.id\}$/,
          ),
          systemDatastoresAuthMode: 'Identity',
          publicNetworkAccess: 'Disabled',
          v1LegacyMode: false,
          provisionNetworkNow: true,
          managedNetwork: { isolationMode: 'AllowOnlyApprovedOutbound', outboundRules: {} },
        },
      },
      delete_query_parameters: { forceToPurge: ['true'] },
      retry: {
        error_message_regex: ['AuthorizationFailed', 'does not have authorization to perform action'],
      },
      timeouts: { create: '60m', update: '60m', delete: '60m' },
      depends_on: expect.arrayContaining([
        expect.stringMatching(/^azurerm_role_assignment\.Ws_VaultAdministrator_/),
      ]),
    });
  });

  it('keeps keys, public access and anonymous blobs off its storage', () => {
    expect(only(minimal(), 'azurerm_storage_account')).toEqual({
      name: 'stmlwdev1a2b3',
      resource_group_name: 'rg-dev',
      location: 'swedencentral',
      account_tier: 'Standard',
      account_replication_type: 'LRS',
      min_tls_version: 'TLS1_2',
      https_traffic_only_enabled: true,
      shared_access_key_enabled: false,
      default_to_oauth_authentication: true,
      local_user_enabled: false,
      allow_nested_items_to_be_public: false,
      public_network_access_enabled: false,
      network_rules: { default_action: 'Deny', bypass: ['AzureServices'] },
      sas_policy: { expiration_period: '01.00:00:00' },
      blob_properties: {
        delete_retention_policy: { days: 7 },
        container_delete_retention_policy: { days: 7 },
      },
    });
  });

  it('sends application telemetry to the log workspace, from identities only', () => {
    expect(only(minimal(), 'azurerm_application_insights')).toEqual({
      name: 'appi-mlw-dev-1a2b3',
      resource_group_name: 'rg-dev',
      location: 'swedencentral',
      application_type: 'web',
      workspace_id: `${group}/providers/Microsoft.OperationalInsights/workspaces/log-dev`,
      local_authentication_disabled: true,
    });
  });

  it('has private endpoints for itself, its vault, its blobs and its files', () => {
    const endpoints = Object.values(minimal().azurerm_private_endpoint ?? {});
    expect(endpoints.map(endpoint => endpoint.name).sort()).toEqual([
      'pe-kvmlwdev1a2b3-vault',
      'pe-mlw-dev-1a2b3-amlworkspace',
      'pe-stmlwdev1a2b3-blob',
      'pe-stmlwdev1a2b3-file',
    ]);
    expect(endpoints).toContainEqual(
      expect.objectContaining({
        name: 'pe-mlw-dev-1a2b3-amlworkspace',
        private_dns_zone_group: {
          name: 'default',
          private_dns_zone_ids: [
            zoneId('privatelink.api.azureml.ms'),
            zoneId('privatelink.notebooks.azure.net'),
          ],
        },
      }),
    );
  });

  it('gives its identity the roles that Azure asks for, each on one resource', () => {
    const assignments = Object.values(minimal().azurerm_role_assignment ?? {});
    const type = (scope: unknown) => /^\$\{(\w+\.Ws(_KeyVault)?)/.exec(String(scope))?.[1];
    expect(
      assignments.map(each => `${type(each.scope)}: ${String(each.role_definition_name)}`).sort(),
    ).toEqual([
      'azapi_resource.Ws: Contributor',
      'azapi_resource.Ws_KeyVault: Contributor',
      'azapi_resource.Ws_KeyVault: Key Vault Administrator',
      'azurerm_application_insights.Ws: Contributor',
      'azurerm_storage_account.Ws: Contributor',
      'azurerm_storage_account.Ws: Storage Blob Data Contributor',
      'azurerm_storage_account.Ws: Storage File Data Privileged Contributor',
    ]);
  });

  it('lets callers of endpoints score and nothing else', () => {
    expect(only(minimal(), 'azurerm_role_definition')).toEqual({
      name: 'Berth endpoint caller (mlw-dev-1a2b3)',
      role_definition_id: `\${uuidv5("url", "${group}|Berth endpoint caller (mlw-dev-1a2b3)")}`,
      description: 'Calls online endpoints of the workspace mlw-dev-1a2b3',
      scope: group,
      assignable_scopes: [group],
      permissions: [
        { actions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action'] },
      ],
    });
  });

  it('takes another place and hosts that models may call', () => {
    const around = surroundings();
    const allowedFqdns = ['pypi.org', '*.pythonhosted.org'];
    new MachineLearningWorkspace(around.stack, 'Ws', {
      ...around,
      name: 'mlw',
      location: 'eastus2',
      allowedFqdns,
    });
    const workspace = only(resourcesOf(around.stack), 'azapi_resource', armType);
    expect(workspace).toMatchObject({
      location: 'eastus2',
      body: {
        properties: {
          managedNetwork: {
            isolationMode: 'AllowOnlyApprovedOutbound',
            outboundRules: {
              'fqdn-pypi_org': { type: 'FQDN', category: 'UserDefined', destination: 'pypi.org' },
              'fqdn-any_pythonhosted_org': {
                type: 'FQDN',
                category: 'UserDefined',
                destination: '*.pythonhosted.org',
              },
            },
          },
        },
      },
    });
  });

  it('can be an existing one, which makes nothing and says in which role its endpoints are called', () => {
    const { stack } = surroundings();
    const attributes = {
      id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/mlw-old',
      resourceGroupName: 'rg-ml',
      location: 'eastus2',
    };
    expect(MachineLearningWorkspace.fromAttributes(stack, 'Old', attributes)).toMatchObject({
      ...attributes,
      endpointCallerRole: 'AzureML Data Scientist',
    });
    const withRole = {
      ...attributes,
      endpointCallerRoleId:
        '/providers/Microsoft.Authorization/roleDefinitions/44444444-4444-4444-8444-444444444444',
    };
    expect(MachineLearningWorkspace.fromAttributes(stack, 'Other', withRole)).toMatchObject({
      endpointCallerRole: {
        definitionId:
          '/providers/Microsoft.Authorization/roleDefinitions/44444444-4444-4444-8444-444444444444',
      },
    });
    expect(inventory(resourcesOf(stack))).toEqual({});
  });

  it('reports every prop that Azure would refuse, at once', () => {
    const around = surroundings();
    const props = { ...around, name: 'ml', allowedFqdns: ['https://pypi.org/simple'] };
    expect(messageOf(() => new MachineLearningWorkspace(around.stack, 'Ws', props))).toBe(
      [
        'invalid props of dev/Ws:',
        '  - name must be 3 to 33 letters, digits, underscores and hyphens that begin with a letter or digit, at most 22 ' +
          'of them letters and digits, not "ml": choose a name that fits',
        '  - allowedFqdns must be different host names in lower case, such as pypi.org or *.pythonhosted.org, not ' +
          '["https://pypi.org/simple"]: write only the host, without scheme, port or path',
      ].join('\n'),
    );
  });

  it.each([
    ['mlw', true],
    ['0-0_0', true],
    ['m'.repeat(22), true],
    [`${'m-'.repeat(11)}${'m'.repeat(11)}`, true],
    ['ml', false],
    ['-mlw', false],
    ['m'.repeat(23), false],
    [`mlw${'-'.repeat(31)}`, false],
    ['mlw.dev', false],
  ])('the name %j is allowed: %s', (name, allowed) => {
    const around = surroundings();
    expect(messageOf(() => new MachineLearningWorkspace(around.stack, 'Ws', { ...around, name }))).toBe(
      allowed
        ? 'nothing was thrown'
        : 'invalid props of dev/Ws:\n  - name must be 3 to 33 letters, digits, underscores and hyphens that begin with a ' +
            `letter or digit, at most 22 of them letters and digits, not ${JSON.stringify(name)}: choose a name that fits`,
    );
  });
});
