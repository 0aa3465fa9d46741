import { covers, languageFact } from '../../catalog';
import type { Workload } from '../../config/environment';
import { usable } from '../evidence';
import type { OfferClass } from '../offer';
import type { RequirementRule, Setting } from '../setting';
import { fail, pass, passByEstimate, unverified } from '../verdict';
import type { Judgement } from '../verdict';
import { verifiedLine } from './remedies';
import { verifiedFacts } from './verified-facts';

export const languageRule: RequirementRule = {
  id: 'languages',
  why: 'a list of the maker states a language, a score in it is an estimate, and nothing else is known',
  judge: (offer, workload, setting) =>
    workload.languages.length === 0 ? undefined : judgeLanguages(offer, workload, setting),
};

/** How one language is known, in a few words. */
interface Spoken {
  readonly language: string;
  readonly how: 'listed' | 'tried' | 'estimated' | 'bad' | 'unlisted' | 'too-weak' | 'unknown';
  readonly from: string;
  /** The figure behind an estimate. */
  readonly score?: string;
}

function judgeLanguages(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  const all = workload.languages.map(language => spokenOf(language, offer, workload, setting));
  const those = (...hows: Spoken['how'][]): Spoken[] => all.filter(({ how }) => hows.includes(how));
  const remedy = verifiedLine(offer, `languages: [${workload.languages.join(', ')}]`);
  const unlisted = those('unlisted');
  if (unlisted.length > 0) return fail(`${offer.model} does not list ${namesOf(unlisted)}`);
  const [bad] = those('bad');
  if (bad) return fail(`${offer.model} is not good enough in ${bad.language}: ${bad.score}, ${bad.from}`);
  const unknown = those('unknown');
  if (unknown.length > 0)
    return unverified(
      `${namesOf(unknown)} are asked for, and no language list of ${offer.model} is published; verified[].languages would say it`,
      remedy,
    );
  const weak = those('too-weak');
  if (weak.length > 0)
    return unverified(
      `${estimatesOf(weak)}, and evidence is verified; verified[].languages would say it`,
      remedy,
    );
  const said = [
    ...(those('listed').length > 0 ? [`${offer.model} lists ${namesOf(those('listed'))}`] : []),
    ...(those('tried').length > 0
      ? [`${namesOf(those('tried'))} are verified: ${those('tried')[0]?.from}`]
      : []),
    ...(those('estimated').length > 0 ? [estimatesOf(those('estimated'))] : []),
  ].join(', ');
  return those('estimated').length > 0 ? passByEstimate(said) : pass(said);
}

function spokenOf(language: string, offer: OfferClass, workload: Workload, setting: Setting): Spoken {
  const { languages } = offer.facts;
  const fact = languageFact(setting.catalog.languages, offer.facts, language);
  if (fact.evidence === 'stated' && fact.value) return { language, how: 'listed', from: fact.from };
  const tried = verifiedFacts(offer, workload, setting).find(each => covers(each.languages ?? [], language));
  if (tried) return { language, how: 'tried', from: tried.by };
  if (fact.evidence === 'unknown') return { language, how: 'unknown', from: '' };
  if (!fact.value)
    return {
      language,
      how: fact.evidence === 'stated' ? 'unlisted' : 'bad',
      from: fact.from,
      score: fact.score,
    };
  const counts = usable(fact, 'languages', workload, setting.environment);
  if (counts) return { language, how: 'estimated', from: fact.from, score: fact.score };
  // A list of the maker that leaves it out is what is verified of it.
  const isListed = languages !== null;
  return { language, how: isListed ? 'unlisted' : 'too-weak', from: fact.from, score: fact.score };
}

function namesOf(all: readonly Spoken[]): string {
  return all.map(({ language }) => language).join(', ');
}

function scoresOf(all: readonly Spoken[]): string {
  return all
    .map(({ language, score }) => (score === undefined ? language : `${language} ${score}`))
    .join(', ');
}

/** `sv 1.5: estimated from …`; what is estimated from the same comes together. */
function estimatesOf(all: readonly Spoken[]): string {
  const froms = [...new Set(all.map(({ from }) => from))];
  return froms
    .map(from => `${scoresOf(all.filter(each => each.from === from))}: estimated from ${from}`)
    .join(', ');
}
