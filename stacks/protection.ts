import { Aspects, TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { AzapiResource } from '../constructs/azapi/azapi-resource';

/** What holds data, or a name that others know, or stands under all else: no edit may destroy or replace it. */
const protectedTypes = [
  'azurerm_resource_group',
  'azurerm_virtual_network',
  'azurerm_log_analytics_workspace',
  'azurerm_cognitive_account',
  'azurerm_storage_account',
  'Microsoft.KeyVault/vaults',
  'Microsoft.MachineLearningServices/workspaces',
];

/** Environments that are taken down for good, so that Terraform may destroy all of them; separated by commas. */
export const takeDownVariable = 'BERTH_TAKE_DOWN';

/**
 * Has Terraform refuse every plan that destroys or replaces what an environment stands on (`prevent_destroy`), unless it is
 * being taken down. That holds while a resource is in the configuration, so what is kept stays there.
 */
export function protectFromEdits(
  scope: IConstruct,
  environment: string,
  takenDown: string | undefined = process.env[takeDownVariable],
): void {
  const names = (takenDown ?? '').split(',').map(name => name.trim());
  if (names.includes(environment)) return;
  Aspects.of(scope).add({
    visit(node: IConstruct) {
      if (node instanceof TerraformResource && protectedTypes.includes(typeOf(node)))
        node.lifecycle = { ...node.lifecycle, preventDestroy: true };
    },
  });
}

/** Its ARM type where Terraform's own says nothing. */
function typeOf(resource: TerraformResource): string {
  return resource instanceof AzapiResource ? resource.armType : resource.terraformResourceType;
}
