import type { Lock } from '../../config';
import type { Rehearsal } from '../../rehearsal/run';

/** A unit, and the workloads on it. */
export interface LoadedUnit {
  readonly id: string;
  readonly workloads: readonly string[];
}

/** The units that a lock has somebody build. */
export function unitsOf({ decision, going }: Lock): LoadedUnit[] {
  return [
    ...decision.units.map(({ id }) => ({
      id,
      workloads: decision.placements.filter(each => each.unit === id).map(({ workload }) => workload),
    })),
    ...going.map(({ unit, placements }) => ({
      id: unit.id,
      workloads: placements.map(({ workload }) => workload),
    })),
  ];
}

/** Addresses of resources to the names on their paths, such as those of the units that they are of. */
export class ResourcePaths {
  private readonly known = new Map<string, readonly string[]>();

  /** Takes up what the stacks of now have; what they had before stays known. */
  add({ stacks }: Rehearsal): void {
    for (const { name, json } of stacks)
      for (const [type, resources] of Object.entries(json.resource ?? {}))
        for (const [id, resource] of Object.entries(resources))
          this.known.set(`${name} ${type}.${id}`, pathOf(resource).split('/'));
  }

  /** Whether a resource is of one of the units. @param address as a state has it */
  isOf(stack: string, address: string, unit: string): boolean {
    return this.known.get(`${stack} ${address}`)?.includes(unit) ?? false;
  }
}

function pathOf(resource: { readonly [attribute: string]: unknown }): string {
  const { metadata } = (resource['//'] ?? {}) as { readonly metadata?: { readonly path?: string } };
  return metadata?.path ?? '';
}

/** Whether the stacks of now have a resource. */
export function isConfigured({ stacks }: Rehearsal, stack: string, address: string): boolean {
  const [type = '', id = ''] = address.split('.');
  const { json } = stacks.find(({ name }) => name === stack) ?? {};
  return json?.resource?.[type]?.[id] !== undefined;
}
