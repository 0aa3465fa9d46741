import type { Construct } from 'constructs';
import type { Venue } from '../config';
import { CatalogStack } from './catalog-stack';
import { EdgeStack } from './edge-stack';
import type { StackRole } from './stack-roles';
import { HostedStack } from './hosted-stack';
import { HostsStack } from './hosts-stack';
import type { UnitStack, UnitStackProps } from './unit-stack';

/** Where the units of a venue are deployed. */
interface VenueStack {
  readonly role: Exclude<StackRole, 'platform'>;
  readonly Stack: new (scope: Construct, props: UnitStackProps) => UnitStack;
}

/** The registry: one line for each venue, which the compiler asks for. Venues of one role share its stack. */
export const venueStacks = {
  hosted: { role: 'hosted', Stack: HostedStack },
  'managed-compute': { role: 'hosted', Stack: HostedStack },
  catalog: { role: 'catalog', Stack: CatalogStack },
  vm: { role: 'hosts', Stack: HostsStack },
  edge: { role: 'edge', Stack: EdgeStack },
} satisfies { readonly [V in Venue]: VenueStack };
