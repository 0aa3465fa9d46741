import type { Workload } from '../../config/environment';
import { count } from '../figures';
import { contextNeeded, kindOf, outputNeeded } from '../needs';
import type { OfferClass } from '../offer';
import type { RequirementRule, Setting } from '../setting';
import { fail, pass, unverified } from '../verdict';
import type { Judgement } from '../verdict';
import { languageRule } from './language-rule';
import { qualityRule } from './quality-rule';
import { reasoningRule } from './reasoning-rule';
import { factLine, verifiedLine } from './remedies';
import { verifiedFacts } from './verified-facts';

/** What the model itself must be able to do. */
export const modelRules: readonly RequirementRule[] = [
  {
    id: 'kind',
    why: 'images and embeddings never fall to a chat model, nor the other way round',
    judge: (offer, workload) => {
      const wanted = kindOf(workload);
      const { kind } = offer.facts;
      return kind === wanted
        ? pass(`${workload.task} needs ${article(wanted)} model, and ${offer.model} is one`)
        : fail(
            `${workload.task} needs ${article(wanted)} model, and ${offer.model} is ${article(kind)} model`,
          );
    },
  },
  {
    id: 'context',
    why: 'a request that exceeds the context is refused or cut',
    judge: (offer, workload, setting) =>
      kindOf(workload) === 'image' ? undefined : judgeContext(offer, workload, setting),
  },
  {
    id: 'output-length',
    why: 'an answer that exceeds the limit is cut',
    judge: (offer, workload) => {
      const needed = outputNeeded(workload);
      if (needed === 0) return undefined;
      if (!offer.hosted) return undefined;
      const limit = offer.hosted.maxOutputTokens;
      if (limit === null)
        return unverified(
          `answers need up to ${count(needed)} tokens, and the limit of ${offer.model} is not published; facts[].maxOutputTokens would say it`,
          factLine(offer, `maxOutputTokens: ${needed}`),
        );
      return limit >= needed
        ? pass(`answers need up to ${count(needed)} tokens, and ${offer.model} gives ${count(limit)}`)
        : fail(
            `answers need up to ${count(needed)} tokens, and ${offer.model} gives at most ${count(limit)}`,
          );
    },
  },
  languageRule,
  qualityRule,
  reasoningRule,
  {
    id: 'publisher',
    why: 'the environment names the publishers it trusts',
    judge: (offer, _workload, { environment }) => {
      if (!environment.publishers) return undefined;
      const { publisher } = offer.facts;
      return environment.publishers.includes(publisher)
        ? pass(`${publisher} is an allowed publisher`)
        : fail(`${publisher} is not among the allowed publishers ${environment.publishers.join(', ')}`);
    },
  },
  {
    id: 'licence',
    why: 'the environment names the licences of open weights that it accepts',
    judge: (offer, _workload, { environment }) => {
      if (!environment.licences || !offer.weights) return undefined;
      const { license } = offer.weights.open;
      return environment.licences.includes(license)
        ? pass(`${license} is an allowed licence`)
        : fail(
            `${offer.model} is under ${license}, which is not among the allowed licences ${environment.licences.join(', ')}`,
          );
    },
  },
];

function article(kind: string): string {
  return /^[aeio]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function judgeContext(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  const needed = contextNeeded(workload);
  const limit = offer.facts.contextTokens;
  const tried = verifiedFacts(offer, workload, setting).find(
    ({ contextTokens }) => contextTokens !== undefined && contextTokens >= needed,
  );
  if (tried)
    return pass(
      `requests need ${count(needed)} tokens, and ${tried.by} tried ${count(tried.contextTokens ?? 0)}`,
    );
  if (limit === null)
    return unverified(
      `requests need ${count(needed)} tokens, and the context of ${offer.model} is not published; verified[].contextTokens would say it`,
      verifiedLine(offer, `contextTokens: ${needed}`),
    );
  return limit >= needed
    ? pass(`requests need ${count(needed)} tokens, and ${offer.model} takes ${count(limit)}`)
    : fail(`requests need ${count(needed)} tokens, and ${offer.model} takes at most ${count(limit)}`);
}
