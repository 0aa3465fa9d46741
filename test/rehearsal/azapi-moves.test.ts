import type { Configuration } from './terraform-folder';
import { TerraformFolder } from './terraform-folder';

jest.setTimeout(120_000);

const subscriptionId = '/subscriptions/00000000-0000-0000-0000-000000000000';
const vaultId = `${subscriptionId}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-case`;
const tenant = '00000000-0000-4000-8000-000000000001';

let folder: TerraformFolder;
beforeEach(() => (folder = new TerraformFolder()));
afterEach(() => folder.stop());

const group = { azurerm_resource_group: { rg: { name: 'rg', location: 'westeurope' } } };

const withAzurerm: Configuration = {
  resource: {
    ...group,
    azurerm_key_vault: {
      v: {
        name: 'kv-case',
        resource_group_name: '${azurerm_resource_group.rg.name}',
        location: 'westeurope',
        tenant_id: tenant,
        sku_name: 'standard',
        rbac_authorization_enabled: true,
        purge_protection_enabled: true,
        soft_delete_retention_days: 7,
        tags: { team: 'shop' },
      },
    },
  },
};

/** The same vault as azapi writes it. */
function withAzapi(more: object = {}, properties: object = {}): Configuration {
  return {
    resource: {
      ...group,
      azapi_resource: {
        v: {
          type: 'Microsoft.KeyVault/vaults@2026-02-01',
          name: 'kv-case',
          parent_id: '${azurerm_resource_group.rg.id}',
          location: 'westeurope',
          tags: { team: 'shop' },
          body: {
            properties: {
              tenantId: tenant,
              sku: { family: 'A', name: 'standard' },
              enableRbacAuthorization: true,
              enablePurgeProtection: true,
              softDeleteRetentionInDays: 7,
              ...properties,
            },
          },
          ...more,
        },
      },
    },
    moved: [{ from: 'azurerm_key_vault.v', to: 'azapi_resource.v' }],
  };
}

/** Makes the vault with azurerm, and leaves the other configuration in its place. */
async function madeBefore(after: Configuration): Promise<void> {
  await folder.start(withAzurerm);
  expect((await folder.apply()).code).toBe(0);
  folder.write(after);
}

describe('a state of azurerm that azapi takes over', () => {
  it('moves alone where the configuration asks for what is there, whatever API version it names', async () => {
    await madeBefore(withAzapi());
    const { text } = await folder.run('plan');
    expect(text).toContain('# azurerm_key_vault.v has moved to azapi_resource.v');
    expect(text).toContain('Plan: 0 to add, 0 to change, 0 to destroy.');
    await folder.apply();
    // Nothing was written, so the state names the version that the provider took for the move.
    expect(JSON.stringify(folder.state())).toContain('Microsoft.KeyVault/vaults@2026-03-01-preview');
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  });

  it('is changed in place by what the configuration adds', async () => {
    const exports = { response_export_values: ['properties.vaultUri'] };
    await madeBefore(withAzapi(exports, { publicNetworkAccess: 'Disabled' }));
    const { text } = await folder.apply();
    expect(text).toContain('0 added, 1 changed, 0 destroyed');
    expect(folder.azure.operations().filter(({ action }) => action !== 'create')).toEqual([
      { action: 'update', type: 'azapi_resource', id: vaultId, outcome: 'done' },
    ]);
    expect(JSON.stringify(folder.state())).toContain('Microsoft.KeyVault/vaults@2026-02-01');
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  });

  it('cannot be changed in what Azure fixes when a vault is made', async () => {
    await madeBefore(withAzapi({}, { softDeleteRetentionInDays: 90 }));
    expect((await folder.apply()).text).toContain(
      'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
    );
    folder.write(withAzapi({}, { enablePurgeProtection: false }));
    expect((await folder.apply()).text).toContain(
      'The property "enablePurgeProtection" cannot be set to false.',
    );
  });

  it('would be replaced by a plan that reads nothing: azapi knows its id and no place', async () => {
    await madeBefore(withAzapi());
    const { text } = await folder.run('plan -refresh=false');
    expect(text).toContain('+ location = "westeurope" # forces replacement');
  });

  it('can be imported instead, with an API version of choice', async () => {
    await madeBefore({ resource: withAzapi().resource ?? {} });
    await folder.run('state rm azurerm_key_vault.v');
    const imported = await folder.run(`import azapi_resource.v ${vaultId}?api-version=2026-02-01`);
    expect({ code: imported.code, text: imported.code === 0 ? '' : imported.text }).toEqual({
      code: 0,
      text: '',
    });
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  });

  it('is refused of types whose body the rehearsal does not know', async () => {
    const { resource } = withAzapi() as { resource: { azapi_resource: { v: object } } };
    const identity = { name: 'id-case', resource_group_name: '${azurerm_resource_group.rg.name}' };
    await folder.start({
      resource: { ...group, azurerm_user_assigned_identity: { v: { ...identity, location: 'westeurope' } } },
    });
    await folder.apply();
    folder.write({
      resource: { ...group, azapi_resource: resource.azapi_resource },
      moved: [{ from: 'azurerm_user_assigned_identity.v', to: 'azapi_resource.v' }],
    } as never);
    expect((await folder.run('plan')).text).toContain(
      'Move not rehearsed the rehearsal knows the ARM body of azurerm_key_vault only, not of azurerm_user_assigned_identity',
    );
  });
});

const deleted = {
  azapi_resource: {
    deleted: {
      type: 'Microsoft.KeyVault/locations/deletedVaults@2026-02-01',
      resource_id: `${subscriptionId}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-case`,
      ignore_not_found: true,
    },
  },
};

describe('a deleted vault', () => {
  it('is found, and recovered by a create that asks for it, which no later plan tells of', async () => {
    const createMode = '${data.azapi_resource.deleted.exists ? "recover" : null}';
    const recovering = { ...withAzapi({ ignore_null_property: true }, { createMode }), data: deleted };
    await folder.start(recovering);
    for (const life of ['new', 'recovered']) {
      const { code, text } = await folder.apply();
      expect({ life, code, text: code === 0 ? '' : text }).toEqual({ life, code: 0, text: '' });
      expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
      expect(folder.azure.softDeleted()).toEqual([]);
      expect((await folder.run('destroy -auto-approve')).code).toBe(0);
      expect(folder.azure.softDeleted()).toMatchObject([{ name: 'kv-case', keptHours: 168 }]);
    }
  });

  it('keeps its name from a create that does not', async () => {
    await folder.start(withAzapi());
    await folder.apply();
    await folder.run('destroy -auto-approve');
    expect((await folder.apply()).text).toContain('ConflictError: A vault with the same name already exists');
  });

  it('cannot be recovered where none was deleted', async () => {
    await folder.start(withAzapi({}, { createMode: 'recover' }));
    expect((await folder.apply()).text).toContain('SoftDeletedVaultDoesNotExist');
  });
});
