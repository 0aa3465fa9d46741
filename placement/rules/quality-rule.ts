import type { Fact } from '../../catalog';
import { worstOf } from '../../catalog';
import type { Workload } from '../../config/environment';
import { usable } from '../evidence';
import type { OfferClass } from '../offer';
import { measureName, measureOf, needOf, spread } from '../quality';
import type { QualityNeed } from '../quality';
import type { RequirementRule, Setting } from '../setting';
import { effortFor, qualityAt } from '../thinking';
import { fail, pass, passByEstimate, unverified } from '../verdict';
import type { Judgement } from '../verdict';
import { verifiedLine } from './remedies';
import { fileOf, isOwnWeights, verifiedFacts } from './verified-facts';

export const qualityRule: RequirementRule = {
  id: 'quality',
  why: 'a general task is judged by the general index, a focused one by its field, both at the lower end of what is known',
  judge: (offer, workload, setting) => judgeQuality(offer, workload, setting),
};

function judgeQuality(offer: OfferClass, workload: Workload, setting: Setting): Judgement {
  const own = ownQuality(offer, workload, setting);
  const asked = measureOf(workload, setting.catalog);
  const figureOfOwn = asked === 'faithfulness' || asked === 'extraction' ? 'language' : asked;
  const need = needOf(workload, setting, own ? figureOfOwn : asked);
  if (!need) return undefined;
  return own ? judgeOwn(offer, need, own) : judgePublished(offer, workload, need, setting);
}

function wanted({ text, measure, isFloor }: QualityNeed): string {
  const name = measureName(measure);
  return isFloor
    ? `no quality is stated, so at least ${text} in ${name} is taken (quality: any lifts it)`
    : `at least ${text} in ${name} is asked for`;
}

function judgeOwn(offer: OfferClass, need: QualityNeed, { score, by }: OwnQuality): Judgement {
  if (score === null) return unmeasured(offer, need);
  const message = `${wanted(need)}, and ${offer.model} has ${score}, ${by}`;
  return score >= need.score ? pass(message) : fail(message);
}

function judgePublished(
  offer: OfferClass,
  workload: Workload,
  need: QualityNeed,
  setting: Setting,
): Judgement {
  const fact: Fact<number> = isQualityKept(offer)
    ? qualityAt(offer, need.measure, effortFor(offer, workload, setting), setting)
    : { evidence: 'unknown' };
  if (fact.evidence === 'unknown') return unmeasured(offer, need);
  const estimate = fact.evidence === 'estimated' ? `, estimated from ${fact.from}` : '';
  const message = `${wanted(need)}, and ${offer.model} has ${spread(fact)}${estimate}`;
  const remedy = verifiedLine(offer, 'quality: <index>');
  // Whether it is good enough lies within what is not known of it, or it surely is not.
  if (worstOf(fact) < need.score) {
    if (fact.value < need.score) return fail(message);
    return fail(message, fact.value >= need.middle ? { ...remedy, how: 'confirm' } : remedy);
  }
  const counts = usable(fact, 'quality', workload, setting.environment);
  if (!counts)
    return unverified(`${message}, and evidence is verified; verified[].quality would say it`, remedy);
  return counts.estimated || need.isFloor ? passByEstimate(message) : pass(message);
}

function unmeasured(offer: OfferClass, need: QualityNeed): Judgement {
  const file = fileOf(offer);
  const key = file === undefined ? 'verified[].quality' : `weights.${file}.measuredQuality`;
  return unverified(
    `${wanted(need)}, and ${offer.model} was not measured; ${key} would say it`,
    verifiedLine(offer, 'quality: <index>'),
  );
}

/** Null with a score is unknown. */
interface OwnQuality {
  readonly score: number | null;
  readonly by: string;
}

/** Undefined means that the catalogue's figure counts. */
function ownQuality(offer: OfferClass, workload: Workload, setting: Setting): OwnQuality | undefined {
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

function isQualityKept({ weights }: OfferClass): boolean {
  return !weights || weights.quantisation.bitsPerWeight >= bitsThatKeepQuality;
}
