import type { Workload } from '../config/environment';
import { compareCandidates } from '../placement/evaluate';
import type { Setting } from '../placement/setting';
import type { Contender } from './contender';

/** Candidates that compete for a workload; finds the cheapest at any traffic without sizing most of them. */
export class Field {
  private last: Contender | undefined;
  private readonly costs = new Map<number, number>();

  constructor(
    readonly contenders: readonly Contender[],
    private readonly workload: Workload,
    private readonly setting: Setting,
  ) {}

  /** Without the contenders that are dearer everywhere in a range of traffic than one of the others is at its end. */
  within([least, most]: readonly [least: number, most: number]): Field {
    const ceiling = this.usd(most);
    const kept = this.contenders.filter(contender => contender.atLeast(least) <= ceiling);
    return new Field(kept, this.workload, this.setting);
  }

  /** Cost of the cheapest; infinite where none can serve the workload. */
  usd(factor: number): number {
    const known = this.costs.get(factor);
    if (known !== undefined) return known;
    // The cheapest of the last question is a good guess, and the better the guess, the fewer are sized.
    let least = this.last?.usd(factor) ?? Infinity;
    for (const contender of this.contenders) {
      if (contender.atLeast(factor) >= least || contender.usd(factor) >= least) continue;
      least = contender.usd(factor);
      this.last = contender;
    }
    this.costs.set(factor, least);
    return least;
  }

  /** The cheapest, of equals the one that a decision takes; undefined where none can serve the workload. */
  cheapest(factor: number): Contender | undefined {
    const least = this.usd(factor);
    if (least === Infinity) return undefined;
    const [first, ...others] = this.contenders.filter(
      contender => contender.atLeast(factor) <= least && contender.usd(factor) === least,
    );
    return others.reduce((best, other) => (best && this.isBefore(other, best, factor) ? other : best), first);
  }

  private isBefore(a: Contender, b: Contender, factor: number): boolean {
    return compareCandidates(at(a, factor), at(b, factor), this.workload, this.setting) < 0;
  }
}

function at(contender: Contender, factor: number) {
  const size = { ...contender.size(factor), monthlyUsd: contender.usd(factor) };
  return { offer: contender.offer, size, verdicts: [], feasible: true };
}
