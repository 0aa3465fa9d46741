import { hexOf, uuidOf } from './uuid';
import { ID_TEMPLATES, VAULT_OBJECTS } from './id-templates';
import { parseArmId, resourceGroupId } from './arm-id';
import { namespaceOf } from './namespaces';
import type { Value } from '../protocol/value';

/** The planned attributes from which an id is made. */
export type Planned = Readonly<Record<string, Value>>;

/**
 * The id that Azure gives a resource: by its template where the type has one, otherwise by the rule that most
 * types follow: below the parent that a required `…_id` names, or in the resource group.
 */
export function idOf(type: string, planned: Planned, subscriptionId: string): string {
  const vaultObject = VAULT_OBJECTS[type];
  if (vaultObject) return vaultObjectId(vaultObject, planned);
  const subscription = `/subscriptions/${subscriptionId}`;
  const template = ID_TEMPLATES[type] ?? generalTemplate(type, planned);
  return template.replace(/\{([^}]+)\}/g, (_, expression: string) => {
    if (expression === 'sub') return subscription;
    if (expression === 'rg') return `${subscription}/resourceGroups/${text(planned['resource_group_name'])}`;
    return (
      expression
        .split('/')
        .map(name => part(name, type, planned))
        .find(found => found !== '') ?? ''
    );
  });
}

function part(name: string, type: string, planned: Planned): string {
  if (name === 'uuid') return uuidOf(type, JSON.stringify(planned));
  const [attribute = '', field] = name.split('.');
  const value = text(planned[attribute]);
  if (field === 'group') return resourceGroupId(value) ?? '';
  return field === 'name' ? (parseArmId(value)?.name ?? value) : value;
}

/** Only strings and numbers can be part of an id; anything else is as good as missing. */
function text(value: Value | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Where the object's version is new with every create; the vault's name is in its id. */
function vaultObjectId(collection: string, planned: Planned): string {
  const vault = parseArmId(text(planned['key_vault_id']))?.name ?? 'vault';
  const name = text(planned['name']);
  return `https://${vault.toLowerCase()}.vault.azure.net/${collection}/${name}/${hexOf(32, vault, collection, name)}`;
}

function generalTemplate(type: string, planned: Planned): string {
  const parts = Object.keys(planned).filter(name => /_id$/.test(name) && isArmId(planned[name]));
  if (/_association$/.test(type) && parts.length > 1)
    return parts
      .slice(0, 2)
      .map(name => `{${name}}`)
      .join('|');
  const { namespace, collection } = namespaceOf(type);
  const name = 'name' in planned ? '{name}' : '{uuid}';
  const parent = parts.find(candidate => ownsType(candidate, type));
  if (parent && !('resource_group_name' in planned))
    return `{${parent}}/${collection.split('/').at(-1)}/${name}`;
  const home = 'resource_group_name' in planned ? '{rg}' : '{sub}';
  return `${home}/providers/${namespace}/${collection}/${name}`;
}

/** `key_vault_id` is the parent of `azurerm_key_vault_thing`; `parent_id` and `scope_id` are of anything. */
function ownsType(attribute: string, type: string): boolean {
  const stem = attribute.replace(/_id$/, '');
  return (
    stem === 'parent' ||
    stem === 'scope' ||
    type.includes(`_${stem}_`) ||
    stem.split('_').every(word => type.includes(word))
  );
}

function isArmId(value: Value | undefined): boolean {
  return typeof value === 'string' && parseArmId(value) !== undefined;
}
