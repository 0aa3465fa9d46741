import type { Remedy } from '../verdict';
import type { OfferClass } from '../offer';

/** A line that names a file of weights, a build, an approval or a quota: the team has it, or can ask for it. */
export function arrange(key: string, line: string): Remedy {
  return { how: 'arrange', key, line };
}

/** A line of `facts` that says what a publisher does: the team can look it up. */
export function factLine(
  { facts: { name }, version, hosted }: Pick<OfferClass, 'facts' | 'version' | 'hosted'>,
  fact: string,
): Remedy {
  const of = hosted ? `${name}, version: '${version}'` : name;
  return { how: 'measure', key: 'facts', line: `- { model: ${of}, by: "<who and where>", ${fact} }` };
}

/** A line of `verified` in which the team says what it found out of a model itself. */
export function verifiedLine({ facts: { name } }: Pick<OfferClass, 'facts'>, found: string): Remedy {
  return { how: 'measure', key: 'verified', line: `- { model: ${name}, by: "<who and when>", ${found} }` };
}
