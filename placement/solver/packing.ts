import type { Choice, Instance } from './instance';
import { Pool } from './plan';
import type { Plan } from './plan';

type Order = (a: Choice, b: Choice) => number;

/** Orders in which choices are put into pools; the best packing of all orders is taken. */
const orders: readonly Order[] = [
  (a, b) => b.memoryGib + b.partGib - (a.memoryGib + a.partGib),
  (a, b) => b.load - a.load,
  (a, b) => b.partGib - a.partGib || a.part - b.part || b.memoryGib - a.memoryGib,
  (a, b) => a.part - b.part || b.load - a.load,
];

/** Packs choices of one kind into pools with as few counts as it finds. */
export function pack(instance: Instance, kindIndex: number, choices: readonly Choice[]): Pool[] {
  const packings = orders.map(order =>
    firstFit(
      instance,
      kindIndex,
      [...choices].sort((a, b) => order(a, b) || a.workload - b.workload),
    ),
  );
  return packings.reduce((best, next) => (countOf(next) < countOf(best) ? next : best));
}

/** The plan that gives each workload this choice, packed kind by kind. */
export function planOf(instance: Instance, choices: readonly Choice[]): Plan {
  const byKind = new Map<number, Choice[]>();
  for (const choice of choices) {
    if (choice.unit < 0) continue;
    const same = byKind.get(choice.unit);
    if (same) same.push(choice);
    else byKind.set(choice.unit, [choice]);
  }
  const pools = [...byKind].sort(([a], [b]) => a - b).flatMap(([kind, own]) => pack(instance, kind, own));
  return { choices, pools };
}

function countOf(pools: readonly Pool[]): number {
  return pools.reduce((sum, pool) => sum + pool.count, 0);
}

/** Puts each choice where it adds the fewest counts, the fullest pool first among equals. */
function firstFit(instance: Instance, kindIndex: number, choices: readonly Choice[]): Pool[] {
  const kind = instance.kinds[kindIndex];
  if (!kind) throw new RangeError(`kind ${kindIndex} is not in the instance`);
  const pools: Pool[] = [];
  for (const choice of choices) {
    const fresh = new Pool(kindIndex, kind);
    const open = pools.length < kind.copies ? [...pools, fresh] : pools;
    const added = (pool: Pool): number =>
      pool.count < Infinity ? pool.countWith(choice) - pool.count : Infinity;
    const best = open.reduce((a, b) => (added(b) < added(a) ? b : a), open[0] ?? fresh);
    best.add(choice);
    if (best === fresh) pools.push(fresh);
  }
  return pools;
}
