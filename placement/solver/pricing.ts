import { groupBy } from '../collections';
import { sum } from './instance';
import type { Candidate, MachineType } from './instance';

/** What a linear relaxation pays for what machine types share, USD. */
export interface Duals {
  /** What each workload pays for being served. */
  readonly served: Float64Array;
  /** Of one of each quota's own measure, at least 0. */
  readonly quotas: Float64Array;
}

/** What a type's own resources cost, USD: the load of one machine, and the memory of one pool. */
export interface TypeDuals {
  readonly load: number;
  readonly memory: number;
}

/** USD that count as rounding. */
export const rounding = 1e-6;

/**
 * How a pool's cost may be laid on load and memory; the rest is laid on opening it. Any lay gives a valid bound, and the best
 * of these counts: more of them cost time in each round and can only raise it.
 */
const laidShares = [1, 0.75, 0.5, 0.25, 0];
const loadShares = [1, 0.75, 0.5, 0.25, 0];

/** What a workload's dual leaves over a candidate's own cost. */
export function gainOf(candidate: Candidate, duals: Duals): number {
  return (duals.served[candidate.workload] ?? 0) - usdWithQuotas(candidate, duals);
}

/** What something costs with the quotas that it draws on. */
function usdWithQuotas(
  { usd, uses }: Pick<Candidate | MachineType, 'usd' | 'uses'>,
  { quotas }: Duals,
): number {
  return uses.reduce((total, { quota, amount }) => total + amount * (quotas[quota] ?? 0), usd);
}

/** Candidates that share a part, with the sizes in which they need it. */
interface Group {
  readonly candidates: readonly Candidate[];
  /** By how much the part's share of the memory grows from one size to the next, the first from nothing. */
  readonly growth: readonly number[];
  /** Index of the size of each candidate. */
  readonly levels: readonly number[];
}

/** What a type contributes to the bound. */
export interface Priced {
  /** At most 0: by how much the type could undercut what workloads pay. */
  readonly value: number;
  /** By how much the bound rises when a candidate is forced, in order of `PricingProblem.candidates`; at least 0. */
  readonly reducedCosts: Float64Array;
  /** Candidates by which it undercuts. */
  readonly undercutting: readonly Candidate[];
}

/**
 * The pricing problem of one machine type in Lagrange's relaxation: workloads pay their dual for standing on it, and its load
 * and memory cost theirs. For any duals at all, the sum of what workloads pay and of the values of all types is no more than
 * any plan costs, so that the bound does not lean on the arithmetic of the linear solver.
 *
 * All pools of the type count as one here: together they cost at least any mixture of one pool's least count, of their
 * loads, and of the memory that their parts take, where each part counts once.
 */
export class PricingProblem {
  readonly candidates: readonly Candidate[];
  private readonly groups: readonly Group[];

  constructor(
    readonly type: MachineType,
    candidates: readonly Candidate[],
  ) {
    this.groups = [...groupBy(candidates, ({ part }) => part).values()].map(own => groupOf(type, own));
    this.candidates = this.groups.flatMap(group => group.candidates);
  }

  /** The value under the duals of the linear program, where it knows the type, or the best of the lays that are tried. */
  price(duals: Duals, own?: TypeDuals): Priced {
    let best = own && this.priceAt(own, duals);
    for (const lay of this.lays(duals)) {
      if (best && best.value > -rounding) break;
      const next = this.priceAt(lay, duals);
      if (!best || next.value > best.value) best = next;
    }
    return best as Priced;
  }

  /**
   * By how much a bound that counts `value` for the type rises when a candidate is forced: the most that any lay says, since a
   * type that is cheap to open under one is dear to use under another.
   */
  reducedCosts(value: number, duals: Duals): Float64Array {
    const costs = new Float64Array(this.candidates.length);
    for (const lay of this.lays(duals)) {
      const priced = this.priceAt(lay, duals);
      priced.reducedCosts.forEach(
        (cost, i) => (costs[i] = Math.max(costs[i] ?? 0, cost + priced.value - value)),
      );
    }
    return costs;
  }

  private *lays(duals: Duals): Generator<TypeDuals> {
    const usd = usdWithQuotas(this.type, duals);
    for (const laid of laidShares)
      for (const share of laid > 0 && this.type.memoryGib < Infinity ? loadShares : [1])
        yield { load: laid * share * usd, memory: laid * (1 - share) * usd * this.type.min };
  }

  private priceAt(own: TypeDuals, duals: Duals): Priced {
    const { min } = this.type;
    const usd = usdWithQuotas(this.type, duals) * min;
    // The duals of the linear solver may exceed the cost by rounding.
    const factor = Math.min(1, usd / Math.max(own.load * min + own.memory, Number.MIN_VALUE));
    const [load, memory] = [own.load * factor, own.memory * factor];
    const opening = Math.max(0, usd - load * min - memory);
    const groups = this.groups.map(group => this.priceGroup(group, load, memory, duals));
    const opened = opening + sum(groups, ({ value }) => value);
    const value = Math.min(0, opened);
    const costs = groups.flatMap(group =>
      group.costs.map((cost, i) => {
        const forced = group.atLeast[group.levels[i] ?? 0] ?? 0;
        return Math.max(0, opened - group.value + forced + Math.max(0, cost) - value);
      }),
    );
    const undercutting = groups.flatMap(group =>
      group.value < -rounding ? group.candidates.filter((_, i) => (group.costs[i] ?? 0) < 0) : [],
    );
    return { value, reducedCosts: Float64Array.from(costs), undercutting };
  }

  /** The best size of the part, which all that need no more share. */
  private priceGroup(group: Group, load: number, memory: number, duals: Duals): PricedGroup {
    const costs = group.candidates.map(
      candidate => (load * candidate.load) / this.type.load - gainOf(candidate, duals),
    );
    const atLeast = group.growth.map(() => 0);
    costs.forEach((cost, i) => {
      const level = group.levels[i] ?? 0;
      atLeast[level] = (atLeast[level] ?? 0) + Math.min(0, cost);
    });
    let total = 0;
    group.growth.forEach((growth, level) => {
      total += (atLeast[level] ?? 0) + memory * growth;
      atLeast[level] = total;
    });
    for (let level = atLeast.length - 2; level >= 0; level--)
      atLeast[level] = Math.min(atLeast[level] ?? 0, atLeast[level + 1] ?? 0);
    return { ...group, value: Math.min(0, atLeast[0] ?? 0), costs, atLeast };
  }
}

interface PricedGroup extends Group {
  /** At most 0. */
  readonly value: number;
  /** What each candidate costs more than its workload pays. */
  readonly costs: readonly number[];
  /** Least value of the group when the part is as large as each size, or larger. */
  readonly atLeast: readonly number[];
}

function groupOf({ memoryGib }: MachineType, candidates: readonly Candidate[]): Group {
  const sizes = [...new Set(candidates.map(({ partGib }) => partGib))].sort((a, b) => a - b);
  const levelOf = new Map(sizes.map((size, level) => [size, level]));
  return {
    candidates,
    growth: sizes.map((size, i) => (size - (sizes[i - 1] ?? 0)) / memoryGib),
    levels: candidates.map(({ partGib }) => levelOf.get(partGib) ?? 0),
  };
}
