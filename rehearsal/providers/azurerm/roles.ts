import { uuidOf } from '../../azure/uuid';
import { ROLES } from '../../facts/roles';
import { distance } from '../../schema/closest';

const PREFIX = '/providers/Microsoft.Authorization/roleDefinitions/';

/** A name this close to a known role is taken for a misspelling of it; one further away for a role not in the table. */
const MISSPELLING = 4;

/** The id of a role; roles that are not in the table get a made-up GUID. */
export function roleIdOf(name: string): string {
  return PREFIX + (ROLES[name] ?? uuidOf('role', name));
}

/** The name of a role by its id; empty when it is not in the table. */
export function roleNameOf(id: string): string {
  const guid = id.split('/').at(-1)?.toLowerCase();
  return Object.entries(ROLES).find(([, known]) => known === guid)?.[0] ?? '';
}

/** What is wrong with a role's name; undefined when it is a built-in role or may be a custom one. */
export function roleProblem(name: string): string | undefined {
  if (ROLES[name]) return undefined;
  const meant = Object.keys(ROLES).find(
    known => distance(known.toLowerCase(), name.toLowerCase()) <= MISSPELLING,
  );
  return meant && `could not find role '${name}'. Did you mean '${meant}'?`;
}
