import { Testing } from 'cdktf';
import {
  AzapiProvider,
  AzapiResource,
  AzapiResourceAction,
  AzapiUpdateResource,
} from '../../../constructs/azapi';
import { group, messageOf, only, resolved, resourcesOf, surroundings } from '../synthesised';

const type = 'Microsoft.Storage/storageAccounts@2025-01-01';
const account = `${group}/providers/Microsoft.Storage/storageAccounts/st1`;

describe('the azapi provider', () => {
  it('pins its version and writes its arguments', () => {
    const { stack } = surroundings();
    new AzapiProvider(stack, 'other', {
      alias: 'other',
      subscriptionId: 's',
      tenantId: 't',
      disableDefaultOutput: false,
      maximumBusyRetryAttempts: 9,
      defaultTags: { team: 'x' },
    });
    const parsed = JSON.parse(Testing.synth(stack, true));
    expect(parsed.terraform.required_providers.azapi).toEqual({ source: 'Azure/azapi', version: '~> 2.12' });
    expect(parsed.provider.azapi).toEqual([
      { disable_default_output: true },
      {
        alias: 'other',
        subscription_id: 's',
        tenant_id: 't',
        disable_default_output: false,
        maximum_busy_retry_attempts: 9,
        default_tags: { team: 'x' },
      },
    ]);
  });
});

describe('azapi_resource', () => {
  it('writes only its type when nothing else is given', () => {
    const { stack } = surroundings();
    new AzapiResource(stack, 'Thing', { type });
    expect(only(resourcesOf(stack), 'azapi_resource')).toEqual({ type });
  });

  it('writes every argument, bodies in the words of ARM', () => {
    const { stack } = surroundings();
    const other = new AzapiResource(stack, 'Other', { type, name: 'st2' });
    new AzapiResource(stack, 'Thing', {
      type,
      name: 'st1',
      parentId: group,
      location: 'swedencentral',
      body: {
        sku: { name: 'Standard_LRS' },
        properties: { accessTier: 'Hot', other: other.id, keepThis: null },
      },
      identity: { type: 'UserAssigned', identityIds: ['/id'] },
      tags: { team: 'x' },
      locks: [group],
      retry: { errorMessageRegex: ['Busy'], intervalSeconds: 5, maxIntervalSeconds: 60 },
      responseExportValues: { uri: 'properties.primaryEndpoints.blob' },
      timeouts: { create: '1h' },
      sensitiveBody: { properties: { secret: 's' } },
      sensitiveBodyVersion: { 'properties.secret': '1' },
      schemaValidationEnabled: false,
      ignoreCasing: true,
      ignoreMissingProperty: false,
      ignoreNullProperty: true,
      replaceTriggersExternalValues: ['a'],
      replaceTriggersRefs: ['properties.accessTier'],
      deleteQueryParameters: { force: ['true'] },
      dependsOn: [other],
    });
    expect(Object.values(resourcesOf(stack).azapi_resource ?? {})).toContainEqual({
      type,
      name: 'st1',
      parent_id: group,
      location: 'swedencentral',
      body: {
        sku: { name: 'Standard_LRS' },
        properties: { accessTier: 'Hot', other: '${azapi_resource.Other.id}', keepThis: null },
      },
      identity: [{ type: 'UserAssigned', identity_ids: ['/id'] }],
      tags: { team: 'x' },
      locks: [group],
      retry: { error_message_regex: ['Busy'], interval_seconds: 5, max_interval_seconds: 60 },
      response_export_values: { uri: 'properties.primaryEndpoints.blob' },
      timeouts: { create: '1h' },
      sensitive_body: { properties: { secret: 's' } },
      sensitive_body_version: { 'properties.secret': '1' },
      schema_validation_enabled: false,
      ignore_casing: true,
      ignore_missing_property: false,
      ignore_null_property: true,
      replace_triggers_external_values: ['a'],
      replace_triggers_refs: ['properties.accessTier'],
      delete_query_parameters: { force: ['true'] },
      depends_on: ['azapi_resource.Other'],
    });
  });

  it('refers to its attributes and to what its response exports', () => {
    const { stack } = surroundings();
    const thing = new AzapiResource(stack, 'Thing', { type });
    expect(
      resolved(stack, [thing.id, thing.name, thing.principalId, thing.output('properties.host')]),
    ).toEqual([
      '${azapi_resource.Thing.id}',
      '${azapi_resource.Thing.name}',
      '${azapi_resource.Thing.identity[0].principal_id}',
      '${azapi_resource.Thing.output.properties.host}',
    ]);
  });

  it('takes tags from whoever tags everything', () => {
    const { stack } = surroundings();
    const thing = new AzapiResource(stack, 'Thing', { type, tags: { own: '1' } });
    thing.tags = { everywhere: '2', ...thing.tagsInput };
    expect(only(resourcesOf(stack), 'azapi_resource')).toEqual({ type, tags: { own: '1', everywhere: '2' } });
  });

  it('can be imported and moved like a generated resource', () => {
    const { stack } = surroundings();
    new AzapiResource(stack, 'Thing', { type }).importFrom(`${account}?api-version=2025-01-01`);
    const old = new AzapiResource(stack, 'Old', { type });
    const target = new AzapiResource(stack, 'New', { type });
    target.addMoveTarget('here');
    old.moveTo('here');
    AzapiResource.generateConfigForImport(stack, 'Found', account);
    const parsed = JSON.parse(Testing.synth(stack, true));
    expect(parsed.import).toEqual([
      { id: `${account}?api-version=2025-01-01`, to: 'azapi_resource.Thing' },
      { id: account, to: 'azapi_resource.Found' },
    ]);
    expect(parsed.moved).toEqual([{ from: 'azapi_resource.Old', to: 'azapi_resource.New' }]);
  });

  it('is the same in HCL, with blocks where the provider has blocks', () => {
    const { stack } = surroundings();
    new AzapiResource(stack, 'Thing', {
      type,
      body: { properties: { nested: ['a', { b: true }] } },
      identity: { type: 'SystemAssigned' },
      retry: { errorMessageRegex: ['Busy'] },
      timeouts: { create: '1h' },
    });
    const hcl = Testing.synthHcl(stack, true).replace(/\s+/g, ' ');
    expect(hcl).toContain('retry = { error_message_regex = [ "Busy", ] }');
    expect(hcl).toContain('body = { properties = { nested = [ "a", { b = true }, ] } }');
    expect(hcl).toContain('identity { type = "SystemAssigned" }');
    expect(hcl).toContain('timeouts { create = "1h" }');
  });

  it.each([
    'Microsoft.Storage/storageAccounts',
    'storageAccounts@2025-01-01',
    '',
    'Microsoft.Storage/accounts@latest',
  ])('refuses the type %j', wrong => {
    const { stack } = surroundings();
    expect(messageOf(() => new AzapiResource(stack, 'Thing', { type: wrong }))).toBe(
      'type of dev/Thing must be an ARM type and an API version, such as Microsoft.Storage/storageAccounts@2025-01-01, ' +
        `not ${JSON.stringify(wrong)}: write both, joined by @`,
    );
  });
});

describe('azapi_update_resource', () => {
  it('names the resource it changes', () => {
    const { stack } = surroundings();
    const update = new AzapiUpdateResource(stack, 'Change', {
      type,
      resourceId: account,
      body: { properties: { accessTier: 'Cool' } },
      ignoreCasing: true,
      ignoreMissingProperty: false,
      responseExportValues: ['properties.accessTier'],
    });
    expect(only(resourcesOf(stack), 'azapi_update_resource')).toEqual({
      type,
      resource_id: account,
      body: { properties: { accessTier: 'Cool' } },
      ignore_casing: true,
      ignore_missing_property: false,
      response_export_values: ['properties.accessTier'],
    });
    expect(resolved(stack, [update.id, update.output('properties.accessTier')])).toEqual([
      '${azapi_update_resource.Change.id}',
      '${azapi_update_resource.Change.output.properties.accessTier}',
    ]);
    expect(Testing.synthHcl(stack, true)).toContain(`resource_id = "${account}"`);
  });
});

describe('azapi_resource_action', () => {
  it('says what is done, how and when', () => {
    const { stack } = surroundings();
    const action = new AzapiResourceAction(stack, 'Act', {
      type,
      resourceId: account,
      action: 'restore',
      method: 'PUT',
      when: 'destroy',
      queryParameters: { force: ['true'] },
      ignoreNotFound: true,
    });
    expect(only(resourcesOf(stack), 'azapi_resource_action')).toEqual({
      type,
      resource_id: account,
      action: 'restore',
      method: 'PUT',
      when: 'destroy',
      query_parameters: { force: ['true'] },
      ignore_not_found: true,
    });
    expect(resolved(stack, action.output('value'))).toBe('${azapi_resource_action.Act.output.value}');
    expect(Testing.synthHcl(stack, true)).toContain('when = "destroy"');
  });
});
