import type { Store } from '../../azure/store';
import { uuidOf } from '../../azure/uuid';
import { roleIds } from '../../facts/roles';
import { editDistance } from '../../../text/closest';

const prefix = '/providers/Microsoft.Authorization/roleDefinitions/';

/** A name this close to a known role is taken for a misspelling of it; one further away for a role not in the table. */
const misspelling = 2;

/** The id of a role: a built-in one, one that was made here, or a made-up one. */
export function roleIdOf(name: string, store: Store): string {
  const known = roleIds[name];
  if (known) return prefix + known;
  const custom = customRoles(store).find(({ attributes }) => attributes['name'] === name);
  return custom ? (custom.id.split('|')[0] ?? '') : prefix + uuidOf('role', name);
}

/** The name of a role by its id; empty when nothing is known about it. */
export function roleNameOf(id: string, store: Store): string {
  const guid = id.split('/').at(-1)?.toLowerCase();
  const builtIn = Object.entries(roleIds).find(([, known]) => known === guid)?.[0];
  if (builtIn !== undefined) return builtIn;
  const custom = customRoles(store).find(role => role.id.toLowerCase().startsWith(`${id.toLowerCase()}|`));
  return String(custom?.attributes['name'] ?? '');
}

/** What is wrong with a role's name; undefined when it is a built-in role or may be a custom one. */
export function roleProblem(name: string): string | undefined {
  if (roleIds[name]) return undefined;
  const meant = Object.keys(roleIds).find(
    known => editDistance(known.toLowerCase(), name.toLowerCase()) <= misspelling,
  );
  return meant && `could not find role '${name}'. Did you mean '${meant}'?`;
}

function customRoles(store: Store) {
  return store.list().filter(({ type }) => type === 'azurerm_role_definition');
}
