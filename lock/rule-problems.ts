import type { Finding } from '../config/parse/problem';
import { judgeOffer } from '../placement/rules';
import type { Setting } from '../placement/setting';
import type { Rebuilt } from './rebuild';

/**
 * What the rules say against a unit as it was rebuilt, and against its workloads on it. A price that is no longer listed makes
 * no place a bad one.
 * @param since what is said behind the sentence about a workload. @default - nothing
 */
export function ruleProblems(
  { unit, size, assignments }: Rebuilt,
  path: Finding['path'],
  setting: Setting,
  since: (workload: string) => string = () => '',
): Finding[] {
  const broken = assignments.flatMap(({ workload, offer }) =>
    judgeOffer(offer, workload, setting)
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ rule, message }) => `workload ${workload.name}: ${rule}: ${message}${since(workload.name)}`),
  );
  const failed = size.verdicts
    .filter(({ verdict, rule }) => verdict !== 'pass' && rule !== 'price')
    .map(({ rule, message }) => `unit ${unit.id}: ${rule}: ${message}`);
  return [...broken, ...failed].map(message => ({ path, message }));
}
