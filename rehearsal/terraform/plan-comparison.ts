import { leafDifferences, leavesOf } from './plan-leaves';
import type { LeafDifference } from './plan-leaves';
import type { Change, PlanJson } from './plan-json';

/** Two plans of one configuration, compared value by value. */
export interface PlanComparison {
  /** How many values the real providers plan. */
  readonly values: number;
  readonly differences: readonly ResourceDifference[];
}

/** A value that two plans have differently. Sensitive ones are not shown. */
interface ResourceDifference extends LeafDifference {
  readonly address: string;
}

/** Compares what a plan of the rehearsal and one of the real providers say of each resource. */
export function comparePlans(rehearsed: PlanJson, real: PlanJson): PlanComparison {
  const [own, others] = [changesOf(rehearsed), changesOf(real)];
  const compared = [...new Set([...own.keys(), ...others.keys()])].map(address => {
    const [mine, theirs] = [own.get(address), others.get(address)];
    const hidden = [mine?.after_sensitive, theirs?.after_sensitive];
    const leaves = leavesOf(theirs?.after, theirs?.after_unknown, hidden);
    const differences = leafDifferences(leavesOf(mine?.after, mine?.after_unknown, hidden), leaves);
    return { values: leaves.size, differences: differences.map(each => ({ address, ...each })) };
  });
  return {
    values: compared.reduce((sum, { values }) => sum + values, 0),
    differences: compared.flatMap(({ differences }) => differences),
  };
}

function changesOf({ resource_changes: changes = [] }: PlanJson): ReadonlyMap<string, Change> {
  const managed = changes.filter(({ mode }) => mode === 'managed');
  return new Map(managed.map(({ address, change }) => [address, change]));
}
