import type { Diagnostic } from './json-ui';

/** What an operator does about an error. */
export interface Advice {
  /** One or two sentences, lower case at the start. */
  readonly text: string;
  /** Arguments of a Terraform command to run in the stack's directory before the next deploy. @default - none */
  readonly command?: readonly string[];
}

/** How an error is recognised, and what to do about it. */
interface AdviceRule {
  readonly pattern: RegExp;
  readonly text: string;
  /** The command, from what the pattern found and the address of the resource. @default - none */
  readonly command?: (found: string, address: string) => readonly string[];
}

/** The first rule that matches summary and detail counts. The page docs/when-a-deploy-fails.md says the same. */
export const adviceRules: readonly AdviceRule[] = [
  {
    pattern: /A resource with the ID "([^"]+)" already exists/,
    text: 'it is in Azure and not in the state, as after a deploy whose answer was lost. If it is yours, import it and run again',
    command: (id, address) => ['import', address, id],
  },
  {
    pattern: /Error acquiring the state lock[^]*?ID:\s+([\w-]+)/,
    text: 'a deploy that was killed has left its lock. When no other deploy runs, remove the lock and run again',
    command: lock => ['force-unlock', '-force', lock],
  },
  {
    pattern: /was ended by SIG\w+/,
    text: 'the deploy was killed, so the state may be behind Azure. If it left the state file empty or cut off, put its backup (.backup) in its place. Run again: it says what to unlock and what to import',
  },
  {
    pattern: /Failed to persist state to backend/,
    text: 'the state could not be saved: what was made is in errored.tfstate in the directory of the stack, and nowhere else. When the state can be written again, push it, remove the file and run again',
    command: () => ['state', 'push', 'errored.tfstate'],
  },
  {
    pattern: /connection reset by peer|context deadline exceeded/,
    text: 'Azure may have done it all the same. Run again; if it then says that the resource already exists, import it',
  },
  {
    pattern: /Plugin did not respond|the provider process ended/,
    text: 'the provider ended in the middle. Run again; if it then says that a resource already exists, import it',
  },
  {
    pattern: /RequestConflict/,
    text: 'another write was running on the same resource. Change nothing and run again',
  },
  {
    pattern: /TooManyRequests|status 429/,
    text: 'Azure throttles this subscription. Wait a minute and run again, with fewer writes at once',
  },
  { pattern: /InternalServerError|status 50\d/, text: 'Azure failed. Change nothing and run again' },
  {
    pattern: /InsufficientQuota/,
    text: 'ask for more quota of this model in this region, or take a smaller capacity or another region; then run again',
  },
  {
    pattern: /LocationNotAvailableForResourceType/,
    text: 'take one of the regions that the message lists, and run again',
  },
  {
    pattern: /DeploymentModelNotSupported/,
    text: 'take a version of the model that this region offers, or another region, and run again',
  },
  {
    pattern: /deletedVaults\S* .*AuthorizationFailed|AuthorizationFailed.*deletedVaults/,
    text: 'whoever deploys may not read the deleted vaults of the subscription, of which the next vault of that name is recovered. Grant `Microsoft.KeyVault/locations/deletedVaults/read` on the subscription, or set `recoverSoftDeleted` of the vault to false; then run again',
  },
  {
    pattern: /AuthorizationFailed/,
    text: 'a new role assignment takes some minutes to act. Wait and run again; if it is refused again, the role is missing',
  },
  {
    pattern: /AccountProvisioningStateInvalid/,
    text: 'the account is not ready yet. Wait until its state is Succeeded and run again',
  },
  {
    pattern: /RoleAssignmentExists|RoleDefinitionWithSameNameExists/,
    text: 'it is in Azure under an id that the message does not give. Find the id with `az role assignment list --all` or `az role definition list --custom-role-only`, import it and run again',
  },
  {
    pattern: /soft-deleted|deleted state/,
    text: 'Azure keeps the name of a deleted resource. Recover or purge it, or take another name, and run again',
  },
  {
    pattern: /attributes "id" and "type" are required/,
    text: 'azapi 2.8 to 2.11 cannot take over what azurerm made. Take a newer one and run again',
    command: () => ['init', '-upgrade'],
  },
  {
    pattern: /NoRegisteredProviderFound|No registered resource provider found/,
    text: 'Azure does not serve the API version that the message names. Where the stack moves from azurerm to azapi, it is the newest that azapi knows: take the resource out of the state under its old address (`terraform state rm`), import it under the new one with the version that the stack names (`terraform import <address> <id>?api-version=<version>`), and run again',
  },
];

/** What to do about an error of Terraform; undefined when nothing more is known than it says itself. */
export function adviceFor({ summary, detail, address = '<address>' }: Diagnostic): Advice | undefined {
  // The cdktf CLI breaks long lines.
  const said = `${summary} ${detail}`.replace(/\s+/g, ' ');
  for (const { pattern, text, command } of adviceRules) {
    const found = pattern.exec(said);
    if (found) return command ? { text, command: command(found[1] ?? '', address) } : { text };
  }
  return undefined;
}

/** The advice on an error as the line below it; empty when there is none. */
export function advised(error: Diagnostic): string {
  const advice = adviceFor(error);
  return advice ? `\n  what to do: ${adviceLine(advice)}` : '';
}

/** The advice in one line, with the command as one types it. */
export function adviceLine({ text, command }: Advice): string {
  if (!command) return text;
  const words = command.map(word => (/^[\w./-]+$/.test(word) ? word : `'${word}'`));
  return `${text}: terraform ${words.join(' ')}`;
}
