import type { Statement } from './decision';
import { groupBy } from './collections';
import { isGranted } from './granting';
import type { Setting } from './setting';
import type { SizedUnit } from './units';

/** What was taken for granted for these units, each line once, in the order of the units. */
export function statementsOf(units: readonly SizedUnit[], { granted }: Setting): Statement[] {
  const needed = units.flatMap(({ members, size }) =>
    members.flatMap(({ workload: { name: workload }, verdicts }) =>
      [...verdicts, ...size.verdicts].flatMap(({ verdict, remedy }) =>
        verdict === 'pass' && remedy && isGranted(remedy.how, granted?.get(workload))
          ? [{ ...remedy, workload }]
          : [],
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
export function stateHeading(environment: string, toState: readonly Statement[]): string {
  const hows = toState.map(({ how }) => how);
  return `Before ${environment} can be placed, its team has to ${hows.some(how => how === 'confirm') ? 'arrange or confirm' : 'arrange'} this, fill in what stands in <>, and state it:`;
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
