import type { Workload } from '../../config/environment';
import type {
  AssignmentProblem,
  CandidateInput,
  CandidateTableInput,
  MachineTypeInput,
  QuotaInput,
} from '../solver/problem';
import { nameOf, retirementOf, taskQuality } from '../ties';
import type { Offer } from '../offer';
import type { Setting } from '../setting';

/** What a seat of the problem stands for. */
interface Seated {
  readonly workload: Workload;
  readonly offer: Offer;
}

/** An offer with the workloads that no rule keeps from it. */
interface Standing {
  readonly offer: Offer;
  readonly guests: ReadonlySet<Workload>;
}

/** Id of the way to serve a workload at a place. */
export function seatId({ name }: Workload, place: string): string {
  return `${name}@${place}`;
}

/** A problem while it is being put together, and what its seats stand for. */
export class JointProblem {
  private readonly seats: CandidateInput[] = [];
  private readonly tables: CandidateTableInput[] = [];
  private readonly machineTypes = new Map<string, MachineTypeInput>();
  private readonly quotas = new Map<string, QuotaInput>();
  /** By what the ids of seats have behind the workload. */
  private readonly standings = new Map<string, readonly Standing[]>();
  private readonly everybody: ReadonlySet<Workload>;
  private readonly byName: ReadonlyMap<string, Workload>;

  constructor(
    readonly workloads: readonly Workload[],
    readonly setting: Setting,
  ) {
    this.everybody = new Set(workloads);
    this.byName = new Map(workloads.map(workload => [workload.name, workload]));
  }

  addMachineType(type: MachineTypeInput): void {
    this.machineTypes.set(type.id, type);
  }

  /** Draws on the quota of the id, which is made where it is new. */
  quota(id: string, limit: number): string {
    this.quotas.set(id, { id, limit });
    return id;
  }

  /** A way to serve a workload; `place` tells apart what the offer alone does not. */
  addSeat(
    { workload, offer }: Seated,
    place: string,
    rest: Omit<CandidateInput, 'id' | 'workload' | 'quality' | 'retirement' | 'name'>,
  ): void {
    this.standings.set(place, [{ offer, guests: this.everybody }]);
    this.seats.push({
      id: seatId(workload, place),
      workload: workload.name,
      quality: taskQuality(offer, workload, this.setting),
      retirement: retirementOf(offer),
      name: nameOf(offer, this.setting),
      ...rest,
    });
  }

  /** Ways to serve workloads on one machine type. @param standings of each part of the table, by its index; the last one counts */
  addSeats(table: CandidateTableInput, standings: readonly (readonly Standing[])[]): void {
    this.tables.push(table);
    table.parts.forEach(({ id }, i) => this.standings.set(`${table.machineType}/${id}`, standings[i] ?? []));
  }

  /** What a seat stands for. */
  seatedAt(id: string): Seated {
    const end = id.indexOf('@');
    const workload = this.byName.get(id.slice(0, end));
    const standing = this.standings
      .get(id.slice(end + 1))
      ?.findLast(({ guests }) => workload && guests.has(workload));
    if (!workload || !standing) throw new Error(`${id} is no seat, which is a fault in the placement`);
    return { workload, offer: standing.offer };
  }

  /** Workloads without a seat. */
  unseated(): Workload[] {
    const served = new Set(this.seats.map(seat => seat.workload));
    for (const { workload } of this.tables)
      for (let row = 0; row < workload.length; row++)
        served.add(this.workloads[workload[row] ?? -1]?.name ?? '');
    return this.workloads.filter(({ name }) => !served.has(name));
  }

  problem(): AssignmentProblem {
    const budgetUsd = this.setting.environment.budget?.monthlyUsd;
    return {
      workloads: this.workloads.map(({ name }) => name),
      candidates: this.seats,
      tables: this.tables,
      machineTypes: [...this.machineTypes.values()],
      quotas: [...this.quotas.values()],
      ...(budgetUsd === undefined ? {} : { budgetUsd }),
    };
  }
}
