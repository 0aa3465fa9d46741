import { groupBy } from '../../placement/collections';
import { differenceLine, leafDifferences, leavesOf } from '../../rehearsal/terraform/plan-leaves';
import { judge } from './mutations';
import type { Judged } from './mutations';
import { Planner } from './planner';
import { readRealPlans } from './real-plans';
import type { RealPlan } from './real-plans';

/**
 * Compares the rehearsal with plans of the real providers: create plans leaf by leaf, and verdicts on changes of one value.
 * @param directory of the real providers' plans
 * @param tell told of each difference
 * @returns how many leaves and verdicts are the same
 */
export async function reportFidelity(directory: string, tell: (line: string) => void): Promise<string> {
  const { plans, mutations } = readRealPlans(directory);
  const lines: string[] = [];
  for (const plan of plans) lines.push(await comparePlan(plan, tell));
  if (mutations) lines.push(verdictLine(await judge(mutations), tell));
  return lines.join('\n');
}

async function comparePlan(real: RealPlan, tell: (line: string) => void): Promise<string> {
  if ('terraform_remote_state' in (real.configuration['data'] ?? {}))
    return `${real.name}: not planned, for it reads the states of others`;
  const planner = await Planner.open(real.configuration);
  try {
    const { plan, diagnostics } = await planner.plan(real.configuration);
    if (!plan) return `${real.name}: ${diagnostics.map(({ summary }) => summary).join('; ')}`;
    const rehearsed = new Map(plan.resource_changes?.map(({ address, change }) => [address, change]));
    const compared = real.resource_changes.map(({ address, after, after_unknown: unknown }) => {
      const leaves = leavesOf(after, unknown);
      const change = rehearsed.get(address);
      const own = leavesOf(change?.after, change?.after_unknown);
      return { address, leaves: leaves.size, differences: leafDifferences(own, leaves) };
    });
    for (const { address, differences } of compared)
      for (const difference of differences) tell(`${real.name} ${address} ${differenceLine(difference)}`);
    const all = compared.reduce((sum, { leaves }) => sum + leaves, 0);
    const wrong = compared.reduce((sum, { differences }) => sum + differences.length, 0);
    return `${real.name}: ${share(all - wrong, all)} of the leaves are the same`;
  } finally {
    await planner.close();
  }
}

function verdictLine(judged: readonly Judged[], tell: (line: string) => void): string {
  const wrong = judged.filter(({ mutation, verdict }) => mutation.verdict !== verdict);
  for (const [what, some] of groupBy(wrong, ({ mutation: { type, path }, verdict }) =>
    [type, path.join('.'), verdict].join(' '),
  ))
    tell(`${what}, really ${some[0]?.mutation.verdict} (${some.length} ×)`);
  return `mutations: ${share(judged.length - wrong.length, judged.length)} of the verdicts are the same`;
}

function share(part: number, of: number): string {
  return `${part} of ${of} (${((100 * part) / of).toFixed(1)} %)`;
}
