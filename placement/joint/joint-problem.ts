import type { Workload } from '../../config/environment';
import type {
  AssignmentProblem,
  CandidateInput,
  CandidateTableInput,
  MachineTypeInput,
  QuotaInput,
} from '../solver/problem';
import { nameOf, retirementOf, taskQuality } from '../ties';
import type { Assignment } from '../candidate';
import { leastUsd } from '../incumbents';
import type { DeployedUnit, Incumbents } from '../incumbents';
import type { Offer } from '../offer';
import type { Setting } from '../setting';

/** An offer with the workloads that no rule keeps from it. */
interface AllowedOffer {
  readonly offer: Offer;
  readonly allowed: ReadonlySet<Workload>;
}

/** A pool of machines that is deployed. */
export interface DeployedPool {
  readonly unit: DeployedUnit;
  readonly type: MachineTypeInput;
  readonly table: CandidateTableInput;
}

/** Id of the way to serve a workload at a place. */
export function candidateId({ name }: Workload, place: string): string {
  return `${name}@${place}`;
}

/** A problem while it is being put together, and what its candidates stand for. */
export class JointProblem {
  private readonly candidates: CandidateInput[] = [];
  private readonly tables: CandidateTableInput[] = [];
  /** Told apart from others of their type only where it costs something to leave them. */
  private readonly deployed: DeployedPool[] = [];
  private readonly machineTypes = new Map<string, MachineTypeInput>();
  private readonly quotas = new Map<string, QuotaInput>();
  /** By what the ids of candidates have behind the workload. */
  private readonly offersAt = new Map<string, readonly AllowedOffer[]>();
  private readonly everybody: ReadonlySet<Workload>;
  private readonly byName: ReadonlyMap<string, Workload>;

  constructor(
    readonly workloads: readonly Workload[],
    readonly setting: Setting,
    private readonly spentUsd = 0,
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
  addCandidate(
    { workload, offer }: Assignment,
    place: string,
    rest: Omit<CandidateInput, 'id' | 'workload' | 'quality' | 'retirement' | 'name'>,
  ): void {
    this.offersAt.set(place, [{ offer, allowed: this.everybody }]);
    this.candidates.push({
      id: candidateId(workload, place),
      workload: workload.name,
      quality: taskQuality(offer, workload, this.setting),
      retirement: retirementOf(offer),
      name: nameOf(offer, this.setting),
      ...rest,
    });
  }

  /** Ways to serve workloads on one machine type. @param offersOf of each part of the table, by its index; the last one counts */
  addCandidates(table: CandidateTableInput, offersOf: readonly (readonly AllowedOffer[])[]): void {
    this.tables.push(table);
    table.parts.forEach(({ id }, i) => this.offersAt.set(`${table.machineType}/${id}`, offersOf[i] ?? []));
  }

  /** Ways to stay in a pool that is deployed, or to join it. */
  addDeployed(pool: DeployedPool, offersOf: readonly (readonly AllowedOffer[])[]): void {
    const { table } = pool;
    this.deployed.push(pool);
    table.parts.forEach(({ id }, i) => this.offersAt.set(`${table.machineType}/${id}`, offersOf[i] ?? []));
  }

  /** What a candidate stands for. */
  assignmentOf(id: string): Assignment {
    const end = id.indexOf('@');
    const workload = this.byName.get(id.slice(0, end));
    const at = this.offersAt
      .get(id.slice(end + 1))
      ?.findLast(({ allowed }) => workload && allowed.has(workload));
    if (!workload || !at) throw new Error(`${id} is no candidate, which is a fault in the placement`);
    return { workload, offer: at.offer };
  }

  /** Workloads without a candidate. */
  withoutCandidate(): Workload[] {
    const served = new Set(this.candidates.map(each => each.workload));
    for (const { workload } of this.tables)
      for (let row = 0; row < workload.length; row++)
        served.add(this.workloads[workload[row] ?? -1]?.name ?? '');
    return this.workloads.filter(({ name }) => !served.has(name));
  }

  /** Most that all workloads may cost together, USD a month. @default - there is no limit */
  get budgetUsd(): number | undefined {
    const { budget } = this.setting.environment;
    return budget && budget.monthlyUsd - this.spentUsd;
  }

  problem(): AssignmentProblem {
    const { budgetUsd } = this;
    return {
      workloads: this.workloads.map(({ name }) => name),
      candidates: this.candidates,
      tables: this.tables,
      machineTypes: [...this.machineTypes.values()],
      quotas: [...this.quotas.values()],
      ...(budgetUsd === undefined ? {} : { budgetUsd }),
    };
  }

  /**
   * The same where whoever leaves what is deployed pays for it, and without the budget, which these costs are no part of.
   * @param free names of workloads that move for nothing
   */
  problemOfMoving(incumbents: Incumbents, free: ReadonlySet<string>): AssignmentProblem {
    const leavingUsd = (workload: Workload): number =>
      free.has(workload.name) ? 0 : incumbents.leavingUsd(workload);
    const leaving = Float64Array.from(this.workloads, leavingUsd);
    return {
      ...this.problem(),
      budgetUsd: undefined,
      candidates: this.candidates.map(each => {
        const assignment = this.assignmentOf(each.id);
        const usd = incumbents.isOn(assignment) ? 0 : leavingUsd(assignment.workload);
        return { ...each, usd: each.usd + usd };
      }),
      tables: [
        ...this.tables.map(table => ({
          ...table,
          usd: Float64Array.from(table.workload, index => leaving[index] ?? 0),
        })),
        ...this.deployed.map(({ table, unit }) => ({
          ...table,
          usd: Float64Array.from(table.workload, (index, row) =>
            this.isOn(unit, table, row) ? 0 : (leaving[index] ?? 0) + leastUsd,
          ),
        })),
      ],
      machineTypes: [...this.machineTypes.values(), ...this.deployed.map(({ type }) => type)],
    };
  }

  private isOn(unit: DeployedUnit, { machineType, workload, part, parts }: CandidateTableInput, row: number) {
    const { incumbents } = this.setting;
    const own = this.workloads[workload[row] ?? -1];
    const place = `${machineType}/${parts[part[row] ?? -1]?.id}`;
    return (
      own !== undefined &&
      incumbents?.unitOf(own) === unit &&
      incumbents.isOn(this.assignmentOf(candidateId(own, place)))
    );
  }
}
