/** The parts of an ARM id that say what it names and where that lives. */
interface ArmId {
  readonly id: string;
  /** GUID of the subscription; undefined for tenant-level ids. */
  readonly subscription?: string;
  readonly resourceGroup?: string;
  /** Provider and type segments: `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  readonly name: string;
  /** The id one level up; undefined at the root. */
  readonly parent?: string;
}

/**
 * Parses an ARM id; undefined when the text is none. Extension resources, which stand on a second `/providers/`,
 * have the resource that they extend as their parent.
 */
export function parseArmId(text: string): ArmId | undefined {
  const segments = segmentsOf(text);
  if (!segments) return undefined;
  const common = scopeOf(text, segments);
  const at = segments.map(segment => segment.toLowerCase()).lastIndexOf('providers');
  if (at < 0) return container(segments, common);
  const [namespace, ...rest] = segments.slice(at + 1);
  if (!namespace || rest.length < 2 || rest.length % 2 !== 0) return undefined;
  const parent = segments.slice(0, rest.length === 2 ? at : -2).join('/');
  return {
    ...common,
    type: [namespace, ...rest.filter((_, i) => i % 2 === 0)].join('/'),
    name: rest.at(-1) ?? '',
    ...(parent ? { parent: `/${parent}` } : {}),
  };
}

/** The keys and values of an ARM id in their order: `subscriptions` and its GUID, `resourceGroups` and its name. */
export function pairsOfArmId(id: string): [key: string, value: string][] {
  const segments = id.replace(/^\/|\/$/g, '').split('/');
  return segments.flatMap((key, i): [string, string][] =>
    i % 2 === 0 ? [[key, segments[i + 1] ?? '']] : [],
  );
}

function segmentsOf(text: string): readonly string[] | undefined {
  if (!/^\/(subscriptions|providers)\//i.test(text) || text.includes('|')) return undefined;
  const segments = text.split('/').slice(1);
  return segments.includes('') ? undefined : segments;
}

function scopeOf(
  id: string,
  segments: readonly string[],
): Pick<ArmId, 'id' | 'subscription' | 'resourceGroup'> {
  const subscription = segments[0]?.toLowerCase() === 'subscriptions' ? segments[1] : undefined;
  const resourceGroup = segments[2]?.toLowerCase() === 'resourcegroups' ? segments[3] : undefined;
  return { id, ...(subscription ? { subscription } : {}), ...(resourceGroup ? { resourceGroup } : {}) };
}

function container(segments: readonly string[], common: Pick<ArmId, 'id'>): ArmId | undefined {
  if (segments.length === 2)
    return { ...common, type: 'Microsoft.Resources/subscriptions', name: segments[1] ?? '' };
  if (segments.length !== 4 || segments[2]?.toLowerCase() !== 'resourcegroups') return undefined;
  return {
    ...common,
    type: 'Microsoft.Resources/resourceGroups',
    name: segments[3] ?? '',
    parent: `/${segments.slice(0, 2).join('/')}`,
  };
}

/** Ids compare without regard to case in Azure. */
export function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The resource group's id inside an id; undefined when there is none. */
export function resourceGroupId(id: string): string | undefined {
  return /^\/subscriptions\/[^/|]+\/resourceGroups\/[^/|]+/i.exec(id)?.[0];
}

const guid = '[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}';
/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftresources */
const group = '[\\w.()\\u00aa-\\ud7ff-]{0,89}[\\w()\\u00aa-\\ud7ff-]';
const name = '[A-Za-z0-9_][\\w.()-]{0,259}';

/**
 * How the id of a resource of a type looks, for a message: `/subscriptions/<GUID>/resourceGroups/<group>/providers/…`.
 * @param type provider and type segments, such as `Microsoft.Network/virtualNetworks/subnets`; none for a group
 */
export function armIdForm(type?: string): string {
  return joined(type, '<GUID>', '<group>', '<name>');
}

/** What such an id must match; azurerm minds the case of its words. */
export function armIdPattern(type?: string): RegExp {
  return new RegExp(`^${joined(type, guid, group, name).replace(/\.(?=[A-Z])/g, '\\.')}$`);
}

function joined(type: string | undefined, subscription: string, groupName: string, own: string): string {
  const [provider, ...types] = type?.split('/') ?? [];
  const below = provider === undefined ? [] : ['providers', provider, ...types.flatMap(each => [each, own])];
  return ['', 'subscriptions', subscription, 'resourceGroups', groupName, ...below].join('/');
}

/** Any id in a group of a subscription, or of the subscription or the tenant itself, whatever its type. */
export const anyArmId = new RegExp(
  `^(?=/)(/subscriptions/${guid})?(/resourceGroups/${group})?(/providers/[A-Za-z][\\w.]*(/[\\w.]+/[\\w.() @-]+)+)*$`,
);
