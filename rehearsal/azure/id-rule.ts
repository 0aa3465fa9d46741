import { hexOf, uuidOf } from './uuid';
import { vaultObjects, idTemplates } from './id-templates';
import { parseArmId, resourceGroupId } from '../../text/arm-id';
import { nearestHome } from './nearest-home';
import type { Value } from '../protocol/value';

/** The planned attributes from which an id is made. */
type Planned = Readonly<Record<string, Value>>;

/**
 * The id that Azure gives a resource: by its template where the type has one, otherwise by the rule that most
 * types follow: below the parent that a required `…_id` names, or in the resource group.
 */
export function idOf(type: string, planned: Planned, subscriptionId: string): string {
  const vaultObject = vaultObjects[type];
  if (vaultObject) return vaultObjectId(vaultObject, planned);
  const subscription = `/subscriptions/${subscriptionId}`;
  const fill = (template: string) =>
    template.replace(placeholder, (_, expression: string) => {
      if (expression === 'sub') return subscription;
      if (expression === 'rg')
        return `${subscription}/resourceGroups/${text(planned['resource_group_name'])}`;
      const values = expression.split('/').map(part => valueOf(part, type, planned));
      return values.find(value => value !== '') ?? '';
    });
  const templates = idTemplates(type);
  const fitting = templates.find(template => isGiven(template, planned)) ?? templates[0];
  return fill(fitting ?? generalTemplate(type, planned));
}

const placeholder = /\{([^}]+)\}/g;

/** Whether every attribute that a template names has a value. */
function isGiven(template: string, planned: Planned): boolean {
  const names = [...template.matchAll(placeholder)].map(
    ([, expression = '']) => /^\w+/.exec(expression)?.[0] ?? '',
  );
  return names.every(name => /^(rg|sub|uuid)$/.test(name) || text(planned[name]) !== '');
}

/** Parts of an id that a template can ask for. */
const partReaders: Readonly<Record<string, (id: string) => string>> = {
  name: id => parseArmId(id)?.name ?? id,
  group: id => resourceGroupId(id) ?? '',
  parent: id => parseArmId(id)?.parent ?? '',
  subscription: id => /^\/subscriptions\/[^/]+/i.exec(id)?.[0] ?? '',
};

function valueOf(expression: string, type: string, planned: Planned): string {
  if (expression === 'uuid') return uuidOf(type, JSON.stringify(planned));
  if (expression.startsWith('=')) return expression.slice(1);
  const [attribute = '', ...parts] = expression.split('.');
  return parts.reduce((value, part) => partReaders[part]?.(value) ?? value, text(planned[attribute]));
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
  const { namespace, collection } = nearestHome(type);
  const name = 'name' in planned ? '{name}' : '{uuid}';
  const parent = parts.find(candidate => ownsType(candidate, type));
  if (parent && !('resource_group_name' in planned)) return `{${parent}}/${collection}/${name}`;
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
