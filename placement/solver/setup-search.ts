import { decode, encode } from './decode';
import { withFamilies } from './families';
import { formulate } from './formulation';
import type { Formulation, Total } from './formulation-types';
import type { Solver } from './highs';
import type { Choice, Instance } from './instance';
import { groupBy, usdTolerance } from './instance';
import { merged } from './mip';
import { isBetter, scoreOf } from './plan';
import type { Plan } from './plan';
import { reducedOf } from './prices';
import { affordableNodes, isClose, isTimeUp, mostColumns, pay } from './purse';
import type { Purse } from './purse';
import type { Found } from './search';
import { SetupRelaxation, settledOf } from './setup-bound';
import type { SetupBound } from './setup-bound';
import { forcedValuesOf, valueOf } from './setup-value';
import { largestSetups, withoutBeaten } from './setups';
import type { Setup } from './setups';

/** Relaxations that the tree over totals may take. */
const mostRelaxations = 60;
/** Programs of the most promising setups that look for better plans, each with the columns and nodes that it may have. */
const forerunners = [
  { columns: 1500, nodes: 30 },
  { columns: 2000, nodes: 60 },
  { columns: 2500, nodes: 90 },
];
/** Columns times nodes of one program that a node that is left pays for. */
const columnsPerNode = 40;
/** Columns up to which a program is proven to the cent; larger ones to this share of the cost. */
const columnsToTheCent = 1000;
export const shareProven = 1e-4;

/** Least and most machines of one price in all; the most is Infinity at first. */
interface Range {
  readonly least: number;
  readonly most: number;
}

/** Totals that are settled as far as the relaxation uses them. */
interface Leaf {
  readonly bound: number;
  readonly totals: readonly Total[];
  /** Null when the solver failed. */
  readonly relaxed: SetupBound | null;
}

/** What a search below some totals says. */
interface Closing {
  readonly bound: number;
  /** Whether no plan there costs less than the best by more than what counts. */
  readonly proven: boolean;
}

interface Program {
  readonly formulation: Formulation;
  /** Whether nothing that could be part of a cheaper plan is left out. */
  readonly isWhole: boolean;
}

interface Node {
  readonly bound: number;
  /** By class. */
  readonly ranges: readonly Range[];
}

export interface FoundBySetups extends Found {
  /** Whether some setups stand for several pools, so that counts may be reckoned too low. */
  readonly isCoarse: boolean;
}

/**
 * Searches the cheapest plan over setups, in which memory is settled. The tree branches on how many machines of one price
 * there are in all: with that number fixed, what is left is which workloads use them best, which the solver proves in few
 * nodes. Each program has only setups and choices that a relaxation over all of them does not exclude. Null where pools
 * cannot be described by setups.
 */
export function searchSetups(
  instance: Instance,
  choices: readonly Choice[],
  start: Plan,
  solver: Solver,
  purse: Purse,
): FoundBySetups | null {
  const setups = largestSetups(instance, choices);
  if (!setups) return null;
  const found = new SetupSearch(instance, choices, setups, start, solver, purse).run();
  return { ...found, isCoarse: setups.some(({ most }) => most > 1) };
}

class SetupSearch {
  private readonly classes: readonly ReadonlySet<number>[];
  private readonly selfBilled: readonly Choice[];
  private readonly relaxation: SetupRelaxation;
  private readonly setups: readonly Setup[];

  constructor(
    private readonly instance: Instance,
    choices: readonly Choice[],
    setups: readonly Setup[],
    private best: Plan,
    private readonly solver: Solver,
    private readonly purse: Purse,
  ) {
    this.classes = classesOf(instance, choices);
    this.selfBilled = choices.filter(choice => choice.unit < 0);
    this.setups = [...setups, ...setupsOf(best)];
    this.relaxation = new SetupRelaxation(instance, this.setups, this.selfBilled, best, solver);
  }

  run(): Found {
    let open: Node[] = [{ bound: -Infinity, ranges: this.classes.map(() => ({ least: 0, most: Infinity })) }];
    const leaves: Leaf[] = [];
    for (let taken = 0; taken < mostRelaxations && !this.isSpent(); taken++) {
      open = open.filter(({ bound }) => !this.isHopeless(bound)).sort((a, b) => a.bound - b.bound);
      const node = open.shift();
      if (!node) break;
      const relaxed = this.relaxation.bound(this.totalsOf(node.ranges), () => this.isSpent());
      const bound = Math.max(node.bound, relaxed?.bound ?? -Infinity);
      if (this.isHopeless(bound)) continue;
      const children = relaxed ? childrenOf(node.ranges, relaxed.counts) : [];
      open.push(...children.map(ranges => ({ ranges, bound })));
      if (children.length > 0) continue;
      const leaf = { bound, totals: this.totalsOf(node.ranges), relaxed };
      this.scout(leaf);
      leaves.push(leaf);
    }
    // Now that all of them were looked at, the best plan excludes most.
    const closed = leaves.sort((a, b) => a.bound - b.bound).map(leaf => this.close(leaf));
    open = open.filter(({ bound }) => !this.isHopeless(bound));
    const least = Math.min(scoreOf(this.best).usd, ...[...closed, ...open].map(({ bound }) => bound));
    return {
      plan: this.best,
      bound: least,
      proven: open.length === 0 && closed.every(({ proven }) => proven),
    };
  }

  private isHopeless(bound: number): boolean {
    return isClose(this.best, bound, this.purse);
  }

  private isSpent(): boolean {
    return isTimeUp(this.purse) || this.purse.nodes <= 0;
  }

  private totalsOf(ranges: readonly Range[]): Total[] {
    return this.classes.map((kinds, i) => ({ kinds, ...(ranges[i] ?? { least: 0, most: Infinity }) }));
  }

  /** Looks for better plans where totals are settled: each excludes more, so that the next program can be made of less. */
  private scout({ relaxed, bound, totals }: Leaf): void {
    if (!relaxed) return;
    for (const { columns, nodes } of forerunners) {
      const program = this.programOf(relaxed, totals, columns);
      if (program.isWhole || this.isSpent()) return;
      this.minimise(program.formulation, totals, nodes);
      if (this.isHopeless(bound)) return;
    }
  }

  /** Searches all that is left where totals are settled. */
  private close({ relaxed, bound, totals }: Leaf): Closing {
    if (this.isHopeless(bound)) return { bound, proven: true };
    if (!relaxed || this.isSpent()) return { bound, proven: false };
    const { formulation } = this.programOf(relaxed, totals);
    if (formulation.mip.cost.length > mostColumns) return { bound, proven: false };
    const found = this.minimise(formulation, totals);
    return { bound: Math.max(bound, found.bound), proven: found.proven };
  }

  private minimise(program: Formulation, totals: readonly Total[], most = Infinity): Closing {
    const columns = program.mip.cost.length;
    const effort = {
      gap: Math.max(this.purse.gap, columns > columnsToTheCent ? shareProven : 0),
      nodes: affordableNodes(this.purse, columns, columnsPerNode, most),
      seconds: this.purse.secondsLeft(),
    };
    const { mip, terms } = program;
    const initial = keeps(this.best, totals) ? encode(program, this.best) : null;
    // A solver that cannot start from the best plan would look for one of its own.
    const cutoff = scoreOf(this.best).usd - usdTolerance / 2;
    if (!initial) mip.row(-Infinity, merged(terms.usd), cutoff);
    const answer = this.solver.minimise(mip, effort, initial ?? undefined);
    pay(this.purse, answer);
    if (answer.status === 'infeasible') return { bound: cutoff, proven: true };
    const plan = answer.values && decode(this.instance, program, answer.values).plan;
    if (plan && isBetter(scoreOf(plan), scoreOf(this.best), 1e-9)) this.best = plan;
    return {
      bound: answer.bound,
      proven: answer.status === 'optimal' && isClose(this.best, answer.bound, effort),
    };
  }

  /** The program over what the relaxation does not exclude, or over the most promising of it. */
  private programOf(
    { bound, prices, opened }: SetupBound,
    totals: readonly Total[],
    most = Infinity,
  ): Program {
    const room = scoreOf(this.best).usd - bound + 2 * usdTolerance;
    const left = this.setups.flatMap(setup => {
      const value = valueOf(setup, prices);
      if (value > room) return [];
      const forced = forcedValuesOf(setup, prices);
      const choices = setup.choices.filter((_, i) => (forced[i] ?? 0) <= room);
      const rank = opened.has(setup) ? -Infinity : value;
      return choices.length > 0 ? [{ setup: { ...setup, choices }, rank }] : [];
    });
    const lists = left.map(({ setup }) => setup);
    const worthy = new Set(withoutBeaten(lists, this.instance.workloads.length));
    let columns = 0;
    const ranked = left.filter(({ setup }) => worthy.has(setup)).toSorted((a, b) => a.rank - b.rank);
    const setups = ranked
      .filter(({ setup, rank }) => (columns += setup.choices.length + 2) <= most || rank === -Infinity)
      .map(({ setup }) => setup);
    const selfBilled = this.selfBilled.filter(choice => reducedOf(choice, prices) <= room);
    const settled = settledOf([...setupsOf(this.best), ...setups]);
    const formulation = formulate(this.instance, selfBilled, { settled, totals });
    return {
      formulation: withFamilies(this.instance, formulation, totals),
      isWhole: setups.length === ranked.length,
    };
  }
}

/** Kinds whose machines cost as much, and anything at all, and are counted one by one; the dearest first. */
function classesOf(instance: Instance, choices: readonly Choice[]): ReadonlySet<number>[] {
  const used = [...new Set(choices.map(({ unit }) => unit))].filter(unit => {
    const kind = instance.kinds[unit];
    return kind !== undefined && kind.usd > 0 && kind.min === 1 && kind.step === 1 && kind.max > 1;
  });
  return [...groupBy(used, unit => instance.kinds[unit]?.usd ?? 0)]
    .sort(([a], [b]) => b - a)
    .map(([, units]) => new Set(units));
}

/** Splits the dearest class that is not settled yet; nothing when all that the relaxed optimum uses are. */
function childrenOf(ranges: readonly Range[], relaxed: readonly number[]): (readonly Range[])[] {
  // Beyond a range it was paid for.
  const counts = relaxed.map((count, i) => {
    const { least = 0, most = Infinity } = ranges[i] ?? {};
    return Math.min(most, Math.max(least, count));
  });
  const isWhole = (count: number): boolean => Math.abs(count - Math.round(count)) < 1e-4;
  const broken = counts.findIndex(count => !isWhole(count));
  if (broken >= 0) {
    const below = Math.floor(counts[broken] ?? 0);
    return [narrowed(ranges, broken, { most: below }), narrowed(ranges, broken, { least: below + 1 })];
  }
  const loose = counts.findIndex((count, i) => count > 0.5 && ranges[i]?.least !== ranges[i]?.most);
  if (loose < 0) return [];
  const count = Math.round(counts[loose] ?? 0);
  const { least = 0, most = Infinity } = ranges[loose] ?? {};
  return [
    narrowed(ranges, loose, { least: count, most: count }),
    ...(count > least ? [narrowed(ranges, loose, { most: count - 1 })] : []),
    ...(count < most ? [narrowed(ranges, loose, { least: count + 1 })] : []),
  ];
}

function narrowed(ranges: readonly Range[], index: number, to: Partial<Range>): Range[] {
  return ranges.map((range, i) => (i === index ? { ...range, ...to } : range));
}

/** The pools of a plan as setups, so that every program can start from it. */
function setupsOf({ pools }: Plan): Setup[] {
  return pools.map(({ kindIndex, kind, choices }) => ({
    kindIndex,
    kind,
    most: 1,
    choices: [...choices].sort((a, b) => a.workload - b.workload),
  }));
}

function keeps({ pools }: Plan, totals: readonly Total[]): boolean {
  return totals.every(({ kinds, least, most }) => {
    const count = pools.reduce((sum, pool) => sum + (kinds.has(pool.kindIndex) ? pool.count : 0), 0);
    return least <= count && count <= most;
  });
}
