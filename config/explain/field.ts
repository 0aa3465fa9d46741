import type { Workload } from '../environment';
import { compareEvaluations } from '../placement/evaluate';
import type { Setting } from '../placement/types';
import type { Candidate } from './candidate';

/** Candidates that compete for a workload; finds the cheapest at any traffic without sizing most of them. */
export class Field {
  private last: Candidate | undefined;
  private readonly answers = new Map<number, Candidate | undefined>();

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
    return this.cheapest(factor)?.usd(factor) ?? Infinity;
  }

  /** The cheapest, of equals the one that a decision takes; undefined where none can serve the workload. */
  cheapest(factor: number): Candidate | undefined {
    if (this.answers.has(factor)) return this.answers.get(factor);
    let best = this.last !== undefined && this.last.usd(factor) < Infinity ? this.last : undefined;
    for (const candidate of this.candidates) {
      const most = best?.usd(factor) ?? Infinity;
      if (candidate === best || candidate.atLeast(factor) > most || candidate.usd(factor) === Infinity)
        continue;
      if (best === undefined || this.isBefore(candidate, best, factor)) best = candidate;
    }
    this.answers.set(factor, best);
    if (best) this.last = best;
    return best;
  }

  private isBefore(a: Candidate, b: Candidate, factor: number): boolean {
    return compareEvaluations(at(a, factor), at(b, factor), this.workload, this.setting) < 0;
  }
}

function at(candidate: Candidate, factor: number) {
  const size = { ...candidate.size(factor), monthlyUsd: candidate.usd(factor) };
  return { offer: candidate.offer, size, verdicts: [], feasible: true };
}
