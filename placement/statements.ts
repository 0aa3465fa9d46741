import type { Statement } from './decision';
import { groupBy } from './collections';
import type { SizedUnit } from './units';

/** What was taken for granted for these units, each line once, in the order of the units. */
export function statementsOf(units: readonly SizedUnit[]): Statement[] {
  const needed = units.flatMap(({ members }) =>
    members.flatMap(({ workload, verdicts }) =>
      verdicts.flatMap(({ verdict, remedy }) =>
        verdict === 'pass' && remedy ? [{ ...remedy, workload: workload.name }] : [],
      ),
    ),
  );
  return [...groupBy(needed, ({ key, line }) => `${key} ${line}`).values()].flatMap(alike => {
    const [first] = alike;
    if (!first) return [];
    const { how, key, line } = first;
    return [{ how, key, line, workloads: alike.map(({ workload }) => workload) }];
  });
}

/** What comes before the lines that have to be stated. */
export function stateHeading(environment: string): string {
  return `Before ${environment} can be placed, its team has to arrange this, fill in what stands in <>, and state it:`;
}

/** What writes lines of these keys as publishers state them. */
const writers: Readonly<Record<string, string>> = {
  weights: 'npx berth weights add <model>',
  engines: 'npx berth engine add latest',
};

/** The lines of what has to be stated before a decision can be placed, by key, as YAML. */
export function statementLines(toState: readonly Statement[]): string[] {
  const keys = [...new Set(toState.map(({ key }) => key))];
  return keys.flatMap(key => [
    `${key}:`,
    ...toState
      .filter(each => each.key === key)
      .map(({ line, workloads }) => `  ${line} # for ${workloads.join(', ')}`),
    ...(Object.hasOwn(writers, key)
      ? [`  # ${writers[key]} writes such a line as its publisher states it`]
      : []),
  ]);
}
