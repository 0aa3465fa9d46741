import type { Assignment, Formulation, Total } from './formulation-types';
import type { Instance } from './instance';
import { merged } from './mip';
import type { Term } from './mip';

/**
 * Adds columns that count what alike pools have together: those of a kind, and those that may keep a part. Pools of like
 * setups stand in for each other, so that branching on the count of one only moves it to the next; a sum leaves nothing
 * to move to. Limited totals get the load that they must carry as one row, from which the solver cuts.
 */
export function withFamilies(
  instance: Instance,
  formulation: Formulation,
  totals: readonly Total[],
): Formulation {
  const { mip, slots, assignments } = formulation;
  const families = new Map<string, Term[]>();
  for (const { kindIndex, count, holds } of slots) {
    if (!holds) continue;
    const parts = new Set([...holds].map(({ part }) => part));
    const names = [...parts].flatMap(part => [`part ${part}`, `${kindIndex} ${part}`]);
    for (const name of [`kind ${kindIndex}`, ...names])
      families.set(name, [...(families.get(name) ?? []), ...count]);
  }
  const sums = [...families.values()]
    .filter(terms => terms.length > 2)
    .map(terms => {
      const column = mip.column(0, Infinity);
      mip.row(0, [...merged(terms), [column, -1]], 0);
      return { column, terms };
    });
  for (const { kinds, most } of totals)
    if (most < Infinity) mip.row(-Infinity, loads(instance, assignments, kinds), most);
  return { ...formulation, sums };
}

function loads(instance: Instance, assignments: readonly Assignment[], kinds: ReadonlySet<number>): Term[] {
  return assignments
    .filter(({ choice }) => kinds.has(choice.unit))
    .map(({ column, choice }) => [column, choice.load / (instance.kinds[choice.unit]?.load ?? 1)]);
}
