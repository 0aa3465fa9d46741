import type { Workload } from '../config/environment';
import { compareEvaluations } from '../placement/evaluate';
import type { Setting } from '../placement/setting';
import type { Candidate } from './candidate';

/** Candidates that compete for a workload; finds the cheapest at any traffic without sizing most of them. */
export class Field {
  private last: Candidate | undefined;
  private readonly costs = new Map<number, number>();

  constructor(
    readonly candidates: readonly Candidate[],
    private readonly workload: Workload,
    private readonly setting: Setting,
  ) {}

  /** Without the candidates that are dearer everywhere in a range of traffic than one of the others is at its end. */
  within([least, most]: readonly [least: number, most: number]): Field {
    const ceiling = this.usd(most);
    const kept = this.candidates.filter(candidate => candidate.atLeast(least) <= ceiling);
    return new Field(kept, this.workload, this.setting);
  }

  /** Cost of the cheapest; infinite where none can serve the workload. */
  usd(factor: number): number {
    const known = this.costs.get(factor);
    if (known !== undefined) return known;
    // The cheapest of the last question is a good guess, and the better the guess, the fewer are sized.
    let least = this.last?.usd(factor) ?? Infinity;
    for (const candidate of this.candidates) {
      if (candidate.atLeast(factor) >= least || candidate.usd(factor) >= least) continue;
      least = candidate.usd(factor);
      this.last = candidate;
    }
    this.costs.set(factor, least);
    return least;
  }

  /** The cheapest, of equals the one that a decision takes; undefined where none can serve the workload. */
  cheapest(factor: number): Candidate | undefined {
    const least = this.usd(factor);
    if (least === Infinity) return undefined;
    const [first, ...others] = this.candidates.filter(
      candidate => candidate.atLeast(factor) <= least && candidate.usd(factor) === least,
    );
    return others.reduce((best, other) => (best && this.isBefore(other, best, factor) ? other : best), first);
  }

  private isBefore(a: Candidate, b: Candidate, factor: number): boolean {
    return compareEvaluations(at(a, factor), at(b, factor), this.workload, this.setting) < 0;
  }
}

function at(candidate: Candidate, factor: number) {
  const size = { ...candidate.size(factor), monthlyUsd: candidate.usd(factor) };
  return { offer: candidate.offer, size, verdicts: [], feasible: true };
}
