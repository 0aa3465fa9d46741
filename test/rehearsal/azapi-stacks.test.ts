import type { Configuration } from './terraform-folder';
import { TerraformFolder } from './terraform-folder';

const subscriptionId = '/subscriptions/00000000-0000-0000-0000-000000000000';

let folder: TerraformFolder;
beforeEach(() => (folder = new TerraformFolder()));
afterEach(() => folder.stop());

const group = (more: object = {}) => ({
  azapi_resource: {
    rg: { type: 'Microsoft.Resources/resourceGroups@2024-03-01', name: 'rg', location: 'westeurope' },
    ...more,
  },
});

const storage = (more: object = {}) => ({
  s: {
    type: 'Microsoft.Storage/storageAccounts@2023-05-01',
    name: 'stcase',
    parent_id: '${azapi_resource.rg.id}',
    location: 'westeurope',
    body: { kind: 'StorageV2', sku: { name: 'Standard_LRS' } },
    ...more,
  },
});

/** Deploys, and expects a second plan without changes. */
async function deployed(configuration: Configuration): Promise<string> {
  await folder.start(configuration);
  const { code, text } = await folder.apply();
  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  return text;
}

describe('stacks that are written with azapi alone', () => {
  it('make a resource group without a parent, in the subscription of the provider', async () => {
    await deployed({ resource: group() });
    expect(folder.azure.get(`${subscriptionId}/resourceGroups/rg`)?.attributes['parent_id']).toBe(
      subscriptionId,
    );
  });

  it('read what Azure answers about a type without a schema, by path and by JMESPath', async () => {
    const text = await deployed({
      resource: group({
        ...storage(),
        query: { ...storage().s, name: 'stother', response_export_values: { sku: 'sku.name' } },
      }),
      output: { blob: { value: '${azapi_resource.s.output.properties.primaryEndpoints.blob}' } },
    });
    expect(text).toContain('blob = "https://stcase.blob.core.windows.net/"');
  });

  it('write what Azure makes with a parent, make by a PUT, and read what nobody knows', async () => {
    const spring = '${azapi_resource.rg.id}/providers/Microsoft.AppPlatform/spring/app';
    const text = await deployed({
      resource: {
        ...group({
          ...storage(),
          managed: {
            type: 'Microsoft.Databricks/workspaces@2023-02-01',
            name: 'bricks',
            parent_id: '${azapi_resource.rg.id}',
            location: 'westeurope',
            body: {
              properties: { managedResourceGroupId: `${subscriptionId}/resourceGroups/made-by-azure` },
            },
          },
        }),
        azapi_update_resource: {
          blobs: {
            type: 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01',
            resource_id: '${azapi_resource.s.id}/blobServices/default',
            body: { properties: { isVersioningEnabled: true } },
          },
          signup: {
            type: 'Microsoft.Databricks/workspaces/settings@2023-02-01',
            parent_id: '${azapi_resource.managed.id}',
            name: 'signup',
            body: { properties: { on: true } },
          },
        },
        azapi_resource_action: {
          made: {
            type: 'Microsoft.AppPlatform/Spring@2023-12-01',
            resource_id: spring,
            method: 'PUT',
            body: { location: 'westeurope' },
          },
          asks: {
            type: 'Microsoft.AppPlatform/Spring@2023-12-01',
            resource_id: spring,
            action: 'listTestKeys',
            response_export_values: ['*'],
            depends_on: ['azapi_resource_action.made'],
          },
        },
        azapi_data_plane_resource: {
          word: {
            type: 'Microsoft.Search/searchServices/synonymmaps@2024-07-01',
            parent_id: 'words.search.windows.net',
            name: 'words',
            body: { format: 'solr' },
          },
        },
      },
      output: {
        test: { value: '${azapi_resource_action.asks.output.primaryTestEndpoint}', sensitive: false },
        first: { value: '${azapi_resource.managed.output.properties.zones[1].zoneId}' },
        word: { value: '${azapi_data_plane_resource.word.output.format}' },
      },
    });
    expect(text).toMatch(/first = "[0-9a-f-]{36}"/);
    expect(text).toMatch(/test = "https:\/\/[0-9a-f]+\.simulated\.azure\.example\/"/);
    expect(text).toContain('word = "solr"');
    expect(
      folder.azure.get(`${subscriptionId}/resourceGroups/rg/providers/Microsoft.AppPlatform/Spring/app`),
    ).toMatchObject({ attributes: { body: { location: 'westeurope' } } });
    expect((await folder.run('destroy -auto-approve')).code).toBe(0);
    expect(folder.azure.list()).toEqual([]);
  });

  it('read ids, lists, actions and the subscription', async () => {
    const text = await deployed({
      resource: group(storage()),
      data: {
        azapi_client_config: { me: {} },
        azapi_resource: {
          sub: {
            type: 'Microsoft.Resources/subscriptions@2022-12-01',
            resource_id: '${data.azapi_client_config.me.subscription_resource_id}',
          },
        },
        azapi_resource_id: {
          v: {
            type: 'Microsoft.Network/virtualNetworks@2023-11-01',
            parent_id: '${azapi_resource.rg.id}',
            name: 'vnet',
          },
        },
        azapi_resource_list: {
          all: {
            type: 'Microsoft.Storage/storageAccounts@2023-05-01',
            parent_id: '${azapi_resource.rg.id}',
            response_export_values: { names: 'value[].name' },
            depends_on: ['azapi_resource.s'],
          },
        },
        azapi_resource_action: {
          keys: {
            type: 'Microsoft.Storage/storageAccounts@2023-05-01',
            resource_id: '${azapi_resource.s.id}',
            action: 'listKeys',
            response_export_values: { first: 'keys[0].keyName' },
          },
        },
      },
      output: {
        state: { value: '${data.azapi_resource.sub.output.state}' },
        network: { value: '${data.azapi_resource_id.v.id}' },
        group: { value: '${data.azapi_resource_id.v.resource_group_name}' },
        names: { value: '${data.azapi_resource_list.all.output.names}' },
        key: { value: '${data.azapi_resource_action.keys.output.first}' },
      },
    });
    expect(text).toContain('state = "Enabled"');
    expect(text).toContain(
      `network = "${subscriptionId}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet"`,
    );
    expect(text).toContain('group = "rg"');
    expect(text).toContain('names = [ "stcase", ]');
    expect(text).toContain('key = "key1"');
  });

  it('keep a write-only body out of every plan and state, and notice when it changes', async () => {
    const secret = (value: string) => ({
      resource: group(storage({ sensitive_body: { properties: { accessToken: value } } })),
    });
    await deployed(secret('hidden-one'));
    expect((await folder.run('show -json')).text).not.toContain('hidden-one');
    folder.write(secret('hidden-two'));
    const changed = await folder.run('plan -detailed-exitcode');
    expect(changed.code).toBe(2);
    expect(changed.text).not.toContain('hidden-two');
    expect((await folder.apply()).code).toBe(0);
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  });
});

describe('what a service refuses, whichever provider writes', () => {
  const account = (more: object) => ({
    a: {
      type: 'Microsoft.CognitiveServices/accounts@2025-12-01',
      name: 'aif',
      parent_id: '${azapi_resource.rg.id}',
      location: 'westeurope',
      body: { kind: 'AIServices', sku: { name: 'S0' }, properties: more },
    },
  });
  const azurermAccount = {
    azurerm_cognitive_account: {
      a: {
        name: 'aif',
        location: 'westeurope',
        resource_group_name: '${azapi_resource.rg.name}',
        kind: 'OpenAI',
        sku_name: 'S0',
      },
    },
  };
  const azurermDeployment = {
    azurerm_cognitive_deployment: {
      d: {
        name: 'chat',
        cognitive_account_id: '${azurerm_cognitive_account.a.id}',
        model: [{ format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20' }],
        sku: [{ name: 'GlobalStandard', capacity: 1 }],
        rai_policy_name: 'strict',
      },
    },
  };

  it.each<[string, Configuration['resource'], string]>([
    [
      'network rules without a subdomain, azapi',
      group(account({ networkAcls: { defaultAction: 'Deny' } })),
      "The account 'aif' has network rules, which need a custom subdomain name.",
    ],
    [
      'a content filter that nobody made, azurerm',
      { ...group(), ...azurermAccount, ...azurermDeployment },
      "The raiPolicyName 'strict' of the deployment",
    ],
  ])('%s', async (_, resource, message) => {
    await folder.start({ resource: resource ?? {} });
    const refused = await folder.apply();
    expect(refused.code).toBe(1);
    expect(refused.text).toContain(message);
  });
});

describe('what the provider block of azapi gives', () => {
  const defaults = {
    default_location: 'northeurope',
    default_name: 'rg-default',
    default_tags: { owner: 'shop' },
  };
  const child = {
    type: 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01',
    name: 'default',
    parent_id: '${azapi_resource.s.id}',
  };
  const withDefaults = (given: object): Configuration => ({
    provider: { azurerm: [{ features: [{}] }], azapi: [given] },
    resource: {
      azapi_resource: {
        rg: { type: 'Microsoft.Resources/resourceGroups@2024-03-01' },
        s: { ...storage().s, location: 'westeurope', tags: { owner: 'till' } },
        blobs: child,
      },
    },
  });
  const attributes = (id: string) => folder.azure.get(`${subscriptionId}/resourceGroups/${id}`)?.attributes;

  it('is the name, place and tags of what does not say its own', async () => {
    await deployed(withDefaults(defaults));
    const account = 'rg-default/providers/Microsoft.Storage/storageAccounts/stcase';
    expect(attributes('rg-default')).toMatchObject({ location: 'northeurope', tags: { owner: 'shop' } });
    expect(attributes(account)).toMatchObject({ location: 'westeurope', tags: { owner: 'till' } });
    expect(attributes(`${account}/blobServices/default`)).toMatchObject({ location: null, tags: null });
  });

  it('is asked for where a resource has no name', async () => {
    await folder.start(withDefaults({ default_location: 'northeurope' }));
    const { code, text } = await folder.apply();
    expect(code).toBe(1);
    expect(text).toContain('The argument "name" is required, but no definition was found.');
  });

  it('changes tags in place, and keeps a place that is there', async () => {
    await deployed(withDefaults(defaults));
    folder.write(withDefaults({ ...defaults, default_location: 'westus', default_tags: { owner: 'bank' } }));
    const { text } = await folder.run('plan');
    expect(text).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
    expect(text).toContain('"owner" = "shop" -> "bank"');
  });
});
