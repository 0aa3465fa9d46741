import type { Lock } from '../../config';
import type { Rehearsal } from '../../rehearsal/run';
import type { Operation } from '../../rehearsal/azure/simulated-azure';

/** A unit as it was when it stood, with the ids of all that it is made of. */
interface WholeUnit {
  readonly workloads: readonly string[];
  readonly parts: readonly string[];
}

/** Follows who serves a workload, write by write. */
export class Watch {
  /** Also as they were before a deploy that added something to them. */
  private readonly units: WholeUnit[] = [];
  private readonly served = new Set<string>();
  private seen = 0;

  constructor(private readonly rehearsal: Rehearsal) {}

  /**
   * Looks back at the writes since the last time.
   * @param lock what was deployed
   * @param whole whether all of it was
   * @param formerly new name → old name
   * @returns workloads of the lock that somebody served before, and nobody at one of the writes
   */
  look(lock: Lock, whole: boolean, formerly: ReadonlyMap<string, string>): string[] {
    const before = this.alive(this.seen);
    this.remember(lock, whole);
    const operations = this.operations();
    const wanted = lock.decision.placements.map(({ workload }) => workload);
    const outages = wanted.flatMap(workload => {
      const names = [workload, formerly.get(workload)].filter(name => name !== undefined);
      if (!names.some(name => this.served.has(name))) return [];
      const alive = new Set(before);
      const lost = operations.slice(this.seen).find(operation => {
        play(alive, operation);
        return !this.isServed(names, alive);
      });
      return lost ? [`${workload} is served by nobody after ${lost.action} of ${lost.id}`] : [];
    });
    this.seen = operations.length;
    const alive = this.alive(this.seen);
    for (const name of wanted) if (this.isServed([name], alive)) this.served.add(name);
    return outages;
  }

  private isServed(names: readonly string[], alive: ReadonlySet<string>): boolean {
    return this.units.some(
      ({ workloads, parts }) =>
        workloads.some(name => names.includes(name)) && parts.every(id => alive.has(id)),
    );
  }

  /** What stands once a deploy is through is whole. */
  private remember({ decision, going }: Lock, whole: boolean): void {
    const units = [
      ...decision.units.map(unit => ({
        unit,
        workloads: decision.placements
          .filter(placement => placement.unit === unit.id)
          .map(({ workload }) => workload),
      })),
      ...going.map(({ unit, placements }) => ({
        unit,
        workloads: placements.map(({ workload }) => workload),
      })),
    ];
    for (const { unit, workloads } of units) {
      const parts = this.partsOf(unit.id);
      if (whole && parts.length > 0) this.units.push({ workloads, parts });
    }
  }

  /** ARM ids of what a state holds of a unit: its constructs are below one that is named after it. */
  private partsOf(unit: string): string[] {
    return this.rehearsal.stacks.flatMap(({ name, json }) => {
      const own = Object.entries(json.resource ?? {}).flatMap(([type, resources]) =>
        Object.entries(resources).flatMap(([id, resource]) =>
          pathOf(resource).split('/').includes(unit) ? [`${type}.${id}`] : [],
        ),
      );
      return this.rehearsal
        .state(name)
        .deployed.filter(({ address }) => own.includes(address))
        .flatMap(({ attributes }) => (isArmId(attributes.id) ? [attributes.id.toLowerCase()] : []));
    });
  }

  private alive(until: number): Set<string> {
    const alive = new Set<string>();
    for (const operation of this.operations().slice(0, until)) play(alive, operation);
    return alive;
  }

  private operations(): readonly Operation[] {
    return this.rehearsal.azure?.operations() ?? [];
  }
}

function play(alive: Set<string>, { action, id, outcome }: Operation): void {
  if (outcome !== 'done') return;
  if (action === 'delete') alive.delete(id.toLowerCase());
  else alive.add(id.toLowerCase());
}

function isArmId(id: unknown): id is string {
  return typeof id === 'string' && id.startsWith('/subscriptions/');
}

function pathOf(resource: { readonly [attribute: string]: unknown }): string {
  const { metadata } = (resource['//'] ?? {}) as { readonly metadata?: { readonly path?: string } };
  return metadata?.path ?? '';
}
