import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adviceRules, adviceFor, adviceLine } from '../../../rehearsal/terraform/advice';

const error = (summary: string, detail = '', address?: string) => ({
  severity: 'error' as const,
  summary,
  detail,
  ...(address ? { address } : {}),
});

const id = '/subscriptions/1/resourceGroups/rg|logs';

describe('the advice for an error', () => {
  it('is the import command where the resource exists and the state does not know it', () => {
    const summary = `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported into the State.`;
    const advice = adviceFor(error(summary, '', 'azurerm_monitor_diagnostic_setting.logs[0]'));
    expect(advice?.command).toEqual(['import', 'azurerm_monitor_diagnostic_setting.logs[0]', id]);
    expect(advice && adviceLine(advice)).toBe(
      `it is in Azure and not in the state, as after a deploy whose answer was lost. If it is yours, import it and run again: terraform import 'azurerm_monitor_diagnostic_setting.logs[0]' '${id}'`,
    );
  });

  it('is the unlock command where a lock was left', () => {
    const detail = 'Error message: state locked\nLock Info:\n  ID:        8a2c-11\n  Path:      dev.tfstate';
    expect(adviceFor(error('Error acquiring the state lock', detail))?.command).toEqual([
      'force-unlock',
      '-force',
      '8a2c-11',
    ]);
  });

  it('is to push the state where it could not be saved', () => {
    const advice = adviceFor(error('Failed to persist state to backend', 'HTTP error: 403'));
    expect(advice?.command).toEqual(['state', 'push', 'errored.tfstate']);
  });

  it.each([
    ['Terraform was ended by SIGKILL', 'Run again: it says what to unlock and what to import'],
    ['creating X: Put "https://x": read tcp: connection reset by peer', 'already exists, import it'],
    ['creating X: context deadline exceeded', 'already exists, import it'],
    ['Plugin did not respond', 'already exists, import it'],
    [
      'unexpected status 409 (409 Conflict) with error: RequestConflict: busy',
      'Change nothing and run again',
    ],
    ['unexpected status 429 (429 Too Many Requests)', 'Wait a minute'],
    ['unexpected status 503 (503 Service Unavailable)', 'Change nothing and run again'],
    ['with error: InsufficientQuota: no', 'ask for more quota'],
    ['with error: LocationNotAvailableForResourceType: no', 'take one of the regions'],
    ['with error: DeploymentModelNotSupported: no', 'take a version of the model'],
    ['with error: AuthorizationFailed: no', 'the role is missing'],
    ['with error: AccountProvisioningStateInvalid: no', 'Wait until its state is Succeeded'],
    ['with error: RoleAssignmentExists: no', 'az role assignment list'],
    [
      'AuthorizationFailed: over scope /subscriptions/s/providers/Microsoft.KeyVault/locations/l/deletedVaults/kv',
      'recoverSoftDeleted',
    ],
    ['An existing resource has been soft-deleted', 'Recover or purge it'],
    ['attributes "id" and "type" are required', 'azapi 2.8 to 2.11 cannot take over'],
    ['Code="NoRegisteredProviderFound"', 'import it under the new one with the version that the stack names'],
  ])('"%s" says: %s', (summary, words) => {
    expect(adviceFor(error(summary))?.text).toContain(words);
  });

  it('is none for an error that says it all', () => {
    expect(adviceFor(error('Missing required argument'))).toBeUndefined();
  });

  it('is what the page for operators says', () => {
    const page = readFileSync(join(__dirname, '../../../docs/when-a-deploy-fails.md'), 'utf8').replace(
      /\s+/g,
      ' ',
    );
    for (const { text } of adviceRules) expect(page.toLowerCase()).toContain(text.toLowerCase());
  });
});
