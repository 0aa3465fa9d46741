import type { Workload } from '../config/environment';
import type { Warning } from './decision';
import { round } from './figures';
import type { SizedUnit } from './units';

/** Tasks of which somebody sits and reads the answer as it comes. */
const read: readonly Workload['task'][] = ['chat', 'completion', 'code'];

/** What readers take for an answer: a first token by then, and as many tokens a second as a person reads. */
const patience = { firstTokenSeconds: 10, tokensPerSecond: 5 };

/** What is planned is what nine machines in ten do better than; the first token mostly comes in half that time. */
const plannedOverTypical = 2;

/** Who states no latency may be given any, so a place where readers would wait says how long. */
export function slowWarnings({ unit, size, members }: SizedUnit): Warning[] {
  const { pool } = size;
  const figures = pool?.figures;
  if (!figures) return [];
  return members.flatMap(({ workload: { name, task, latency, traffic } }) => {
    if (!read.includes(task) || latency || traffic.deferrable) return [];
    const first = pool.firstTokenSeconds[name] ?? 0;
    const each = (figures.workloads[name]?.decodeTokensPerSecond ?? Infinity) / figures.parallel;
    if (first <= plannedOverTypical * patience.firstTokenSeconds && each >= patience.tokensPerSecond)
      return [];
    const wish = `latency: { firstTokenSeconds: ${patience.firstTokenSeconds}, tokensPerSecond: ${patience.tokensPerSecond} }`;
    const message = `${name} states no latency, and at the peak its answers begin after about ${round(first)} s and come at about ${round(each)} tokens a second; ${wish} would ask for more`;
    return [{ subject: unit.id, rule: 'slow', message }];
  });
}
