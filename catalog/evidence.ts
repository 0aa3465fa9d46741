/**
 * A fact and how it is known. `stated`: by a publisher, a price list or a law. `measured`: by the team, or by somebody who
 * published the measurement of this very thing. `estimated`: derived from something else, with its error. A fact without
 * a value is unknown, never good.
 */
export type Fact<T> = KnownFact<T> | { readonly evidence: 'unknown' };

export type KnownFact<T> =
  | { readonly evidence: 'stated' | 'measured'; readonly value: T; readonly worst?: T; readonly from: string }
  | {
      readonly evidence: 'estimated';
      readonly value: T;
      /** The end of its error that speaks against what has the fact: a requirement is compared with it. */
      readonly worst: T;
      /** What it is derived from, a clause for a sentence behind `estimated from`. */
      readonly from: string;
    };

export const unknownFact = { evidence: 'unknown' } as const;

/** What a requirement is compared with: what has an error counts at the end that speaks against it. */
export function worstOf<T>(fact: KnownFact<T>): T {
  return fact.worst ?? fact.value;
}
