import type { Choice, Instance } from './instance';
import { groupBy } from './instance';

/** Splits choices into parts that share no unit and no quota, and can be solved one by one. */
export function components(instance: Instance, choices: readonly Choice[]): Choice[][] {
  const { workloads, kinds, quotas } = instance;
  const parent = Array.from({ length: workloads.length + kinds.length + quotas.length }, (_, i) => i);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = node; at !== root;) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const join = (a: number, b: number): void => {
    parent[rootOf(b)] = rootOf(a);
  };
  const quotaNode = (quota: number): number => workloads.length + kinds.length + quota;
  for (const choice of choices) {
    choice.uses.forEach(use => join(choice.workload, quotaNode(use.quota)));
    if (choice.unit < 0) continue;
    join(choice.workload, workloads.length + choice.unit);
    instance.kinds[choice.unit]?.uses.forEach(use => join(choice.workload, quotaNode(use.quota)));
  }
  return [...groupBy(choices, choice => rootOf(choice.workload)).values()];
}
