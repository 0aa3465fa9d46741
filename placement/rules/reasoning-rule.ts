import { hiddenTokensAt, isThinking } from '../reasoning';
import type { RequirementRule } from '../setting';
import { effortFor, reasoningOf } from '../thinking';
import { fail, passByEstimate, pass } from '../verdict';

export const reasoningRule: RequirementRule = {
  id: 'reasoning',
  why: 'a model that thinks puts out tokens that nobody reads, and that are paid and waited for',
  judge: (offer, workload, setting) => {
    const reasoning = reasoningOf(offer);
    const effort = effortFor(offer, workload, setting);
    if (!reasoning || !effort) return undefined;
    if (workload.reasoning === 'none' && isThinking(effort))
      return fail(`reasoning is none, and ${offer.model} thinks at least with effort ${effort}`);
    const hidden = hiddenTokensAt(reasoning, effort);
    const asked =
      reasoning.efforts.length === 1 ? `${offer.model} always thinks` : `callers ask for effort ${effort}`;
    return hidden === 0
      ? pass(`${asked}, and ${offer.model} thinks nothing that counts`)
      : passByEstimate(
          `${asked}, and ${offer.model} thinks about ${hidden} tokens a request before it answers, estimated, at most about ${reasoning.hiddenTokens[effort].most}; they are paid as output`,
        );
  },
};
