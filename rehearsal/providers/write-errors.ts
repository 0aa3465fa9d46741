import { describeId } from '../azure/arm-names';
import { AnswerLost } from '../azure/control-plane';
import type { Diagnostic } from '../protocol/messages';
import { error } from '../protocol/messages';
import { ProviderDied } from '../protocol/provider';

/** The error for a resource that is in Azure and not in the state; it names the id to import. */
export function alreadyExists(id: string, type: string): Diagnostic {
  return error(
    `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State. Please see the resource documentation for "${type}" for more information.`,
    '',
  );
}

/**
 * The error for a write that failed.
 * @throws ProviderDied again: a dead provider has no answer.
 */
export function writeError(
  verb: 'creating' | 'updating' | 'deleting',
  id: string,
  failure: unknown,
): Diagnostic {
  if (failure instanceof ProviderDied) throw failure;
  if (failure instanceof AnswerLost) {
    const request = `${verb === 'deleting' ? 'Delete' : 'Put'} "https://management.azure.com${id}"`;
    return error(`${verb} ${describeId(id)}: ${request}: read tcp: connection reset by peer`, '');
  }
  const reason = failure instanceof Error ? failure.message : String(failure);
  return error(`${verb} ${describeId(id)}: ${reason}`, '');
}
