import { FoundryAccount, ModelDeployment } from '../../../constructs/openai';
import type { HostedApi, ModelDeploymentOptions } from '../../../constructs/openai';
import { group, inventory, messageOf, only, resourcesOf, surroundings } from '../synthesised';

const options: ModelDeploymentOptions = {
  name: 'chat',
  model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
  sku: { name: 'GlobalStandard', capacity: 50 },
  api: 'openai-chat',
};
const app = {
  principalId: '22222222-2222-4222-8222-222222222222',
  principalType: 'ServicePrincipal',
} as const;

function existing() {
  const { stack } = surroundings();
  const id = `${group}/providers/Microsoft.CognitiveServices/accounts/aif-old`;
  return {
    stack,
    id,
    account: FoundryAccount.fromAttributes(stack, 'Account', { id, customSubdomainName: 'aif-old' }),
  };
}

const anthropic = {
  name: 'claude',
  model: { format: 'Anthropic', name: 'claude-opus-5', version: '2' },
  sku: { name: 'GlobalStandard', capacity: 5 },
  api: 'anthropic-messages',
  modelProviderData: { organizationName: 'Shop AB', countryCode: 'SE', industry: 'retail' },
} as const;

describe('a model deployment', () => {
  it('writes what drifts when it is left out', () => {
    const { stack, id, account } = existing();
    account.addDeployment('Chat', options);
    expect(only(resourcesOf(stack), 'azurerm_cognitive_deployment')).toEqual({
      cognitive_account_id: id,
      name: 'chat',
      model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
      sku: { name: 'GlobalStandard', capacity: 50 },
      rai_policy_name: 'Microsoft.DefaultV2',
      version_upgrade_option: 'NoAutoUpgrade',
    });
  });

  it('takes another content filter and upgrade rule', () => {
    const { stack, account } = existing();
    const special = { raiPolicyName: 'strict', versionUpgradeOption: 'OnceCurrentVersionExpired' } as const;
    account.addDeployment('Chat', { ...options, ...special });
    expect(only(resourcesOf(stack), 'azurerm_cognitive_deployment')).toMatchObject({
      rai_policy_name: 'strict',
      version_upgrade_option: 'OnceCurrentVersionExpired',
    });
  });

  it.each<HostedApi>(['openai-chat', 'openai-embeddings', 'openai-images'])(
    'has an address for %s that is known before it is made',
    api => {
      const { account } = existing();
      expect(account.addDeployment('Model', { ...options, api }).address).toEqual({
        api,
        baseUrl: 'https://aif-old.openai.azure.com/openai/v1',
        model: 'chat',
        auth: 'entra-id',
        audience: 'https://cognitiveservices.azure.com/.default',
      });
    },
  );

  it.each([
    ['OpenAI', 'Cognitive Services OpenAI User'],
    ['Mistral AI', 'Cognitive Services User'],
    ['DeepSeek', 'Cognitive Services User'],
  ])('of %s lets a principal call it in the role %s', (format, role) => {
    const { stack, id, account } = existing();
    const model = { ...options.model, format };
    account.addDeployment('Chat', { ...options, model }).grantInvoke('App', app);
    expect(only(resourcesOf(stack), 'azurerm_role_assignment')).toEqual({
      name: `\${uuidv5("url", "${id}|${role}|${app.principalId}")}`,
      scope: id,
      principal_id: app.principalId,
      principal_type: 'ServicePrincipal',
      role_definition_name: role,
      skip_service_principal_aad_check: true,
    });
  });

  it('for batch jobs lets a principal upload their files', () => {
    const { stack, account } = existing();
    const batch = { ...options, sku: { name: 'GlobalBatch', capacity: 5000 }, api: 'openai-batch' } as const;
    const deployment = account.addDeployment('Jobs', batch);
    deployment.grantInvoke('App', app);
    expect(deployment.address.api).toBe('openai-batch');
    expect(only(resourcesOf(stack), 'azurerm_role_assignment')['role_definition_name']).toBe(
      'Cognitive Services OpenAI Contributor',
    );
  });

  it.each([
    ['GlobalBatch', 'openai-chat', 'openai-batch'],
    ['GlobalStandard', 'openai-batch', 'other than openai-batch with sku GlobalStandard'],
  ] as const)('as %s is refused with the API %s', (name, api, allowed) => {
    const { account } = existing();
    expect(
      messageOf(() => account.addDeployment('Model', { ...options, api, sku: { name, capacity: 1 } })),
    ).toContain(`api must be ${allowed}, not "${api}": change api or sku`);
  });

  it('can be an existing one, which makes nothing but grants', () => {
    const { stack, account } = existing();
    const attributes = { account, name: 'old', modelFormat: 'Cohere', api: 'openai-embeddings' } as const;
    const deployment = ModelDeployment.fromAttributes(stack, 'Old', attributes);
    expect(inventory(resourcesOf(stack))).toEqual({});
    expect(deployment.address).toEqual({
      api: 'openai-embeddings',
      baseUrl: 'https://aif-old.openai.azure.com/openai/v1',
      model: 'old',
      auth: 'entra-id',
      audience: 'https://cognitiveservices.azure.com/.default',
    });
    deployment.grantInvoke('App', app);
    expect(only(resourcesOf(stack), 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Cognitive Services User',
    });
  });

  it('accepts the terms of Anthropic only in the name of an organisation', () => {
    const { stack, account } = existing();
    const claude = account.addDeployment('Claude', anthropic);
    expect(only(resourcesOf(stack), 'azapi_resource')).toEqual({
      type: 'Microsoft.CognitiveServices/accounts/deployments@2026-05-15-preview',
      parent_id: account.id,
      name: 'claude',
      body: {
        sku: { name: 'GlobalStandard', capacity: 5 },
        properties: {
          model: anthropic.model,
          modelProviderData: { industry: 'retail', organizationName: 'Shop AB', countryCode: 'SE' },
          versionUpgradeOption: 'NoAutoUpgrade',
        },
      },
      schema_validation_enabled: false,
      replace_triggers_refs: ['properties.model.name', 'properties.model.format', 'sku.name'],
      retry: { error_message_regex: ['RequestConflict'] },
    });
    expect(claude.address).toEqual({
      api: 'anthropic-messages',
      baseUrl: 'https://aif-old.services.ai.azure.com/anthropic',
      model: 'claude',
      auth: 'entra-id',
      audience: 'https://cognitiveservices.azure.com/.default',
    });
    claude.grantInvoke('App', app);
    expect(only(resourcesOf(stack), 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Cognitive Services User',
    });
    const wrong = {
      ...options,
      modelProviderData: { organizationName: '', countryCode: 'Sweden', industry: 'X' },
    };
    expect(messageOf(() => account.addDeployment('Other', { ...wrong, name: 'other' }))).toBe(
      [
        'invalid props of dev/Account/Other:',
        '  - model.format must be one whose deployments accept terms, since modelProviderData accepts them, not "OpenAI": leave modelProviderData out',
        '  - modelProviderData.organizationName must be 1 to 256 characters, not "": choose a name that fits',
        '  - modelProviderData.countryCode must be two capital letters, as ISO 3166-1 has them, not "Sweden": choose a name that fits',
        '  - modelProviderData.industry must be lower-case letters, such as technology, not "X": choose a name that fits',
      ].join('\n'),
    );
  });

  it('reports every option that Azure would refuse, at once', () => {
    const { account } = existing();
    const wrong = {
      ...options,
      name: '-',
      model: { ...options.model, format: 'Anthropic' },
      // A caller without type checking can write any SKU.
      sku: { name: 'Regional' as 'Standard', capacity: 0 },
    };
    expect(messageOf(() => account.addDeployment('Chat', wrong))).toBe(
      [
        'invalid props of dev/Account/Chat:',
        '  - name must be 2 to 64 letters, digits, underscores, full stops and hyphens that begin with a letter or digit, ' +
          'not "-": choose a name that fits',
        '  - model.format must be a publisher whose models need no acceptance of marketplace terms at deployment, not ' +
          '"Anthropic": Anthropic models take modelProviderData, which accepts terms on your behalf: give it, or deploy them ' +
          'yourself and import them',
        '  - sku.name must be one of Standard, DataZoneStandard, GlobalStandard, ProvisionedManaged, ' +
          'DataZoneProvisionedManaged, GlobalProvisionedManaged, DataZoneBatch, GlobalBatch, DeveloperTier, not ' +
          '"Regional": choose one that the model has in the region',
        '  - sku.capacity must be a whole number from 1 to 1000000, not 0: choose a number inside the limits',
        '  - api must be anthropic-messages, not "openai-chat": change api',
      ].join('\n'),
    );
  });

  it.each([
    ['ab', true],
    ['gpt-4.1_x', true],
    ['a'.repeat(64), true],
    ['a', false],
    ['a'.repeat(65), false],
    ['.a', false],
    ['a b', false],
  ])('the name %j is allowed: %s', (name, allowed) => {
    const { account } = existing();
    expect(
      messageOf(() => account.addDeployment('Chat', { ...options, name })) === 'nothing was thrown',
    ).toBe(allowed);
  });

  it.each([
    [1, true],
    [1_000_000, true],
    [0, false],
    [1.5, false],
    [1_000_001, false],
  ])('the capacity %d is allowed: %s', (capacity, allowed) => {
    const { account } = existing();
    const sku = { ...options.sku, capacity };
    expect(messageOf(() => account.addDeployment('Chat', { ...options, sku })) === 'nothing was thrown').toBe(
      allowed,
    );
  });
});
