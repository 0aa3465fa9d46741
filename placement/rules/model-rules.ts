import { covers } from '../../catalog';
import type { Verified, Workload } from '../../config/environment';
import { count } from '../figures';
import { contextNeeded, kindOf, outputNeeded } from '../needs';
import { barOf, measureName, measureOf, scoreOf } from '../quality';
import type { OfferClass } from '../offer';
import type { RequirementRule, Setting } from '../setting';
import { fail, pass, unverified } from '../verdict';
import type { Judgement } from '../verdict';

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
          `answers need up to ${count(needed)} tokens, and the limit of ${offer.model} is not published`,
        );
      return limit >= needed
        ? pass(`answers need up to ${count(needed)} tokens, and ${offer.model} gives ${count(limit)}`)
        : fail(
            `answers need up to ${count(needed)} tokens, and ${offer.model} gives at most ${count(limit)}`,
          );
    },
  },
  {
    id: 'languages',
    why: 'a language that nobody lists for a model is unverified',
    judge: (offer, workload, setting) =>
      workload.languages.length === 0 ? undefined : judgeLanguages(offer, workload, setting),
  },
  {
    id: 'quality',
    why: 'a general task is judged by the general index, a focused one by its field',
    judge: (offer, workload, setting) => judgeQuality(offer, workload, setting),
  },
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

/** What the team measured of this model itself; what stands at the workload's pin comes first. */
export function verifiedFacts(
  offer: OfferClass,
  { pin }: Workload,
  { environment }: Setting,
): readonly Omit<Verified, 'model'>[] {
  const { name } = offer.facts;
  const pinned = pin?.measured && (pin.model === name || pin.model === offer.model) ? [pin.measured] : [];
  return [...pinned, ...environment.verified.filter(({ model }) => model === name)];
}

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
    );
  return limit >= needed
    ? pass(`requests need ${count(needed)} tokens, and ${offer.model} takes ${count(limit)}`)
    : fail(`requests need ${count(needed)} tokens, and ${offer.model} takes at most ${count(limit)}`);
}

function judgeLanguages(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  const listed = offer.facts.languages;
  const facts = verifiedFacts(offer, workload, setting);
  const missing = workload.languages.filter(
    language =>
      covers(listed, language) !== true && !facts.some(({ languages }) => covers(languages ?? [], language)),
  );
  const asked = workload.languages.join(', ');
  if (missing.length === 0) {
    const by = facts.find(({ languages }) => languages)?.by;
    return pass(
      listed === null && by !== undefined ? `${asked} are verified: ${by}` : `${offer.model} lists ${asked}`,
    );
  }
  return listed === null
    ? unverified(
        `${missing.join(', ')} are asked for, and no language list of ${offer.model} is published; verified[].languages would say it`,
      )
    : fail(`${offer.model} does not list ${missing.join(', ')}`);
}

function judgeQuality(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  const own = ownQuality(offer, workload, setting);
  const asked = measureOf(workload);
  const figureOfOwn = asked === 'faithfulness' || asked === 'extraction' ? 'language' : asked;
  const measure = own ? figureOfOwn : asked;
  const bar = barOf(setting.catalog, workload, measure);
  if (!bar) return undefined;
  const name = measureName(measure);
  const score = own ? own.score : quantisedScore(offer, setting, measure);
  const source = own ? `, ${own.by}` : '';
  if (score === null)
    return unverified(
      `at least ${bar.text} in ${name} is asked for, and ${offer.model} was not measured; ${wouldVerify(offer)} would say it`,
    );
  return score >= bar.score
    ? pass(`at least ${bar.text} in ${name} is asked for, and ${offer.model} has ${score}${source}`)
    : fail(`at least ${bar.text} in ${name} is asked for, and ${offer.model} has ${score}${source}`);
}

/** Null with a score is unknown; undefined means that the catalogue's figure counts. */
function ownQuality(
  offer: OfferClass,
  workload: Workload,
  setting: Setting,
): { readonly score: number | null; readonly by: string } | undefined {
  const fact = verifiedFacts(offer, workload, setting).find(({ quality }) => quality !== undefined);
  if (fact?.quality !== undefined && (!isOwnWeights(offer, setting) || fact === workload.pin?.measured))
    return { score: fact.quality, by: fact.by };
  if (isOwnWeights(offer, setting)) {
    const measured = setting.environment.weights[fileOf(offer) ?? '']?.measuredQuality;
    return { score: measured ?? null, by: 'measured by the team on its own task' };
  }
  return undefined;
}

/** Four-bit files keep the index of the unquantised model, as far as it can tell; below, nobody measured the loss. */
const bitsThatKeepQuality = 4.2;

function quantisedScore(
  offer: OfferClass,
  { catalog }: Setting,
  measure: Parameters<typeof scoreOf>[2],
): number | null {
  const kept = !offer.weights || offer.weights.quantisation.bitsPerWeight >= bitsThatKeepQuality;
  return kept ? scoreOf(catalog, offer.facts.name, measure) : null;
}

function wouldVerify(offer: OfferClass): string {
  const file = fileOf(offer);
  return file === undefined ? 'verified[].quality' : `weights.${file}.measuredQuality`;
}

/** Key in the environment's `weights` of what it runs. */
function fileOf({ weights }: OfferClass): string | undefined {
  return weights?.file?.id ?? undefined;
}

/** Whether the offer runs the team's own fine-tuned weights. */
export function isOwnWeights(offer: OfferClass, { environment }: Setting): boolean {
  return environment.weights[fileOf(offer) ?? '']?.fineTuned === true;
}
