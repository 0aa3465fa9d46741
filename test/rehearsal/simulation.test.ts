import type { Configuration } from './terraform-folder';
import { TerraformFolder } from './terraform-folder';

const subscriptionId = '/subscriptions/00000000-0000-0000-0000-000000000000';
const groupId = `${subscriptionId}/resourceGroups/rg`;
const accountId = `${groupId}/providers/Microsoft.CognitiveServices/accounts/acc`;

const group = { azurerm_resource_group: { rg: { name: 'rg', location: 'West Europe' } } };

const account = (more: object = {}) => ({
  azurerm_cognitive_account: {
    acc: {
      name: 'acc',
      location: '${azurerm_resource_group.rg.location}',
      resource_group_name: '${azurerm_resource_group.rg.name}',
      kind: 'AIServices',
      sku_name: 'S0',
      custom_subdomain_name: 'acc-1a2b',
      local_auth_enabled: false,
      identity: [{ type: 'SystemAssigned' }],
      ...more,
    },
  },
});

const deployment = (name: string, more: object = {}) => ({
  name,
  cognitive_account_id: '${azurerm_cognitive_account.acc.id}',
  model: [{ format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20' }],
  sku: [{ name: 'GlobalStandard', capacity: 10 }],
  version_upgrade_option: 'NoAutoUpgrade',
  ...more,
});

const network = {
  azurerm_virtual_network: {
    net: {
      name: 'net',
      location: '${azurerm_resource_group.rg.location}',
      resource_group_name: '${azurerm_resource_group.rg.name}',
      address_space: ['10.0.0.0/16'],
    },
  },
  azurerm_subnet: {
    private: {
      name: 'private',
      resource_group_name: '${azurerm_resource_group.rg.name}',
      virtual_network_name: '${azurerm_virtual_network.net.name}',
      address_prefixes: ['10.0.1.0/24'],
    },
  },
};

const project = (body: object, more: object = {}) => ({
  azapi_resource: {
    project: {
      type: 'Microsoft.CognitiveServices/accounts/projects@2025-12-01',
      name: 'team',
      parent_id: '${azurerm_cognitive_account.acc.id}',
      location: 'westeurope',
      identity: [{ type: 'SystemAssigned' }],
      body,
      ...more,
    },
  },
});

// The real Terraform takes seconds, and more on a busy machine.
jest.setTimeout(60_000);

let folder: TerraformFolder;
beforeEach(() => (folder = new TerraformFolder()));
afterEach(() => folder.stop());

describe('the life of a stack', () => {
  const all: Configuration = {
    resource: {
      ...group,
      ...account(),
      ...network,
      azurerm_cognitive_deployment: { gpt: deployment('gpt') },
      ...project(
        { properties: { displayName: 'Team' } },
        { depends_on: ['azurerm_cognitive_deployment.gpt'] },
      ),
      azurerm_private_endpoint: {
        pe: {
          name: 'pe',
          location: 'westeurope',
          resource_group_name: '${azurerm_resource_group.rg.name}',
          subnet_id: '${azurerm_subnet.private.id}',
          private_service_connection: [
            {
              name: 'account',
              is_manual_connection: false,
              private_connection_resource_id: '${azurerm_cognitive_account.acc.id}',
              subresource_names: ['account'],
            },
          ],
        },
      },
    },
    output: { endpoint: { value: '${azurerm_cognitive_account.acc.endpoint}' } },
  };

  it('applies, plans no second change, shows drift, and destroys everything', async () => {
    await folder.start(all);
    const applied = await folder.apply();
    expect(applied.text).toContain('Apply complete! Resources: 7 added');
    expect(applied.text).toContain('endpoint = "https://acc-1a2b.cognitiveservices.azure.com/"');
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);

    folder.azure.change(`${accountId}/deployments/gpt`, { rai_policy_name: 'Lax' });
    const drifted = await folder.run('plan -detailed-exitcode');
    expect(drifted.code).toBe(2);
    expect(drifted.text).toContain('- rai_policy_name = "Lax" -> null');

    folder.azure.remove(`${accountId}/deployments/gpt`);
    expect((await folder.run('plan')).text).toContain('azurerm_cognitive_deployment.gpt will be created');

    const destroyed = await folder.run('destroy -auto-approve');
    expect(destroyed.text).toContain('Destroy complete!');
    expect(folder.azure.list()).toEqual([]);
    expect(folder.azure.softDeleted()).toEqual([]);
  });

  it('replaces what cannot change in place and updates what can', async () => {
    const resources = (name: string, capacity: number): Configuration => ({
      resource: {
        ...group,
        ...account(),
        azurerm_cognitive_deployment: {
          gpt: deployment(name, { sku: [{ name: 'GlobalStandard', capacity }] }),
        },
      },
    });
    await folder.start(resources('gpt', 10));
    await folder.apply();
    folder.write(resources('gpt', 20));
    expect((await folder.run('plan')).text).toContain('Plan: 0 to add, 1 to change, 0 to destroy');
    folder.write(resources('other', 10));
    const replaced = await folder.run('plan');
    expect(replaced.text).toContain('"gpt" -> "other" # forces replacement');
    await folder.apply();
    expect(folder.azure.operations().map(({ action, id }) => `${action} ${id.split('/').at(-1)}`)).toEqual([
      'create rg',
      'create acc',
      'create gpt',
      'delete gpt',
      'create other',
    ]);
  });

  it('imports what exists outside the state, after an error that names the id to import', async () => {
    await folder.start({ resource: group });
    folder.azure.seed({
      id: groupId,
      type: 'azurerm_resource_group',
      attributes: { name: 'rg', location: 'westeurope' },
    });
    const refused = await folder.apply();
    expect(refused.text).toContain(
      `A resource with the ID "${groupId}" already exists - to be managed via Terraform this resource needs to be imported into the State.`,
    );
    expect((await folder.run(`import azurerm_resource_group.rg ${groupId}`)).text).toContain(
      'Import successful!',
    );
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  });

  it('assigns a role that it made, by its id and by its name', async () => {
    const role = { name: 'Berth caller', scope: groupId, permissions: [{ actions: ['*/read'] }] };
    const assignment = { scope: groupId, principal_id: '00000000-0000-4000-8000-000000000009' };
    const made = '${azurerm_role_definition.caller.role_definition_resource_id}';
    await folder.start({
      resource: {
        ...group,
        azurerm_role_definition: { caller: { ...role, depends_on: ['azurerm_resource_group.rg'] } },
        azurerm_role_assignment: {
          by_id: { ...assignment, role_definition_id: made },
          by_name: {
            ...assignment,
            principal_id: '00000000-0000-4000-8000-000000000008',
            role_definition_name: 'Berth caller',
            depends_on: ['azurerm_role_definition.caller'],
          },
        },
      },
    });
    expect((await folder.apply()).text).toContain('Resources: 4 added');
    const assignments = folder.azure.list().filter(({ type }) => type === 'azurerm_role_assignment');
    const id = expect.stringMatching(
      new RegExp(`^${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/[0-9a-f-]{36}$`),
    );
    expect(assignments.map(({ attributes }) => attributes['role_definition_id'])).toEqual([id, id]);
    expect(assignments[0]?.attributes['role_definition_name']).toBe('Berth caller');
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  });

  it('imports nothing under the wrong type', async () => {
    await folder.start({ resource: { ...group, ...account() } });
    folder.azure.seed({
      id: groupId,
      type: 'azurerm_resource_group',
      attributes: { name: 'rg', location: 'westeurope' },
    });
    await folder.run('init -input=false');
    const refused = await folder.run(`import azurerm_cognitive_account.acc ${groupId}`);
    expect(refused.text).toContain(`${groupId} is not a resource of type azurerm_cognitive_account`);
  });

  it('reads existing resources as data and says which one it did not find', async () => {
    const reading = (name: string): Configuration => ({
      data: { azurerm_virtual_network: { net: { name, resource_group_name: 'rg' } } },
      output: { space: { value: '${data.azurerm_virtual_network.net.address_space}' } },
    });
    await folder.start(reading('net'));
    const id = `${groupId}/providers/Microsoft.Network/virtualNetworks/net`;
    const attributes = { name: 'net', resource_group_name: 'rg', address_space: ['10.0.0.0/16'] };
    folder.azure.seed({ id, type: 'azurerm_virtual_network', attributes });
    expect((await folder.apply()).text).toContain('space = tolist([ "10.0.0.0/16", ])');
    folder.write(reading('nett'));
    const missed = await folder.run('plan');
    expect(missed.text).toContain(
      'Error: Virtual Network (Subscription: "00000000-0000-0000-0000-000000000000"',
    );
    expect(missed.text).toContain('Virtual Network Name: "nett") was not found');
  });
});

describe('what Azure refuses', () => {
  it('keeps the name of a deleted account for 48 hours unless the provider purges it', async () => {
    const features = (purge: boolean) => ({
      azurerm: { features: [{ cognitive_account: [{ purge_soft_delete_on_destroy: purge }] }] },
    });
    const keeping: Configuration = { provider: features(false), resource: { ...group, ...account() } };
    await folder.start(keeping);
    await folder.apply();
    await folder.run('destroy -auto-approve');
    expect(folder.azure.softDeleted()).toEqual([
      {
        id: accountId,
        type: 'azurerm_cognitive_account',
        name: 'acc',
        keptHours: 48,
        location: 'westeurope',
      },
    ]);
    const refused = await folder.apply();
    expect(refused.code).toBe(1);
    expect(refused.text).toContain('FlagMustBeSetForRestore');
  });

  it('nothing of deployments on one account, for which azurerm takes its own lock', async () => {
    await folder.start({
      resource: {
        ...group,
        ...account(),
        azurerm_cognitive_deployment: { one: deployment('one'), two: deployment('two') },
      },
    });
    expect((await folder.apply()).code).toBe(0);
  });

  it('a write of azapi that nothing orders beside one of azurerm on the same account', async () => {
    const both = (more: object): Configuration => ({
      resource: {
        ...group,
        ...account(),
        azurerm_cognitive_deployment: { one: deployment('one', more) },
        ...project({ properties: {} }),
      },
    });
    await folder.start(both({}));
    const refused = await folder.apply();
    expect(refused.text).toContain('RequestConflict: Another operation is being performed');
    folder.write(both({ depends_on: ['azapi_resource.project'] }));
    expect((await folder.apply()).code).toBe(0);
  });

  it('bodies that the ARM schema refuses, at plan time', async () => {
    await folder.start({
      resource: { ...group, ...account(), ...project({ properties: { displayname: 'Team' } }) },
    });
    await folder.run('init -input=false');
    const refused = await folder.run('plan');
    expect(refused.text).toContain(
      '`properties.displayname` is not expected here. Do you mean `properties.displayName`?',
    );
  });

  it('values and names whose rules are known, and read-only attributes', async () => {
    await folder.start({
      resource: { ...group, ...account({ kind: 'OpenAPI', endpoint: 'https://own/', sku_name: 'S0' }) },
    });
    await folder.run('init -input=false');
    const refused = await folder.run('plan');
    expect(refused.text).toContain('expected kind to be one of ["Academic" "AIServices"');
    expect(refused.text).toContain('Can\'t configure a value for "endpoint"');
  });

  it('attributes that exclude or need each other', async () => {
    await folder.start({
      resource: {
        ...group,
        ...account({ custom_subdomain_name: null, network_acls: [{ default_action: 'Deny' }] }),
      },
    });
    await folder.run('init -input=false');
    expect((await folder.run('plan')).text).toContain('Error: Missing required argument');
  });

  it('references to what does not exist', async () => {
    const subnet = `${groupId}/providers/Microsoft.Network/virtualNetworks/net/subnets/gone`;
    await folder.start({
      resource: {
        ...group,
        azurerm_network_interface: {
          nic: {
            name: 'nic',
            location: 'westeurope',
            resource_group_name: '${azurerm_resource_group.rg.name}',
            ip_configuration: [{ name: 'ip', subnet_id: subnet, private_ip_address_allocation: 'Dynamic' }],
          },
        },
      },
    });
    expect((await folder.apply()).text).toContain(
      `InvalidResourceReference: Resource ${subnet} referenced by ip_configuration.0.subnet_id`,
    );
  });
});

describe('azapi', () => {
  const chat = (body: object, more: object = {}): Configuration => ({
    resource: { ...group, ...account(), ...project(body, more) },
  });

  const twoProjects = (more: object): Configuration => {
    const { project: one } = project({ properties: {} }, more).azapi_resource;
    return { resource: { ...group, ...account(), azapi_resource: { one, two: { ...one, name: 'second' } } } };
  };

  it.each([
    ['retry', { retry: { error_message_regex: ['RequestConflict'] } }],
    ['locks', { locks: ['${azurerm_cognitive_account.acc.id}'] }],
  ])('gets parallel writes on one account through with %s', async (_, more) => {
    await folder.start(twoProjects(more));
    expect((await folder.apply()).code).toBe(0);
    expect(folder.azure.list()).toHaveLength(4);
  });

  it('loses one of them without', async () => {
    await folder.start(twoProjects({}));
    expect((await folder.apply()).text).toContain('RequestConflict');
  });

  it('updates a body in place, exports values and replaces on another name', async () => {
    const exports = { response_export_values: ['properties.provisioningState'] };
    await folder.start(chat({ properties: { displayName: 'Team' } }, exports));
    await folder.apply();
    expect(folder.azure.get(`${accountId}/projects/team`)?.attributes['output']).toEqual({
      properties: { provisioningState: 'Succeeded' },
    });
    folder.write(chat({ properties: { displayName: 'Crew' } }, exports));
    expect((await folder.run('plan')).text).toContain('Plan: 0 to add, 1 to change, 0 to destroy');
    folder.write(chat({ properties: { displayName: 'Team' } }, { ...exports, name: 'crew' }));
    expect((await folder.run('plan')).text).toContain('"team" -> "crew" # forces replacement');
  });

  it('updates a resource that exists and leaves it when destroyed', async () => {
    const patch = (type: string): Configuration => ({
      resource: {
        ...group,
        ...account(),
        azapi_update_resource: {
          patch: {
            type,
            resource_id: '${azurerm_cognitive_account.acc.id}',
            body: { properties: { fqdns: [] } },
          },
        },
      },
    });
    await folder.start(patch('Microsoft.CognitiveServices/accounts@2025-12-01'));
    expect((await folder.apply()).text).toContain('Resources: 3 added');
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
    expect((await folder.run('destroy -auto-approve -target=azapi_update_resource.patch')).code).toBe(0);
    expect(folder.azure.get(accountId)?.type).toBe('azurerm_cognitive_account');
  });

  it('deletes with an action on destroy what is there, and passes over what is not', async () => {
    const gone = (id: string) => ({
      type: 'Microsoft.Insights/actionGroups@2023-01-01',
      resource_id: id,
      method: 'DELETE',
      when: 'destroy',
      ignore_not_found: true,
      depends_on: ['azurerm_resource_group.rg'],
    });
    const id = `${groupId}/providers/Microsoft.Insights/actionGroups/Smart Detection`;
    await folder.start({
      resource: { ...group, azapi_resource_action: { there: gone(id), not: gone(`${id} 2`) } },
    });
    await folder.apply();
    folder.azure.seed({ id, type: 'azurerm_monitor_action_group', attributes: {} });
    expect((await folder.run('destroy -auto-approve')).text).toContain('Destroy complete!');
    expect(folder.azure.list()).toEqual([]);
  });
});
