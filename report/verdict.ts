import { usd } from '../placement/figures';
import type { Explanation } from './explanation';
import { many } from './sentences';

/** What a reader wants to know first. */
interface VerdictLine {
  readonly what: string;
  readonly text: string;
}

/** An explained decision in five sentences: whether it can be deployed, what it costs of what there is, what it rests on, and what is open. */
export function verdictOf(explanation: Explanation): VerdictLine[] {
  const { warnings = [] } = explanation;
  return [
    { what: 'Ready', text: readyText(explanation) },
    { what: 'Budget', text: budgetText(explanation) },
    { what: 'Evidence', text: evidenceText(explanation) },
    { what: 'Cheaper', text: cheaperText(explanation) },
    { what: 'Warnings', text: warnings.length === 0 ? 'none' : `${warnings.length}, below` },
  ];
}

function readyText({ toState = [] }: Explanation): string {
  if (toState.length === 0) return 'it can be deployed as it is';
  return `not before ${many(toState.length, 'line')} ${toState.length === 1 ? 'is' : 'are'} stated, below`;
}

function budgetText({ monthlyUsd, budgetUsd }: Explanation): string {
  if (budgetUsd === undefined) return `${usd(monthlyUsd)} a month, and none is stated`;
  const share = budgetUsd > 0 ? `, ${Math.round((100 * monthlyUsd) / budgetUsd)} %` : '';
  return `${usd(monthlyUsd)} a month of ${usd(budgetUsd)}${share}`;
}

function evidenceText({ placements }: Explanation): string {
  const estimated = placements.flatMap(({ workload, reasons }) => {
    const rules = [...new Set(reasons.flatMap(each => (each.estimated ? [each.rule] : [])))];
    return rules.length > 0 ? [`${workload} (${rules.join(', ')})`] : [];
  });
  if (estimated.length === 0) return 'all that is asked for is stated or measured';
  return `${estimated.length} of ${many(placements.length, 'placement')} rest on estimates or on floors that Berth takes: ${estimated.join('; ')}`;
}

function cheaperText({ placements }: Explanation): string {
  const lacking = placements.flatMap(({ workload, onlyLacks }) =>
    onlyLacks ? [{ workload, usd: onlyLacks.savesUsd }] : [],
  );
  if (lacking.length === 0) return 'nothing that only lacks evidence';
  const named = lacking.map(({ workload, usd: saved }) => `${workload} by ${usd(saved)}`).join(', ');
  return `${named}, each alone, where the team can state what is not known`;
}
