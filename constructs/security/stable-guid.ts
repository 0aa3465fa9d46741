import { Fn } from 'cdktf';
import { argument } from '../literals';

/**
 * A GUID that is the same in every deploy for the same parts. azurerm makes up a new one for a role that has none: when
 * the answer to its creation is lost, the next deploy is refused and nothing says which role to import.
 * @param parts what makes the named thing unlike any other; values known after apply are welcome
 */
export function stableGuid(...parts: readonly string[]): string {
  return Fn.uuidv5('url', argument(parts.join('|')));
}
