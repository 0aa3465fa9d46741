import type { Lock } from '../../config';
import type { Rehearsal } from '../../rehearsal/run';
import { isAct } from '../../rehearsal/facts/acts';
import type { Operation } from '../../rehearsal/azure/simulated-azure';
import { unitsOf } from './units';
import type { ResourcePaths } from './units';

/** A unit as it was when it stood, with the ids of all that it is made of. */
interface WholeUnit {
  readonly workloads: readonly string[];
  readonly parts: readonly string[];
}

/** What holds data, a name, or what others stand on. */
const kept =
  /^azurerm_(?:resource_group|virtual_network|log_analytics_workspace|cognitive_account|machine_learning_workspace|storage_account|key_vault)$|vaults@/;

/** Follows who serves a workload, write by write. */
export class Watch {
  /** Also as they were before a deploy that added something to them. */
  private readonly units: WholeUnit[] = [];
  private readonly served = new Set<string>();
  private readonly log: Operation[] = [];
  private seen = 0;
  /** The simulation is started anew when stacks have types that it does not serve yet, with an empty log. */
  private source: Rehearsal['azure'];
  private read = 0;

  constructor(
    private readonly rehearsal: Rehearsal,
    private readonly paths: ResourcePaths,
  ) {}

  /**
   * Looks back at the writes since the last time.
   * @param lock what was deployed
   * @param whole whether all of it was
   * @param formerly new name → old name
   * @returns workloads of the lock that somebody served before, and nobody at one of the writes, and what was destroyed
   * though it is kept
   */
  look(lock: Lock, whole: boolean, formerly: ReadonlyMap<string, string>): string[] {
    this.collect();
    const before = this.alive(this.seen);
    this.remember(lock, whole);
    const operations = this.log.slice(this.seen);
    const wanted = lock.decision.placements.map(({ workload }) => workload);
    const outages = wanted.flatMap(workload => {
      const names = namesOf(workload, formerly);
      if (!names.some(name => this.served.has(name))) return [];
      const alive = new Set(before);
      const lost = operations.find(operation => {
        play(alive, operation);
        return !this.isServed(names, alive);
      });
      return lost ? [`${workload} is served by nobody after ${lost.action} of ${lost.id}`] : [];
    });
    const destroyed = operations
      .filter(({ action, outcome, type }) => action === 'delete' && outcome === 'done' && kept.test(type))
      .map(({ id }) => `${id} is destroyed, which is kept until it is let go`);
    this.seen = this.log.length;
    const alive = this.alive(this.seen);
    for (const name of wanted) if (this.isServed([name], alive)) this.served.add(name);
    return [...outages, ...destroyed];
  }

  private collect(): void {
    const { azure } = this.rehearsal;
    if (azure !== this.source) [this.source, this.read] = [azure, 0];
    const operations = azure?.operations() ?? [];
    this.log.push(...operations.slice(this.read));
    this.read = operations.length;
  }

  private isServed(names: readonly string[], alive: ReadonlySet<string>): boolean {
    return this.units.some(
      ({ workloads, parts }) =>
        workloads.some(name => names.includes(name)) && parts.every(id => alive.has(id)),
    );
  }

  /** What stands once a deploy is through is whole. */
  private remember(lock: Lock, whole: boolean): void {
    if (!whole) return;
    for (const { id, workloads } of unitsOf(lock)) {
      const parts = this.partsOf(id);
      if (parts.length > 0) this.units.push({ workloads, parts });
    }
  }

  /** ARM ids of what a state holds of a unit: its constructs are below one that is named after it. */
  private partsOf(unit: string): string[] {
    return this.rehearsal.stacks.flatMap(({ name }) =>
      this.rehearsal
        .state(name)
        .deployed.filter(
          ({ address }) => this.paths.isOf(name, address, unit) && !isAct(address.split('.')[0] ?? ''),
        )
        .flatMap(({ attributes }) => (isArmId(attributes.id) ? [attributes.id.toLowerCase()] : [])),
    );
  }

  private alive(until: number): Set<string> {
    const alive = new Set<string>();
    for (const operation of this.log.slice(0, until)) play(alive, operation);
    return alive;
  }
}

function namesOf(workload: string, formerly: ReadonlyMap<string, string>): string[] {
  const names = [workload];
  for (
    let name = formerly.get(workload);
    name !== undefined && !names.includes(name);
    name = formerly.get(name)
  )
    names.push(name);
  return names;
}

function play(alive: Set<string>, { action, id, outcome }: Operation): void {
  if (outcome !== 'done') return;
  if (action === 'delete') alive.delete(id.toLowerCase());
  else alive.add(id.toLowerCase());
}

function isArmId(id: unknown): id is string {
  return typeof id === 'string' && id.startsWith('/subscriptions/');
}
