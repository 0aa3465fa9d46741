import type { Remedy } from '../verdict';
import type { OfferClass } from '../offer';

/** A line that names a file of weights, a build, an approval or a quota: the team has it, or can ask for it. */
export function arrange(key: string, line: string): Remedy {
  return { how: 'arrange', key, line };
}

/** A line of `verified` in which the team says what it found out of a model itself. */
export function verifiedLine({ facts: { name } }: Pick<OfferClass, 'facts'>, found: string): Remedy {
  return { how: 'measure', key: 'verified', line: `- { model: ${name}, by: "<who and when>", ${found} }` };
}
