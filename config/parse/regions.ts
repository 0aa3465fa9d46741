import type { Catalog } from '../../catalog';
import type { Environment } from '../environment';
import { refuse } from './partial-parse';

/** Names of a cloud's regions. */
export function knownRegions(catalog: Catalog, cloud: 'azure' | 'aws'): string[] {
  return catalog.regions.filter(region => region.cloud === cloud).map(region => region.name);
}

/** Locations that may be used, where all are known; an unknown one has a message of its own, and another may be meant. */
export function locationsOf(azure: Environment['azure'], catalog: Catalog): readonly string[] {
  const known = knownRegions(catalog, 'azure');
  const locations = azure?.locations ?? [];
  return locations.every(location => known.includes(location)) ? locations : refuse();
}
