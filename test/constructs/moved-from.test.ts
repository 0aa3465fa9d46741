import { Fn, App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { AzapiProvider, AzapiResource } from '../../constructs/azapi';
import { movedFrom } from '../../constructs/moved-from';

const parentId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';

function app() {
  const all = new App({ stackTraces: false });
  const stack = (id: string) => {
    const made = new TerraformStack(all, id);
    new AzurermProvider(made, 'azurerm', { features: [{}] });
    new AzapiProvider(made, 'azapi');
    return made;
  };
  const [maker, reader] = [stack('maker'), stack('reader')];
  const vault = (id: string) =>
    movedFrom(
      new AzapiResource(maker, id, { type: 'Microsoft.KeyVault/vaults@2026-02-01', name: id, parentId }),
      'azurerm_key_vault',
    ).attribute('id');
  return { maker, reader, vault };
}

function synthesised(stack: TerraformStack): Record<string, never> {
  return JSON.parse(Testing.synth(stack)) as Record<string, never>;
}

describe('a resource that was one of another type', () => {
  it('takes over its state, each with a block of its own', () => {
    const { maker, vault } = app();
    vault('one');
    vault('two');
    expect(synthesised(maker)).toMatchObject({
      moved: [
        { from: 'azurerm_key_vault.one', to: 'azapi_resource.one' },
        { from: 'azurerm_key_vault.two', to: 'azapi_resource.two' },
      ],
    });
  });

  it('is read under its new address in its stack, inside of texts and functions too', () => {
    const { maker, vault } = app();
    const id = vault('one');
    new TerraformOutput(maker, 'plain', { value: id, staticId: true });
    new TerraformOutput(maker, 'secret', { value: `${id}/secrets/s`, staticId: true });
    new TerraformOutput(maker, 'guid', { value: Fn.uuidv5('url', `${id}|role`), staticId: true });
    expect(synthesised(maker)).toMatchObject({
      output: {
        plain: { value: '${azapi_resource.one.id}' },
        secret: { value: '${azapi_resource.one.id}/secrets/s' },
        guid: { value: '${uuidv5("url", "${azapi_resource.one.id}|role")}' },
      },
    });
  });

  it('is read by other stacks from the output that it had', () => {
    const { maker, reader, vault } = app();
    const id = vault('one');
    new ResourceGroup(reader, 'group', { name: 'rg', location: 'westeurope', managedBy: `${id}/x` });
    new TerraformOutput(reader, 'guid', { value: Fn.uuidv5('url', `${id}|role`), staticId: true });
    const state = '${data.terraform_remote_state.cross-stack-reference-input-maker.outputs.';
    const read = `${state}cross-stack-output-azurerm_key_vaultoneid}`;
    // What an app does before it writes any stack.
    reader.prepareStack();
    expect(synthesised(reader)).toMatchObject({
      output: { guid: { value: `\${uuidv5("url", "${read}|role")}` } },
      resource: { azurerm_resource_group: { group: { managed_by: `${read}/x` } } },
    });
    expect(synthesised(maker)).toMatchObject({
      output: {
        'cross-stack-output-azurerm_key_vaultoneid': { sensitive: true, value: '${azapi_resource.one.id}' },
      },
    });
  });
});
