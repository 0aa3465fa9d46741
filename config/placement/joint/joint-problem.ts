import type { Workload } from '../../environment';
import type { Offer as Seat, Problem, Quota, SharedUnit } from '../../optimum/problem';
import { nameOf, retirementOf, taskQuality } from '../ties';
import type { Offer, Setting } from '../types';

/** What a seat of the problem stands for. */
export interface Seated {
  readonly workload: Workload;
  readonly offer: Offer;
}

/** A problem while it is being put together, and what its seats stand for. */
export class JointProblem {
  readonly seated = new Map<string, Seated>();
  private readonly seats: Seat[] = [];
  private readonly units = new Map<string, SharedUnit>();
  private readonly quotas = new Map<string, Quota>();

  constructor(readonly setting: Setting) {}

  addUnit(unit: SharedUnit): void {
    this.units.set(unit.id, unit);
  }

  /** Draws on the quota of the id, which is made where it is new. */
  quota(id: string, limit: number): string {
    this.quotas.set(id, { id, limit });
    return id;
  }

  /** A way to serve a workload; `unit` tells apart what the offer alone does not. */
  addSeat(
    seated: Seated,
    place: string,
    rest: Omit<Seat, 'id' | 'workload' | 'quality' | 'retirement' | 'name'>,
  ): string {
    const { workload, offer } = seated;
    const id = `${workload.name}@${place}`;
    this.seated.set(id, seated);
    this.seats.push({
      id,
      workload: workload.name,
      quality: taskQuality(offer, workload, this.setting),
      retirement: retirementOf(offer),
      name: nameOf(offer, this.setting),
      ...rest,
    });
    return id;
  }

  /** Workloads without a seat. */
  unseated(workloads: readonly Workload[]): Workload[] {
    const served = new Set(this.seats.map(seat => seat.workload));
    return workloads.filter(({ name }) => !served.has(name));
  }

  problem(workloads: readonly Workload[]): Problem {
    const budgetUsd = this.setting.environment.budget?.monthlyUsd;
    return {
      workloads: workloads.map(({ name }) => name),
      offers: this.seats,
      units: [...this.units.values()],
      quotas: [...this.quotas.values()],
      ...(budgetUsd === undefined ? {} : { budgetUsd }),
    };
  }
}
