import { FoundryAccount } from '../../../constructs/openai';
import type { ManagedComputeDeploymentOptions, ModelDeploymentOptions } from '../../../constructs/openai';
import { WorkloadIdentity } from '../../../constructs/security';
import {
  group,
  inventory,
  messageOf,
  only,
  resolved,
  resourcesOf,
  surroundings,
  zoneId,
} from '../synthesised';

const accountId = `${group}/providers/Microsoft.CognitiveServices/accounts/aif-old`;
const filter = {
  name: 'Hate',
  source: 'Prompt',
  severityThreshold: 'Low',
  filterEnabled: true,
  blockEnabled: true,
} as const;

function chat(name: string): ModelDeploymentOptions {
  return {
    name,
    model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
    sku: { name: 'GlobalStandard', capacity: 50 },
    api: 'openai-chat',
  };
}

function managed(): ManagedComputeDeploymentOptions {
  const registry = 'azureml://registries/azure-huggingface';
  return {
    name: 'qwen',
    model: `${registry}/models/qwen--qwen3-32b/versions/3`,
    deploymentTemplate: `${registry}/deploymenttemplates/qwen--qwen3-32b--40k-nvidia-h100/labels/latest`,
    acceleratorType: 'H100_80GB',
  };
}

/** Name of the element that each child of the account waits for, in the order of the chain. */
function chainOf(stack: Parameters<typeof resourcesOf>[0]): string[] {
  const children = Object.values(resourcesOf(stack)).flatMap(byId => Object.entries(byId));
  const after = new Map(
    children.flatMap(([id, attributes]) =>
      ((attributes.depends_on as string[] | undefined) ?? []).map(on => [on.split('.')[1], id]),
    ),
  );
  const chain = [Object.keys(resourcesOf(stack).azurerm_monitor_diagnostic_setting ?? {})[0] ?? 'no start'];
  for (let next = after.get(chain[0]); next !== undefined; next = after.get(next)) chain.push(next);
  return chain.map(id => id.replace(/_[0-9A-F]{8}$/, ''));
}

describe('a Foundry account', () => {
  it('has no keys, no public network access, and answers in three zones', () => {
    const around = surroundings();
    const account = new FoundryAccount(around.stack, 'Account', { ...around, name: 'aif-dev' });
    const resources = resourcesOf(around.stack);
    expect(Object.keys(resources).sort()).toEqual([
      'azurerm_cognitive_account',
      'azurerm_monitor_diagnostic_setting',
      'azurerm_private_endpoint',
    ]);
    expect(only(resources, 'azurerm_cognitive_account')).toEqual({
      name: 'aif-dev',
      resource_group_name: 'rg-dev',
      location: 'swedencentral',
      kind: 'AIServices',
      sku_name: 'S0',
      custom_subdomain_name: 'aif-dev',
      public_network_access_enabled: false,
      local_auth_enabled: false,
      outbound_network_access_restricted: true,
      project_management_enabled: false,
      network_acls: { default_action: 'Deny', bypass: 'None' },
      identity: { type: 'SystemAssigned' },
    });
    expect(only(resources, 'azurerm_private_endpoint')).toMatchObject({
      name: 'pe-aif-dev-account',
      location: 'westeurope',
      private_dns_zone_group: {
        private_dns_zone_ids: [
          zoneId('privatelink.cognitiveservices.azure.com'),
          zoneId('privatelink.openai.azure.com'),
          zoneId('privatelink.services.ai.azure.com'),
        ],
      },
    });
    expect(resolved(around.stack, account.id)).toMatch(/^\$\{azurerm_cognitive_account\.Account_\w+\.id\}$/);
  });

  it('takes another place, hosts it may call, projects and a key of the customer', () => {
    const around = surroundings();
    const identity = WorkloadIdentity.fromAttributes(around.stack, 'Key', {
      id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-dev/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-old',
      principalId: '22222222-2222-4222-8222-222222222222',
      clientId: '33333333-3333-4333-8333-333333333333',
    });
    new FoundryAccount(around.stack, 'Account', {
      ...around,
      name: 'aif-dev',
      location: 'eastus2',
      allowedFqdns: ['images.example.com'],
      projectManagementEnabled: true,
      customerManagedKey: {
        keyId: 'https://kv.vault.azure.net/keys/k/00000000000000000000000000000001',
        identity,
      },
    });
    expect(only(resourcesOf(around.stack), 'azurerm_cognitive_account')).toMatchObject({
      location: 'eastus2',
      fqdns: ['images.example.com'],
      project_management_enabled: true,
      identity: {
        type: 'SystemAssigned, UserAssigned',
        identity_ids: [
          '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-dev/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-old',
        ],
      },
      customer_managed_key: {
        key_vault_key_id: 'https://kv.vault.azure.net/keys/k/00000000000000000000000000000001',
        identity_client_id: '33333333-3333-4333-8333-333333333333',
      },
    });
  });

  it('runs an open model on managed compute, at the end of the same chain', () => {
    const around = surroundings();
    const account = new FoundryAccount(around.stack, 'Account', { ...around, name: 'aif-dev' });
    account.addDeployment('Chat', chat('chat'));
    const qwen = account.addManagedComputeDeployment('Qwen', managed());
    account.addDeployment('Late', chat('late'));
    expect(chainOf(around.stack)).toEqual([
      'Account_Diagnostics',
      'Account_Chat',
      'Account_Qwen',
      'Account_Late',
      'Account_PrivateEndpoint',
    ]);
    expect(only(resourcesOf(around.stack), 'azapi_resource')).toEqual({
      type: 'Microsoft.CognitiveServices/accounts/managedComputeDeployments@2026-05-15-preview',
      parent_id: expect.stringMatching(/^\$\{azurerm_cognitive_account\.Account_\w+\.id\}$/),
      name: 'qwen',
      body: {
        sku: { name: 'GlobalManagedCompute', capacity: 1 },
        properties: {
          model: managed().model,
          deploymentTemplate: managed().deploymentTemplate,
          acceleratorType: 'H100_80GB',
          versionUpgradeOption: 'NoAutoUpgrade',
        },
      },
      replace_triggers_refs: [
        'properties.model',
        'properties.deploymentTemplate',
        'properties.acceleratorType',
      ],
      retry: { error_message_regex: ['RequestConflict'] },
      timeouts: { create: '60m', update: '60m', delete: '30m' },
      depends_on: [expect.stringMatching(/^azurerm_cognitive_deployment\.Account_Chat_\w+$/)],
    });
    expect(qwen.address).toEqual({
      api: 'openai-chat',
      baseUrl: 'https://aif-dev.openai.azure.com/openai/v1',
      model: 'qwen',
      auth: 'entra-id',
      audience: 'https://cognitiveservices.azure.com/.default',
    });
    qwen.grantInvoke('App', {
      principalId: '22222222-2222-4222-8222-222222222222',
      principalType: 'ServicePrincipal',
    });
    expect(only(resourcesOf(around.stack), 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Foundry User',
      scope: expect.stringMatching(/^\$\{azurerm_cognitive_account\.Account_\w+\.id\}$/),
    });
  });

  it('reports everything of managed compute that Azure would refuse, and a name that is taken', () => {
    const around = surroundings();
    const account = new FoundryAccount(around.stack, 'Account', { ...around, name: 'aif-dev' });
    account.addDeployment('Chat', chat('chat'));
    const wrong = {
      name: 'x',
      model: 'qwen',
      deploymentTemplate: 'qwen',
      acceleratorType: 'T4',
      instanceCount: 0,
    };
    expect(messageOf(() => account.addManagedComputeDeployment('Bad', wrong as never))).toBe(
      [
        'invalid props of dev/Account/Bad:',
        '  - name must be 2 to 64 letters, digits, underscores, full stops and hyphens that begin with a letter or digit, not "x": choose a name that fits',
        `  - model must be azureml://registries/<registry>/models/<name>/versions/<version>, not "qwen": copy the model's id from the catalogue`,
        `  - deploymentTemplate must be azureml://registries/<registry>/deploymenttemplates/<template>/versions/<version> or /labels/latest, not "qwen": copy the template's id from the page of the model`,
        '  - acceleratorType must be one of A100_80GB, H100_80GB, MI_300_192GB, not "T4": choose one of them',
        '  - instanceCount must be a whole number from 1 to 100, not 0: choose a number inside the limits',
      ].join('\n'),
    );
    expect(
      messageOf(() => account.addManagedComputeDeployment('Taken', { ...managed(), name: 'chat' })),
    ).toBe('deployment name chat is taken in dev/Account: deployments of an account need different names');
  });

  it('makes its children one after another: filters, deployments, and the private endpoint last', () => {
    const around = surroundings();
    const account = new FoundryAccount(around.stack, 'Account', { ...around, name: 'aif-dev' });
    account.addRaiPolicy('Strict', { name: 'strict', contentFilters: [filter] });
    account.addDeployment('Chat', { ...chat('chat'), raiPolicyName: 'strict' });
    account.addDeployment('Images', chat('images'));
    account.addDeployment('Search', chat('search'));
    expect(chainOf(around.stack)).toEqual([
      'Account_Diagnostics',
      'Account_Strict',
      'Account_Chat',
      'Account_Images',
      'Account_Search',
      'Account_PrivateEndpoint',
    ]);
    const waiting = Object.values(resourcesOf(around.stack)).flatMap(byId => Object.values(byId));
    expect(
      waiting.filter(resource => ((resource.depends_on as string[] | undefined) ?? []).length > 1),
    ).toEqual([]);
  });

  it('writes a content filter with its base policy and mode', () => {
    const around = surroundings();
    const account = new FoundryAccount(around.stack, 'Account', { ...around, name: 'aif-dev' });
    account.addRaiPolicy('Strict', { name: 'strict', contentFilters: [filter] });
    expect(only(resourcesOf(around.stack), 'azurerm_cognitive_account_rai_policy')).toMatchObject({
      name: 'strict',
      base_policy_name: 'Microsoft.DefaultV2',
      mode: 'Default',
      content_filter: [
        {
          name: 'Hate',
          source: 'Prompt',
          severity_threshold: 'Low',
          filter_enabled: true,
          block_enabled: true,
        },
      ],
    });
  });

  it('refuses a filter after a deployment, an empty filter, and a name that is taken', () => {
    const around = surroundings();
    const account = new FoundryAccount(around.stack, 'Account', { ...around, name: 'aif-dev' });
    expect(messageOf(() => account.addRaiPolicy('P', { name: '-', contentFilters: [] }))).toBe(
      [
        'invalid props of dev/Account:',
        '  - raiPolicy.name must be letters, digits, underscores, full stops and hyphens that begin with a letter or ' +
          'digit, not "-": choose a name that fits',
        '  - raiPolicy.contentFilters must be at least one filter, not []: add the filters of the policy',
      ].join('\n'),
    );
    account.addDeployment('Chat', chat('chat'));
    expect(messageOf(() => account.addRaiPolicy('P', { name: 'p', contentFilters: [filter] }))).toBe(
      'RAI policy p of dev/Account must come before the deployments, not after chat: call addRaiPolicy before addDeployment',
    );
    expect(messageOf(() => account.addDeployment('Again', chat('chat')))).toBe(
      'deployment name chat is taken in dev/Account: deployments of an account need different names',
    );
  });

  it('grants a role once to a principal, however many of its models are called', () => {
    const around = surroundings();
    const account = new FoundryAccount(around.stack, 'Account', { ...around, name: 'aif-dev' });
    const app = {
      principalId: '22222222-2222-4222-8222-222222222222',
      principalType: 'ServicePrincipal',
    } as const;
    account.addDeployment('Chat', chat('chat')).grantInvoke('App', app);
    account.addDeployment('Search', chat('search')).grantInvoke('App', app);
    expect(only(resourcesOf(around.stack), 'azurerm_role_assignment')).toEqual({
      name: expect.stringMatching(
        /^\$\{uuidv5\("url", "\$\{azurerm_cognitive_account\..*\|Cognitive Services OpenAI User\|2{8}-[-428]+"\)\}$/,
      ),
      scope: expect.stringMatching(/^\$\{azurerm_cognitive_account\.Account_\w+\.id\}$/),
      principal_id: '22222222-2222-4222-8222-222222222222',
      principal_type: 'ServicePrincipal',
      role_definition_name: 'Cognitive Services OpenAI User',
      skip_service_principal_aad_check: true,
    });
  });

  it('can be an existing one, to which deployments are added one after another', () => {
    const { stack } = surroundings();
    const account = FoundryAccount.fromAttributes(stack, 'Account', {
      id: accountId,
      customSubdomainName: 'aif-old',
    });
    expect(inventory(resourcesOf(stack))).toEqual({});
    const first = account.addDeployment('Chat', chat('chat'));
    account.addDeployment('Search', chat('search'));
    const deployments = Object.values(resourcesOf(stack).azurerm_cognitive_deployment ?? {});
    expect(deployments.map(each => [each.name, each.cognitive_account_id])).toEqual([
      ['chat', accountId],
      ['search', accountId],
    ]);
    expect(deployments.map(each => each.depends_on)).toEqual([
      undefined,
      [expect.stringMatching(/^azurerm_cognitive_deployment\.Account_Chat_\w+$/)],
    ]);
    expect(first.address.baseUrl).toBe('https://aif-old.openai.azure.com/openai/v1');
  });

  it.each([
    ['ai', true],
    ['a'.repeat(64), true],
    ['a', false],
    ['a'.repeat(65), false],
    ['-a', false],
    ['a.b', false],
  ])('the name %j is allowed: %s', (name, allowed) => {
    const around = surroundings();
    expect(messageOf(() => new FoundryAccount(around.stack, 'Account', { ...around, name }))).toBe(
      allowed
        ? 'nothing was thrown'
        : 'invalid props of dev/Account:\n  - name must be 2 to 64 letters, digits and hyphens that begin and end with a ' +
            `letter or digit, not ${JSON.stringify(name)}: choose a name that fits`,
    );
  });
});
