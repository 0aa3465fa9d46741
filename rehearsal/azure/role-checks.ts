import { AzureError } from './azure-error';
import type { SimulatedResource } from './simulated-azure';
import type { Store } from './store';

/**
 * Role assignments and definitions are named by a GUID; Azure compares what they say.
 * @throws AzureError 409 when another one of the same content exists. Azure does not say which one.
 */
export function checkRoles(store: Store, resource: SimulatedResource): void {
  if (resource.type === 'azurerm_role_assignment' && sameContent(store, resource, assignmentKeys)) {
    throw new AzureError(409, 'RoleAssignmentExists', 'The role assignment already exists.');
  }
  if (resource.type === 'azurerm_role_definition' && sameContent(store, resource, definitionKeys)) {
    throw new AzureError(
      409,
      'RoleDefinitionWithSameNameExists',
      `A custom role with the same name already exists in this directory. Use a different name. Role: ${String(resource.attributes['name'])}`,
    );
  }
}

const assignmentKeys = ['scope', 'principal_id', 'role_definition_id'];
const definitionKeys = ['name'];

function sameContent(store: Store, resource: SimulatedResource, names: readonly string[]): boolean {
  const same = (a: unknown, b: unknown): boolean => String(a).toLowerCase() === String(b).toLowerCase();
  return store
    .ofType(resource.type)
    .some(({ attributes }) => names.every(name => same(attributes[name], resource.attributes[name])));
}
