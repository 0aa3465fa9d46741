import { AzureError } from './azure-error';

/** How long a write on an account takes, so that writes which nothing orders overlap, also on a busy machine. Unit: milliseconds. */
const writeMs = 100;

/**
 * An account or a child of one. What extends an account, such as a role assignment, takes no turn, and neither do its connections: an example of
 * terraform-provider-azapi (CognitiveServices accounts/connections) makes several at once.
 */
const accountPattern =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.CognitiveServices\/accounts\/[^/|]+)(?!.*(\/providers\/|\||\/connections\/))/i;

/**
 * Azure takes one write at a time on a cognitive account and its children: deployments, RAI policies, projects. A write that comes while another runs is answered 409 RequestConflict (terraform-provider-azurerm
 * issues 22607 and 22939).
 */
export class AccountTurns {
  private readonly busy = new Set<string>();

  /**
   * Runs a write, alone on its account.
   * @throws AzureError 409 when another write runs on the same account.
   */
  async run<T>(id: string, write: () => T): Promise<T> {
    const found = accountPattern.exec(id)?.[1];
    if (!found) return write();
    const account = found.toLowerCase();
    if (this.busy.has(account)) {
      throw new AzureError(
        409,
        'RequestConflict',
        `Another operation is being performed on the parent resource '${found}'. Please try again later.`,
      );
    }
    this.busy.add(account);
    try {
      const result = write();
      await new Promise(resolve => setTimeout(resolve, writeMs));
      return result;
    } finally {
      this.busy.delete(account);
    }
  }
}
