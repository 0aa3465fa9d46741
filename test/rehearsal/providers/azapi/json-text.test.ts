import { meansAzapi1 } from '../../../../rehearsal/providers/azapi/json-text';
import { TerraformFolder } from '../../terraform-folder';

it.each([
  [[], false],
  [['~> 1.5'], true],
  [['= 1.15.0'], true],
  [['~> 1.1.0', '>= 1.0'], true],
  [['>= 1.5'], false],
  [['~> 2.0'], false],
  [['~> 2.11.0'], false],
])('whether stacks that ask for %j mean azapi 1', (asked, expected) => {
  expect(meansAzapi1(asked, '2.12.0')).toBe(expected);
});

describe('a stack of azapi 1', () => {
  const folder = new TerraformFolder();
  afterAll(() => folder.stop());

  const account = (body: unknown) => ({
    resource: {
      azurerm_resource_group: { g: { name: 'rg', location: 'westeurope' } },
      azapi_resource: {
        s: {
          type: 'Microsoft.Storage/storageAccounts@2023-05-01',
          name: 'stcase',
          parent_id: '${azurerm_resource_group.g.id}',
          location: '${azurerm_resource_group.g.location}',
          removing_special_chars: false,
          body,
          response_export_values: ['properties.primaryEndpoints'],
        },
      },
    },
    output: {
      blob: { value: '${jsondecode(azapi_resource.s.output).properties.primaryEndpoints.blob}' },
      kind: { value: '${jsondecode(azapi_resource.s.body).kind}' },
    },
  });

  it('has bodies and outputs of JSON text, and an empty second plan', async () => {
    const text = '${jsonencode({ kind = "StorageV2", sku = { name = "Standard_LRS" } })}';
    await folder.start(account(text), { versionsAsked: () => ['~> 1.5'] });
    const first = await folder.apply();
    expect(first.text).toContain('blob = "https://stcase.blob.core.windows.net/"');
    expect(first.text).toContain('kind = "StorageV2"');
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  });

  it('refuses text that is no JSON', async () => {
    folder.write(account('{ kind ='));
    const { code, text } = await folder.apply();
    expect(code).toBe(1);
    expect(text).toContain('The value must not be a string');
  });
});
