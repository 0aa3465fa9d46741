import { allOffers } from '../../placement/venues';
import type { OfferClass } from '../../placement/offer';
import type { CapacityRule, RequirementRule } from '../../placement/setting';
import { fail, pass } from '../../placement/verdict';
import { asOf, chat, environmentWith } from './offers';
import { tables } from '../tables';

/** The rule that once let a market drop 1,242 offers: the compiler refuses it now. */
export const memoryForExtraction: RequirementRule = {
  id: 'memory',
  why: 'a rule that lies',
  judge: (offer, { task }) =>
    // @ts-expect-error a class of offers has no hardware
    task !== 'extraction' || offer.hardware.usableMemoryGib >= 80 ? pass('enough') : fail('too little'),
};

export const refused = (offer: OfferClass): unknown[] => [
  // @ts-expect-error a class of offers has no machine
  offer.machine,
  // @ts-expect-error nor its price
  offer.terms,
  // @ts-expect-error nor a size
  offer.size,
  // @ts-expect-error nor a count
  offer.count,
  // @ts-expect-error nor any memory
  offer.memoryGib,
  // @ts-expect-error nor any of the engine's
  offer.weights?.engine?.memoryGib,
  // @ts-expect-error nor one of the place's
  offer.place.hardware,
];

export const unlimited: CapacityRule = {
  id: 'redundancy',
  why: 'a rule that wants more of something, which a filter would drop',
  each: () => 1,
  most: () => undefined,
  // @ts-expect-error a capacity rule says the most that is allowed, and the engine compares
  judge: () => pass('two are better than one'),
  say: () => '',
};

describe('what a requirement rule is given', () => {
  it('holds, also behind the back of the compiler, nothing of a size', () => {
    const environment = environmentWith([chat()]);
    const keys = allOffers({ environment, catalog: tables, asOf }).flatMap(offer => keysOf(offer.class));
    expect(
      [...new Set(keys)].filter(key => /machine|hardware|terms|count$|memory|usd|gib$/i.test(key)),
    ).toEqual([]);
  });
});

/** Of what a class says itself; models and services are facts of the catalogue. */
function keysOf(offer: OfferClass): string[] {
  const { place, facts, weights } = offer;
  return [offer, place, facts, weights?.engine ?? {}, weights?.file ?? {}].flatMap(each => Object.keys(each));
}
