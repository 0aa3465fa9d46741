import type { Choice, Instance } from './instance';
import { groupBy, usdTolerance } from './instance';
import { Pool, isBetter, keepsLimits, scoreOf } from './plan';
import type { Plan } from './plan';

/** Passes over all workloads; few are ever needed. */
const mostPasses = 5;

/**
 * Exchanges the choice of one workload at a time for one that costs less, or as little and ties better, until none does.
 */
export function exchanged(instance: Instance, start: Plan, choices: readonly Choice[]): Plan {
  const byWorkload = groupBy(choices, choice => choice.workload);
  let best = start;
  let score = scoreOf(start);
  const mostUsd = score.usd + usdTolerance;
  for (let pass = 0, before: Plan | null = null; pass < mostPasses && before !== best; pass++) {
    before = best;
    for (const { workload } of start.choices)
      for (const choice of byWorkload.get(workload) ?? []) {
        const next = withChoice(instance, best, choice);
        if (!next) continue;
        const other = scoreOf(next);
        if (other.usd > mostUsd || !isBetter(other, score, usdTolerance) || !keepsLimits(instance, next))
          continue;
        best = next;
        score = other;
      }
  }
  return best;
}

/** The plan with another choice of the same workload, where it adds the fewest counts; null when it cannot be added. */
function withChoice(instance: Instance, plan: Plan, choice: Choice): Plan | null {
  const current = plan.choices.find(({ workload }) => workload === choice.workload);
  if (!current || current === choice) return null;
  const choices = plan.choices.map(each => (each === current ? choice : each));
  const left = plan.pools.flatMap(pool => (pool.choices.has(current) ? without(pool, current) : [pool]));
  const kind = instance.kinds[choice.unit];
  if (!kind) return { choices, pools: left };
  const open = left.filter(({ kindIndex }) => kindIndex === choice.unit);
  const fresh = new Pool(choice.unit, kind);
  const added = (pool: Pool): number => pool.countWith(choice) - pool.count;
  const target = [...open, fresh].reduce((a, b) => (added(b) < added(a) ? b : a));
  if (!Number.isFinite(added(target))) return null;
  const grown = copyOf(target);
  grown.add(choice);
  return { choices, pools: [...left.filter(pool => pool !== target), grown] };
}

function without(pool: Pool, choice: Choice): Pool[] {
  if (pool.choices.size === 1) return [];
  return [copyOf(pool, choice)];
}

function copyOf({ kindIndex, kind, choices }: Pool, omitted?: Choice): Pool {
  const copy = new Pool(kindIndex, kind);
  choices.forEach(each => each !== omitted && copy.add(each));
  return copy;
}
