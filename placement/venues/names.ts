/**
 * Where a workload can live. A venue is a folder beside this file, a name here and a line in the registry of
 * `index.ts`; the compiler asks for each.
 */
export const venueNames = ['hosted', 'managed-compute', 'catalog', 'vm', 'edge'] as const;

/** `hosted`: a service. `managed-compute`: accelerators of one. `catalog`: a managed endpoint. `vm`: machines on Azure or AWS. `edge`: owned devices. */
export type Venue = (typeof venueNames)[number];
