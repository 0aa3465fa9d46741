import { ControlPlane } from '../../../rehearsal/azure/control-plane';
import type { Fault } from '../../../rehearsal/azure/faults';
import { Faults } from '../../../rehearsal/azure/faults';
import type { Json, SimulatedResource } from '../../../rehearsal/azure/simulated-azure';
import { Store } from '../../../rehearsal/azure/store';

const groupId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';
const accountId = `${groupId}/providers/Microsoft.CognitiveServices/accounts/acc`;
const networkId = `${groupId}/providers/Microsoft.Network/virtualNetworks/net`;
const vaultId = `${groupId}/providers/Microsoft.KeyVault/vaults/kv`;

const resource = (type: string, id: string, attributes: Record<string, Json> = {}): SimulatedResource => ({
  type,
  id,
  attributes: { id, name: id.split('/').at(-1) ?? '', ...attributes },
});

const group = resource('azurerm_resource_group', groupId);
const account = resource('azurerm_cognitive_account', accountId);
const network = resource('azurerm_virtual_network', networkId);
const subnet = resource('azurerm_subnet', `${networkId}/subnets/s`);
const vault = resource('azurerm_key_vault', vaultId, { soft_delete_retention_days: 7 });
const nic = resource(
  'azurerm_network_interface',
  `${groupId}/providers/Microsoft.Network/networkInterfaces/nic`,
  {
    ip_configuration: [{ subnet_id: subnet.id }],
  },
);

async function azureWith(...resources: readonly SimulatedResource[]) {
  const azure = new ControlPlane(new Store(), new Faults([]));
  for (const each of resources) await azure.create(each, {});
  return azure;
}

describe('creating', () => {
  it('needs the resource group', async () => {
    const azure = await azureWith();
    await expect(azure.create(account, {})).rejects.toThrow(
      "404 (404 Not Found) with error: ResourceGroupNotFound: Resource group 'rg' could not be found.",
    );
  });

  it('needs the parent', async () => {
    const azure = await azureWith(group);
    await expect(azure.create(subnet, {})).rejects.toThrow(
      `ParentResourceNotFound: Failed to perform 'write' on resource(s) of type 'Microsoft.Network/virtualNetworks/subnets', because the parent resource '${networkId}' could not be found.`,
    );
  });

  it('needs what it refers to, with the path of the reference', async () => {
    const azure = await azureWith(group, network);
    await expect(azure.create(nic, {})).rejects.toThrow(
      `InvalidResourceReference: Resource ${subnet.id} referenced by ip_configuration.0.subnet_id`,
    );
  });

  it('needs the parent of types that Berth does not deploy, too', async () => {
    const azure = await azureWith(group);
    const server = `${groupId}/providers/Microsoft.Sql/servers/s`;
    const database = resource('azurerm_mssql_database', `${server}/databases/d`);
    await expect(azure.create(database, {})).rejects.toThrow(
      `the parent resource '${server}' could not be found`,
    );
    await azure.create(resource('azurerm_mssql_server', server), {});
    await azure.create(database, {});
  });

  it('finds an API by its name without the revision', async () => {
    const service = `${groupId}/providers/Microsoft.ApiManagement/service/a`;
    const azure = await azureWith(
      group,
      resource('azurerm_api_management', service),
      resource('azurerm_api_management_api', `${service}/apis/b;rev=1`),
    );
    await azure.create(
      resource('azurerm_api_management_api_operation', `${service}/apis/b/operations/o`),
      {},
    );
  });

  it('needs a private endpoint to name a part that the resource has', async () => {
    const azure = await azureWith(group, vault);
    const endpoint = (part: string) =>
      resource(
        'azurerm_private_endpoint',
        `${groupId}/providers/Microsoft.Network/privateEndpoints/${part}`,
        {
          private_service_connection: [
            { private_connection_resource_id: vaultId, subresource_names: [part] },
          ],
        },
      );
    await expect(azure.create(endpoint('vaults'), {})).rejects.toThrow(
      "Call to Microsoft.KeyVault/vaults failed. Error message: the group id 'vaults' is not one of vault.",
    );
    await azure.create(endpoint('vault'), {});
  });

  it('does not miss built-in roles', async () => {
    const role = '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7';
    const azure = await azureWith(group);
    const id = `${groupId}/providers/Microsoft.Authorization/roleAssignments/1`;
    await azure.create(
      resource('azurerm_role_assignment', id, { role_definition_id: role, scope: groupId }),
      {},
    );
    expect(azure.store.get(id)?.type).toBe('azurerm_role_assignment');
  });

  it.each([
    [
      'azurerm_role_assignment',
      'roleAssignments',
      { scope: groupId, principal_id: 'p', role_definition_id: '/role' },
      'RoleAssignmentExists: The role assignment already exists.',
    ],
    ['azurerm_role_definition', 'roleDefinitions', { name: 'caller' }, 'RoleDefinitionWithSameNameExists'],
  ])(
    '%s is refused under another GUID when one of the same content exists',
    async (type, armType, content, code) => {
      const azure = await azureWith(group);
      const make = (guid: string, more: object) =>
        azure.create(
          resource(type, `${groupId}/providers/Microsoft.Authorization/${armType}/${guid}`, {
            ...content,
            ...more,
          }),
          {},
        );
      await make('1', {});
      await expect(make('2', {})).rejects.toThrow(code);
      await make('3', type === 'azurerm_role_assignment' ? { principal_id: 'q' } : { name: 'other' });
      expect(azure.store.list()).toHaveLength(3);
    },
  );

  it.each([
    ['azurerm_key_vault', 'Microsoft.KeyVault/vaults', {}, 'VaultAlreadyExists'],
    ['azurerm_storage_account', 'Microsoft.Storage/storageAccounts', {}, 'StorageAccountAlreadyTaken'],
    ['azurerm_container_registry', 'Microsoft.ContainerRegistry/registries', {}, 'AlreadyInUse'],
    [
      'azurerm_cognitive_account',
      'Microsoft.CognitiveServices/accounts',
      { custom_subdomain_name: 'sub' },
      'CustomDomainInUse',
    ],
  ])('%s takes a name that is unique in Azure', async (type, armType, attributes, code) => {
    const other = resource('azurerm_resource_group', groupId.replace(/rg$/, 'other'));
    const azure = await azureWith(group, other);
    await azure.create(resource(type, `${groupId}/providers/${armType}/same`, attributes), {});
    const second = resource(type, `${other.id}/providers/${armType}/same`, attributes);
    await expect(azure.create(second, {})).rejects.toThrow(code);
  });
});

describe('deleting', () => {
  it('takes children and what lies on them along', async () => {
    const setting = resource('azurerm_monitor_diagnostic_setting', `${accountId}|logs`);
    const azure = await azureWith(
      group,
      account,
      resource('azurerm_cognitive_deployment', `${accountId}/deployments/d`),
      setting,
    );
    await azure.delete(account, {});
    expect(azure.store.list()).toEqual([group]);
  });

  it('leaves siblings whose name begins alike', async () => {
    const sibling = resource('azurerm_cognitive_account', `${accountId}2`);
    const azure = await azureWith(group, account, sibling);
    await azure.delete(account, {});
    expect(azure.store.get(sibling.id)).toEqual(sibling);
  });

  it('is refused while a subnet is in use, also through its network', async () => {
    const azure = await azureWith(group, network, subnet, nic);
    const refusal = `InUseSubnetCannotBeDeleted: ${subnet.id} is in use by ${nic.id} and cannot be deleted.`;
    await expect(azure.delete(subnet, {})).rejects.toThrow(refusal);
    await expect(azure.delete(network, {})).rejects.toThrow(refusal);
    await azure.delete(nic, {});
    await azure.delete(network, {});
    expect(azure.store.list()).toEqual([group]);
  });

  it('is refused while a resource of azapi uses the subnet', async () => {
    const endpoint = resource(
      'azapi_resource',
      `${groupId}/providers/Microsoft.Network/privateEndpoints/pe`,
      {
        body: { properties: { subnet: { id: subnet.id } } },
      },
    );
    const azure = await azureWith(group, network, subnet, endpoint);
    await expect(azure.delete(subnet, {})).rejects.toThrow(`is in use by ${endpoint.id}`);
  });

  it.each([
    ['privateDnsZones', 'Microsoft.Network/privateDnsZones/z', 'virtualNetworkLinks/l'],
    ['accounts', 'Microsoft.CognitiveServices/accounts/acc', 'projects/p'],
  ])('is refused for %s that still have children which do not go with them', async (_, parent, child) => {
    const top = resource('azapi_resource', `${groupId}/providers/${parent}`);
    const inner = resource('azapi_resource', `${top.id}/${child}`);
    const azure = await azureWith(group, top, inner);
    await expect(azure.delete(top, {})).rejects.toThrow(
      `CannotDeleteResource: Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${inner.id}'.`,
    );
    await azure.delete(inner, {});
    await azure.delete(top, {});
    expect(azure.store.list()).toEqual([group]);
  });

  it('refuses a resource group that is not empty, unless the feature is off', async () => {
    const azure = await azureWith(group, network);
    await expect(azure.delete(group, {})).rejects.toThrow(`the Resource Group still contains Resources`);
    await azure.delete(group, { 'resource_group.prevent_deletion_if_contains_resources': false });
    expect(azure.store.list()).toEqual([]);
  });

  it.each([
    [account, {}, []],
    [account, { 'cognitive_account.purge_soft_delete_on_destroy': false }, [['acc', 48]]],
    [vault, {}, []],
    [vault, { 'key_vault.purge_soft_delete_on_destroy': false }, [['kv', 168]]],
    [resource('azurerm_key_vault', vaultId, { purge_protection_enabled: true }), {}, [['kv', 2160]]],
    [
      resource(
        'azurerm_machine_learning_workspace',
        `${groupId}/providers/Microsoft.MachineLearningServices/workspaces/ml`,
      ),
      {},
      [['ml', 336]],
    ],
  ])('keeps names as the service and the features say (%#)', async (doomed, features, kept) => {
    const azure = await azureWith(group, doomed);
    await azure.delete(doomed, features);
    expect(azure.store.softDeleted().map(({ name, keptHours }) => [name, keptHours])).toEqual(kept);
  });
});

describe('a kept name', () => {
  const keep = {
    'cognitive_account.purge_soft_delete_on_destroy': false,
    'key_vault.purge_soft_delete_on_destroy': false,
  };

  it('cannot be used again', async () => {
    const azure = await azureWith(group, account);
    await azure.delete(account, keep);
    await expect(azure.create(account, keep)).rejects.toThrow('FlagMustBeSetForRestore');
  });

  it('of a vault is recovered, unless the feature is off', async () => {
    const azure = await azureWith(group, vault);
    await azure.delete(vault, keep);
    await expect(azure.create(vault, { 'key_vault.recover_soft_deleted_key_vaults': false })).rejects.toThrow(
      'ConflictError: A vault with the same name already exists in deleted state',
    );
    await azure.create(vault, {});
    expect(azure.store.softDeleted()).toEqual([]);
  });
});

describe('writes on one account', () => {
  const child = (name: string) =>
    resource('azurerm_cognitive_deployment', `${accountId}/deployments/${name}`);

  it('conflict when they overlap and pass one after another', async () => {
    const azure = await azureWith(group, account);
    const results = await Promise.allSettled([azure.create(child('a'), {}), azure.create(child('b'), {})]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await azure.create(child('b'), {});
    expect(azure.store.operations().map(({ outcome }) => outcome)).toEqual([
      'done',
      'done',
      'failed',
      'done',
      'done',
    ]);
  });

  it.each(['|logs', '/providers/Microsoft.Authorization/roleAssignments/1'])(
    'do not disturb %s',
    async extension => {
      const azure = await azureWith(group, account);
      const extending = resource('azurerm_monitor_diagnostic_setting', `${accountId}${extension}`);
      await Promise.all([azure.create(child('a'), {}), azure.create(extending, {})]);
      expect(azure.store.list()).toHaveLength(4);
    },
  );

  it('do not disturb another account', async () => {
    const second = resource('azurerm_cognitive_account', `${accountId}2`);
    const azure = await azureWith(group, account, second);
    const other = resource('azurerm_cognitive_deployment', `${second.id}/deployments/x`);
    await Promise.all([azure.create(child('a'), {}), azure.create(other, {})]);
    expect(azure.store.list()).toHaveLength(5);
  });
});

describe('faults', () => {
  const played = async (fault: Fault, doomed: SimulatedResource = network) => {
    const store = new Store();
    [group, account].forEach(each => store.seed(each));
    const azure = new ControlPlane(store, new Faults([fault]));
    const tries: string[] = [];
    for (let i = 0; i < 3; i++) {
      await azure.update(doomed).then(
        () => tries.push('done'),
        (failure: Error) => tries.push(failure.message.replace(/^.*with error: (\w+):.*$/, '$1')),
      );
    }
    return tries;
  };

  it.each<readonly [Fault, readonly string[]]>([
    [{ name: 'conflict' }, ['RequestConflict', 'done', 'done']],
    [{ name: 'server-error', nth: 2 }, ['done', 'InternalServerError', 'done']],
    [{ name: 'server-error', times: 2 }, ['InternalServerError', 'InternalServerError', 'done']],
    [{ name: 'timeout' }, ['context deadline exceeded', 'done', 'done']],
    [{ name: 'throttle', times: 3 }, ['done', 'done', 'done']],
    [{ name: 'throttle', times: 4 }, ['TooManyRequests', 'done', 'done']],
    [{ name: 'conflict', resource: 'azurerm_virtual_*' }, ['RequestConflict', 'done', 'done']],
    [{ name: 'conflict', resource: 'azurerm_subnet' }, ['done', 'done', 'done']],
    [{ name: 'conflict', resource: '*/virtualNetworks/net' }, ['RequestConflict', 'done', 'done']],
    [
      { name: 'conflict', resource: `azurerm_virtual_network ${networkId}` },
      ['RequestConflict', 'done', 'done'],
    ],
    [{ name: 'conflict', resource: `azurerm_subnet ${networkId}` }, ['done', 'done', 'done']],
    [{ name: 'conflict', action: 'update' }, ['RequestConflict', 'done', 'done']],
    [{ name: 'conflict', action: 'delete' }, ['done', 'done', 'done']],
    [{ name: 'insufficient-quota' }, ['done', 'done', 'done']],
  ])('%j', async (fault, outcomes) => {
    expect(await played(fault)).toEqual(outcomes);
  });

  it.each([
    ['insufficient-quota', 'azurerm_cognitive_deployment', 'InsufficientQuota'],
    ['model-not-available', 'azurerm_cognitive_deployment', 'DeploymentModelNotSupported'],
    ['region-not-available', 'azurerm_cognitive_account', 'LocationNotAvailableForResourceType'],
    ['endpoint-lag', 'azurerm_private_endpoint', 'AccountProvisioningStateInvalid'],
  ] as const)('%s hits the first %s', async (name, type, code) => {
    expect(await played({ name }, resource(type, `${accountId}/deployments/x`))).toEqual([
      code,
      'done',
      'done',
    ]);
  });

  it('lasts for a time and heals', () => {
    let now = 1_000;
    const faults = new Faults([{ name: 'conflict', nth: 2, forMs: 500 }], () => now);
    const strike = (at: number): string | undefined => {
      now = at;
      return faults.strike({ action: 'create', type: group.type, id: groupId })?.name;
    };
    expect([1_000, 2_000, 2_400, 2_499, 2_500].map(strike)).toEqual([
      undefined,
      'conflict',
      'conflict',
      'conflict',
      undefined,
    ]);
    expect(faults.played).toHaveLength(3);
  });

  it('a role that lags refuses what runs as its identity, and nothing else, until it has healed', async () => {
    const identity = resource(
      'azurerm_user_assigned_identity',
      `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`,
      { principal_id: 'p1' },
    );
    const assignment = resource(
      'azurerm_role_assignment',
      `${groupId}/providers/Microsoft.Authorization/roleAssignments/1`,
      { scope: groupId, principal_id: 'p1', role_definition_id: '/role' },
    );
    const vm = resource(
      'azurerm_linux_virtual_machine',
      `${groupId}/providers/Microsoft.Compute/virtualMachines/vm`,
      {
        identity: [{ identity_ids: [identity.id] }],
      },
    );
    const azure = new ControlPlane(new Store(), new Faults([{ name: 'role-lag', times: 2 }]));
    for (const each of [group, identity, assignment, network]) await azure.create(each, {});
    const refusal =
      "AuthorizationFailed: The client does not have authorization to perform action 'Microsoft.Compute/virtualMachines/write'";
    await expect(azure.create(vm, {})).rejects.toThrow(refusal);
    await expect(azure.create(vm, {})).rejects.toThrow(refusal);
    await azure.create(vm, {});
    expect(azure.store.get(vm.id)).toEqual(vm);
  });

  it.each([
    ['deploy-killed', 'failed', 0],
    ['deploy-killed-late', 'done', 1],
  ] as const)('%s ends the deploy without an answer', async (name, outcome, resources) => {
    let answered = false;
    const store = new Store();
    await new Promise<void>(killed => {
      const azure = new ControlPlane(store, new Faults([{ name }]), { killDeploy: killed });
      void azure.create(group, {}).finally(() => (answered = true));
    });
    expect(store.list()).toHaveLength(resources);
    expect(store.operations()).toEqual([
      { action: 'create', type: 'azurerm_resource_group', id: groupId, outcome },
    ]);
    expect(answered).toBe(false);
  });

  it('an answer that is lost leaves the resource in Azure', async () => {
    const azure = new ControlPlane(new Store(), new Faults([{ name: 'answer-lost' }]));
    await expect(azure.create(group, {})).rejects.toThrow('');
    expect(azure.store.get(groupId)).toEqual(group);
    expect(azure.store.operations()).toEqual([
      { action: 'create', type: 'azurerm_resource_group', id: groupId, outcome: 'done' },
    ]);
  });
});
