import type { Environment, Workload } from '../config/environment';
import type { Assignment, Recorded } from './candidate';
import { cents } from './figures';
import { hoursPerMonth } from './needs';
import type { Identity, Offer } from './offer';
import type { ServedModel, UnitBase } from './unit';

/** A unit that is deployed, or will be by the next deploy. */
export interface DeployedUnit {
  readonly unit: UnitBase & {
    readonly serves?: readonly ServedModel[];
    readonly devices?: readonly string[];
  };
  /** Workloads on it with their models, at least one. */
  readonly placements: readonly { readonly workload: string; readonly model: string }[];
  /** What its machines were sized by, where the environment still asks the same of them. @default - they are sized anew */
  readonly sizing?: Recorded['sizing'];
  /** Whether workloads on it are on their way there from another of these, where they stay if they may. @default false */
  readonly comes?: boolean;
}

/** What is left and what comes are both paid for so long: until the next deploy or placement lets the one go. */
const hoursOfBoth = 24;
/** Costs of moving that nothing counts count as this, so that of equals the one that is deployed stays. */
export const leastUsd = 0.01;

/** What is deployed, as far as a decision goes by it: each workload stays on its unit unless leaving it pays. */
export class Incumbents {
  /** SKUs that stay worth sizing. */
  readonly skus: ReadonlySet<string>;
  private readonly byWorkload: ReadonlyMap<string, DeployedUnit>;

  constructor(
    readonly units: readonly DeployedUnit[],
    private readonly environment: Pick<Environment, 'moveWhen' | 'workloads'>,
  ) {
    this.skus = new Set(units.map(({ unit }) => unit.sku));
    const placed = new Map(
      units.flatMap(each => each.placements.map(({ workload }) => [workload, each] as const)),
    );
    this.byWorkload = new Map(
      environment.workloads.flatMap(({ name, formerly }) => {
        const unit = placed.get(name) ?? placed.get(formerly ?? '');
        return unit ? [[name, unit] as const] : [];
      }),
    );
  }

  /** The unit that serves the workload. */
  unitOf({ name }: Pick<Workload, 'name'>): DeployedUnit | undefined {
    return this.byWorkload.get(name);
  }

  /** Units that are of one offer. */
  ofOffer(identity: Identity): DeployedUnit[] {
    return this.units.filter(each => isOf(each, identity));
  }

  /** Whether the weights of the offer stand where it is. */
  hold(offer: Offer): boolean {
    return this.units.some(each => holds(each, offer));
  }

  /** Whether the workload is served by this already, whatever its size. */
  isOn({ workload, offer }: Assignment): boolean {
    const own = this.unitOf(workload);
    return own !== undefined && holds(own, offer) && this.modelOf(workload, own) === offer.model;
  }

  /** What the unit of these workloads was sized by, where they are on it as they were, all of them and nobody else. */
  sizingOf(assignments: readonly Assignment[]): Recorded['sizing'] {
    const [first] = assignments;
    const own = first && this.unitOf(first.workload);
    const stays = assignments.every(each => this.unitOf(each.workload) === own && this.isOn(each));
    return stays && assignments.length === own?.placements.length ? own.sizing : undefined;
  }

  /** What leaving its unit has to save at the least, USD a month; 0 for a workload that is not deployed. */
  leavingUsd(workload: Pick<Workload, 'name'>): number {
    const own = this.unitOf(workload);
    return own ? this.movingUsd(own) : 0;
  }

  /** What leaving a unit has to save at the least, USD a month. */
  movingUsd({ unit: { monthlyUsd, prices } }: DeployedUnit): number {
    const { savingUsdPerMonth, savingPercent } = this.environment.moveWhen;
    const ofBoth = prices?.per === 'hour' ? (monthlyUsd * hoursOfBoth) / hoursPerMonth : 0;
    return cents(Math.max(savingUsdPerMonth, (monthlyUsd * savingPercent) / 100) + ofBoth) + leastUsd;
  }

  private modelOf({ name }: Pick<Workload, 'name'>, { placements }: DeployedUnit): string | undefined {
    const formerly = this.environment.workloads.find(each => each.name === name)?.formerly;
    const placed =
      placements.find(({ workload }) => workload === name) ??
      placements.find(({ workload }) => workload === formerly);
    return placed?.model;
  }
}

/** Whether a unit is of an identity; devices that are alike are one unit, whichever of them comes first. */
function isOf({ unit }: Pick<DeployedUnit, 'unit'>, { unitKey, device }: Identity): boolean {
  return unit.offer === unitKey || (unit.devices?.includes(device) ?? false);
}

/** Whether the unit is of this offer, as far as places and weights go. */
export function holds(
  { unit, placements }: DeployedUnit,
  { identity, model, class: { weights } }: Offer,
): boolean {
  if (!isOf({ unit }, identity)) return false;
  if (!unit.serves) return placements.some(each => each.model === model);
  return unit.serves.some(
    served => served.model === model && served.weights.quantisation === weights?.quantisation.name,
  );
}
