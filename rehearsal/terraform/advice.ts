import type { Diagnostic } from './json-ui';

/** What an operator does about an error. */
export interface Advice {
  /** One sentence or two, lower case at the start. */
  readonly text: string;
  /** Arguments of a Terraform command to run in the stack's directory before the next deploy. @default - none */
  readonly command?: readonly string[];
}

type Rule = readonly [pattern: RegExp, advise: (found: RegExpExecArray, address: string) => Advice];

const say = (text: string) => (): Advice => ({ text });

const importing = (id: string, address: string): Advice => ({
  text: `it is in Azure and not in the state, as after a deploy whose answer was lost. If it is yours, import it and run again`,
  command: ['import', address, id],
});

/** The first rule that matches summary and detail counts. The page docs/when-a-deploy-fails.md says the same. */
const RULES: readonly Rule[] = [
  [/A resource with the ID "([^"]+)" already exists/, ([, id = ''], address) => importing(id, address)],
  [
    /Error acquiring the state lock[^]*?ID:\s+([\w-]+)/,
    ([, lock = '']) => ({
      text: 'a deploy that was killed has left its lock. When no other deploy runs, remove the lock and run again',
      command: ['force-unlock', '-force', lock],
    }),
  ],
  [
    /ended by (SIG\w+)/,
    say(
      'the deploy was killed, so the state may be behind Azure. Run again: it says what to unlock and what to import',
    ),
  ],
  [
    /connection reset by peer|context deadline exceeded/,
    say(
      'Azure may have done it all the same. Run again; if it then says that the resource already exists, import it',
    ),
  ],
  [
    /Plugin did not respond|the provider process ended/,
    say(
      'the provider ended in the middle. Run again; if it then says that a resource already exists, import it',
    ),
  ],
  [/RequestConflict/, say('another write was running on the same resource. Change nothing and run again')],
  [
    /TooManyRequests|status 429/,
    say('Azure throttles this subscription. Wait a minute and run again, with fewer writes at once'),
  ],
  [/InternalServerError|status 50\d/, say('Azure failed. Change nothing and run again')],
  [
    /InsufficientQuota/,
    say(
      'ask for more quota of this model in this region, or take a smaller capacity or another region; then run again',
    ),
  ],
  [
    /LocationNotAvailableForResourceType/,
    say('take one of the regions that the message lists, and run again'),
  ],
  [
    /DeploymentModelNotSupported/,
    say('take a version of the model that this region offers, or another region, and run again'),
  ],
  [
    /AuthorizationFailed/,
    say(
      'a new role assignment takes some minutes to act. Wait and run again; if it is refused again, the role is missing',
    ),
  ],
  [
    /AccountProvisioningStateInvalid/,
    say('the account is not ready yet. Wait until its state is Succeeded and run again'),
  ],
  [
    /RoleAssignmentExists|RoleDefinitionWithSameNameExists/,
    say(
      'find its id with `az role assignment list --scope <scope>` or `az role definition list --custom-role-only`, import it and run again',
    ),
  ],
  [
    /soft-deleted|deleted state/,
    say('Azure keeps the name of a deleted resource. Purge it, or take another name, and run again'),
  ],
];

/** What to do about an error of Terraform; undefined when nothing more is known than it says itself. */
export function adviceFor({ summary, detail, address }: Diagnostic): Advice | undefined {
  const said = `${summary}\n${detail}`;
  for (const [pattern, advise] of RULES) {
    const found = pattern.exec(said);
    if (found) return advise(found, address ?? '<address>');
  }
  return undefined;
}

/** The advice in one line, with the command as one types it. */
export function adviceLine({ text, command }: Advice): string {
  if (!command) return text;
  return `${text}: terraform ${command.map(word => (/^[\w./-]+$/.test(word) ? word : `'${word}'`)).join(' ')}`;
}
