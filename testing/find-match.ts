import { closest } from '../text/closest';
import type { MatcherResult } from './matcher-types';
import { mismatches } from './mismatch';
import type { Found } from './mismatch';

/** Something of a type, with attributes, that a plan or a stack has. */
export interface Candidate extends Found {
  /** How messages call it: its address. */
  readonly place: string;
  readonly type: string;
}

/** How messages speak of the candidates. */
export interface Wording {
  /** What they are in, for example `the plan`. */
  readonly where: string;
  /** What was done with them, for example `planned`. */
  readonly verb: string;
  /** What they are, many of them. */
  readonly plural: string;
}

/** Looks for a candidate of a type with at least these attributes; a failure names the closest one. */
export function findMatch(
  candidates: readonly Candidate[],
  type: string,
  attributes: Readonly<Record<string, unknown>>,
  wording: Wording,
): MatcherResult {
  const compared = candidates
    .filter(candidate => candidate.type === type)
    .map(candidate => ({
      place: candidate.place,
      faults: mismatches(attributes, { ...candidate, value: candidate.value ?? {} }, wording.verb),
    }))
    .sort((a, b) => a.faults.length - b.faults.length);
  const nearest = compared[0];
  if (nearest?.faults.length === 0) {
    return {
      pass: true,
      message: () =>
        `expected no ${wording.verb} ${type} with these attributes, but ${nearest.place} has them`,
    };
  }
  return {
    pass: false,
    message: () =>
      nearest ? nearMiss(type, nearest, compared.length, wording) : noSuchType(type, candidates, wording),
  };
}

export function lines(texts: readonly string[]): string {
  return texts.map(text => `  ${text}`).join('\n');
}

function nearMiss(
  type: string,
  { place, faults }: { readonly place: string; readonly faults: readonly string[] },
  count: number,
  { verb }: Wording,
): string {
  const which = count === 1 ? `${place} is not` : `none of ${count} is; the closest, ${place}`;
  return `expected a ${verb} ${type} with these attributes, but ${which}:\n${lines(faults)}`;
}

function noSuchType(
  type: string,
  candidates: readonly Candidate[],
  { where, verb, plural }: Wording,
): string {
  const known = [...new Set(candidates.map(candidate => candidate.type))];
  if (known.length === 0) return `expected a ${verb} ${type}, but ${where} has no ${plural}`;
  const count = known.length === 1 ? '1 type' : `${known.length} types`;
  return `expected a ${verb} ${type}, but there is none; ${where} has ${count}, the closest:\n${lines(closest(type, known, 5))}`;
}
