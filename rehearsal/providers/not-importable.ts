import { error } from '../protocol/messages';
import type { Answer } from '../protocol/provider';

/** The answer to an import of a type that has none. */
export function notImportable(type: string): Answer {
  return {
    value: null,
    diagnostics: [error('Resource Import Not Implemented', `${type} cannot be imported.`)],
  };
}
