import type { Reason } from '../placement/decision';
import type { Workload } from '../config/environment';
import { cents } from '../placement/figures';
import type { Assignment, UnitSize } from '../placement/candidate';
import type { Offer } from '../placement/offer';
import type { Setting } from '../placement/setting';
import { sizeUnit } from '../placement/units';
import { venueOf } from '../placement/venues';
import type { Answer } from './explanation';

/** Float noise of a sum of money; less than a cent. */
const cent = 0.005;

/**
 * An offer that breaks no rule for a workload, at any traffic. Costs are remembered, and since no offer gets cheaper with
 * more traffic, each is also a lower bound for all larger ones.
 */
export class Contender {
  /** Whether cost grows in proportion to traffic. */
  readonly perToken: boolean;
  private readonly known = new Map<number, number>();
  private readonly floorUsd: number;
  private readonly withoutUsd: number;

  /** @param others who stands on the unit has already */
  constructor(
    readonly offer: Offer,
    private readonly workload: Workload,
    private readonly others: readonly Assignment[],
    private readonly setting: Setting,
  ) {
    const { candidates } = venueOf(offer);
    this.perToken = candidates.isPerToken(offer);
    this.floorUsd = others.length > 0 ? 0 : candidates.leastUsd(offer);
    this.withoutUsd = others.length > 0 ? (sizeUnit(others, setting).monthlyUsd ?? Infinity) : 0;
  }

  /** Whether it shares its unit with nobody. */
  get isAlone(): boolean {
    return this.others.length === 0;
  }

  /** What the workload adds to the bill here, USD a month; infinite where it cannot be served here. */
  usd(factor: number): number {
    const known = this.known.get(factor);
    if (known !== undefined) return known;
    const usd = this.addedBy(this.size(factor));
    this.known.set(factor, usd);
    return usd;
  }

  /** A cost that it has at least; costs no sizing. */
  atLeast(factor: number): number {
    let bound = this.floorUsd;
    for (const [other, usd] of this.known) if (other <= factor && usd > bound) bound = usd;
    return bound;
  }

  size(factor: number): UnitSize {
    const own = { workload: scaled(this.workload, factor), offer: this.offer };
    return sizeUnit([...this.others, own], this.setting);
  }

  answer(factor: number): Answer {
    const { offer } = this;
    const size = this.size(factor);
    return {
      offer: offer.identity.unitKey,
      venue: offer.venue,
      provider: offer.provider,
      model: offer.model,
      sku: offer.sku,
      location: offer.location,
      ...(offer.class.billing ? { billing: offer.class.billing.kind } : {}),
      count: size.count,
      capacity: size.capacity,
      monthlyUsd: this.usd(factor),
      sharesWith: this.others.map(({ workload }) => workload.name),
    };
  }

  /** Rules that sizing breaks at this traffic. */
  broken(factor: number): Reason[] {
    return this.size(factor)
      .verdicts.filter(({ verdict }) => verdict !== 'pass')
      .map(({ rule, message }) => ({ rule, message }));
  }

  private addedBy(size: UnitSize): number {
    const carries = size.verdicts.every(({ verdict }) => verdict === 'pass');
    const usd = carries && size.monthlyUsd !== null ? cents(size.monthlyUsd - this.withoutUsd) : Infinity;
    return Math.abs(usd) < cent ? 0 : usd;
  }
}

/** The workload with a multiple of its requests; requests stay as long as they are. */
export function scaled(workload: Workload, factor: number): Workload {
  const { traffic } = workload;
  return { ...workload, traffic: { ...traffic, requestsPerDay: traffic.requestsPerDay * factor } };
}
