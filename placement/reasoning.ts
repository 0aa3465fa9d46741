import { efforts } from '../catalog';
import type { Effort, Reasoning } from '../catalog';
import type { Workload } from '../config/environment';

/** Answers shorter than this are given at once, unless the workload says otherwise. */
const tokensWorthThinking = 50;

/**
 * Effort that callers are to ask a model for; undefined for one that does not think.
 * @param meets whether the model is good enough at an effort
 */
export function effortOf(
  reasoning: Reasoning | undefined,
  workload: Workload,
  meets: (effort: Effort) => boolean = () => true,
): Effort | undefined {
  if (!reasoning) return undefined;
  const [least] = reasoning.efforts;
  const most = reasoning.efforts.at(-1);
  switch (workload.reasoning) {
    case 'none':
      return least;
    case 'low':
    case 'medium':
    case 'high':
      return atLeast(reasoning, workload.reasoning) ?? most;
    case 'allowed':
    case undefined: {
      const isShort = workload.reasoning === undefined && usualEffort(workload) === 'none';
      return isShort ? least : (reasoning.efforts.find(meets) ?? most);
    }
  }
}

/** How hard a model thinks whom nobody tells: not at all for a short answer. */
export function usualEffort({ traffic }: Workload): 'none' | 'medium' {
  return traffic.outputTokens < tokensWorthThinking ? 'none' : 'medium';
}

function atLeast({ efforts: own }: Reasoning, wanted: Effort): Effort | undefined {
  return own.find(effort => efforts.indexOf(effort) >= efforts.indexOf(wanted));
}

/** Whether an effort is as good as none. */
export function isThinking(effort: Effort): boolean {
  return effort !== 'none' && effort !== 'minimal';
}

/** A workload whose answers hold what the model thinks before it answers, for what is paid and waited for. */
export function thinkingWorkload(workload: Workload, hiddenTokens: number): Workload {
  if (hiddenTokens === 0) return workload;
  const { traffic } = workload;
  return { ...workload, traffic: { ...traffic, outputTokens: traffic.outputTokens + hiddenTokens } };
}

/** Tokens that a request typically thinks at an effort; 0 where the model does not think. */
export function hiddenTokensAt(reasoning: Reasoning | undefined, effort: Effort | undefined): number {
  return reasoning && effort ? reasoning.hiddenTokens[effort].typical : 0;
}
