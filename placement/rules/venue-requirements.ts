import type { Workload } from '../../config/environment';
import { kindOf } from '../needs';
import type { VenueTraits } from '../offer';

/** What a workload may ask that a venue meets as a whole or not at all, whatever model and place it is. */
export interface VenueRequirement {
  /** How the workload says it; undefined where it asks nothing. */
  readonly asked: (workload: Workload) => string | undefined;
  readonly isMet: (venue: VenueTraits, workload: Workload) => boolean;
}

function when(asked: boolean, text: string): string | undefined {
  return asked ? text : undefined;
}

/** The rules of the same names are made of these, and so is what is checked before anything is placed. */
export const venueRequirements = {
  ownNetwork: {
    asked: ({ residency }) => when(residency === 'own-network', 'residency is own-network'),
    isMet: ({ network }) => network === 'own',
  },
  ownPremises: {
    asked: ({ residency }) =>
      when(residency === 'on-premises' || residency === 'device', `residency is ${residency}`),
    isMet: ({ premises }) => premises === 'ours',
  },
  tenancy: {
    asked: ({ tenancy }) => when(tenancy === 'dedicated', 'tenancy is dedicated'),
    isMet: ({ tenancy }) => tenancy === 'dedicated',
  },
  operations: {
    asked: ({ operations }) => when(operations === 'provider-managed', 'operations is provider-managed'),
    isMet: ({ operatedBy }) => operatedBy === 'provider',
  },
  connectivity: {
    asked: ({ connectivity }) => when(connectivity === 'offline', 'connectivity is offline'),
    isMet: ({ worksOffline }) => worksOffline,
  },
  weights: {
    asked: ({ weights }) => when(weights !== undefined, 'it runs on own weights'),
    isMet: ({ tuning }) => tuning === 'files',
  },
  kind: {
    asked: ({ task }) => `task is ${task}`,
    isMet: ({ serves }, workload) => serves.includes(kindOf(workload)),
  },
} satisfies Readonly<Record<string, VenueRequirement>>;

/** The venue's own requirements that are asked and not met, as the workload says them. */
export function unmetBy(venue: VenueTraits, workload: Workload): string[] {
  return Object.values<VenueRequirement>(venueRequirements).flatMap(requirement => {
    const asked = requirement.asked(workload);
    return asked === undefined || requirement.isMet(venue, workload) ? [] : [asked];
  });
}
