import type { Workload } from '../environment';
import type { Evaluation } from './evaluate';
import { compareEvaluations } from './evaluate';
import { groupBy } from './group-by';
import { isFeasible, sizeUnit } from './size';
import type { Setting } from './types';
import { unitKeyOf } from './types';

/** A workload and the offers that can serve it. */
export interface Demand {
  readonly workload: Workload;
  /** Feasible ones; at least one. */
  readonly options: readonly Evaluation[];
}

/** A workload and the offer it is placed on. */
export interface Choice {
  readonly workload: Workload;
  readonly evaluation: Evaluation;
}

/** Options of a workload that are tried besides the units that exist already. */
const cheapestTried = 40;

/**
 * Chooses an offer for each workload so that all units together cost little: each workload in turn goes where it adds
 * least, and then single workloads move while that lowers the cost. Independent of the order of the workloads.
 *
 * @returns undefined when the workloads cannot be served together
 */
export function chooseOffers(demands: readonly Demand[], setting: Setting): Choice[] | undefined {
  const costs = new UnitCosts(setting);
  const ordered = demands
    .map(demand => ({
      ...demand,
      options: demand.options.toSorted((a, b) => compareEvaluations(a, b, demand.workload, setting)),
    }))
    .toSorted((a, b) => cheapest(b) - cheapest(a) || (a.workload.name < b.workload.name ? -1 : 1));
  let choices: Choice[] = [];
  for (const demand of ordered) choices = [...choices, best(demand, choices, costs)];
  for (let improved = true; improved;) {
    improved = false;
    for (const demand of ordered) {
      const others = choices.filter(({ workload }) => workload !== demand.workload);
      const moved = [...others, best(demand, others, costs)];
      if (costs.total(moved) < costs.total(choices) - 0.005) {
        choices = moved;
        improved = true;
      }
    }
  }
  return Number.isFinite(costs.total(choices)) ? choices : undefined;
}

function cheapest({ options }: Demand): number {
  return options[0]?.size.monthlyUsd ?? 0;
}

/** The option that adds least to what the others cost; the first of equals. */
function best({ workload, options }: Demand, others: readonly Choice[], costs: UnitCosts): Choice {
  const open = new Set(others.map(({ evaluation }) => unitKeyOf(evaluation.offer)));
  const tried = options.filter((option, i) => i < cheapestTried || open.has(unitKeyOf(option.offer)));
  const ranked = tried
    .map(evaluation => ({
      choice: { workload, evaluation },
      added: costs.added({ workload, evaluation }, others),
    }))
    .toSorted((a, b) => a.added - b.added);
  const [first] = ranked;
  if (!first) throw new Error(`${workload.name} has no option, which is a fault in the placement`);
  return first.choice;
}

/** Cost of units, remembered by what they serve. */
class UnitCosts {
  private readonly known = new Map<string, number>();

  constructor(private readonly setting: Setting) {}

  /** Infinite when a unit cannot carry what is on it. */
  total(choices: readonly Choice[]): number {
    const units = groupBy(choices, ({ evaluation }) => unitKeyOf(evaluation.offer));
    return [...units.values()].reduce((sum, members) => sum + this.unit(members), 0);
  }

  added(choice: Choice, others: readonly Choice[]): number {
    const key = unitKeyOf(choice.evaluation.offer);
    const there = others.filter(({ evaluation }) => unitKeyOf(evaluation.offer) === key);
    const before = there.length === 0 ? 0 : this.unit(there);
    return before === Infinity ? Infinity : this.unit([...there, choice]) - before;
  }

  private unit(members: readonly Choice[]): number {
    const [first] = members;
    if (members.length === 1 && first) return first.evaluation.size.monthlyUsd ?? Infinity;
    const key = members.map(nameOf).toSorted().join('|');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const size = sizeUnit(
      members.map(({ workload, evaluation }) => ({ workload, offer: evaluation.offer })),
      this.setting,
    );
    const cost = isFeasible(size) ? (size.monthlyUsd ?? Infinity) : Infinity;
    this.known.set(key, cost);
    return cost;
  }
}

function nameOf({ workload, evaluation: { offer } }: Choice): string {
  const quantisation = 'quantisation' in offer ? offer.quantisation.name : '';
  return `${workload.name}@${unitKeyOf(offer)}/${offer.model}/${quantisation}`;
}
