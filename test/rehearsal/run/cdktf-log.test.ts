import { CdktfLines, parseStackLog } from '../../../rehearsal/run/cdktf-log';

const printed = `dev-a  Initializing the backend...
       Terraform has been successfully initialized!
dev-b  Initializing the backend...
dev-a  terraform_data.x (x): Creating...
       terraform_data.x (x): Creation complete after 0s [id=e3]
       azurerm_subnet.all["a (b)"] (net/all): Modifications complete after 1s [id=/subscriptions/x]
       Plan: 1 to add, 1 to change, 2 to destroy.

       Apply complete! Resources: 1 added, 1 changed, 2 destroyed.
dev-b  data.terraform_remote_state.cross-stack-reference-input-dev-a: Reading...

       Warning: Deprecated

       Use something else.

       Error: Unable to find remote state

         with data.terraform_remote_state.cross-stack-reference-input-dev-a,
         on cdk.tf.json line 22

       No stored state was found.

0 Stacks deploying     2 Stacks done     0 Stacks waiting
  not of a stack
Invoking Terraform CLI failed with exit code 1`;

/** The same, as cdktn 0.24 prints where there is no terminal. */
const printedByCdktn = `
dev-a  Initializing the backend...
dev-a  Successfully configured the backend "local"! Terraform will automatically
use this backend unless the backend configuration changes.

Terraform has been successfully initialized!
dev-b  Initializing the backend...
dev-a  Terraform will perform the following actions:
  # terraform_data.x (x) will be created
Plan: 1 to add, 0 to change, 0 to destroy.
terraform_data.x (x): Creation complete after 0s [id=e3]
dev-b  Error: local-exec provisioner error
  with terraform_data.bad (bad),
  on cdk.tf.json line 1:
Error running command 'exit 3': exit status 3. Output: no
dev-a  Apply complete! Resources: 1 added, 0 changed, 0 destroyed.`;

function linesOf(stack: string, text = printed): string[] {
  const reader = new CdktfLines(['dev-a', 'dev-b']);
  return text.split('\n').flatMap(line => {
    const next = reader.next(line);
    return next?.stack === stack ? [next.text] : [];
  });
}

describe('what the cdktf CLI prints', () => {
  it('is told apart by stack', () => {
    expect(linesOf('dev-b')[0]).toBe('Initializing the backend...');
    expect(linesOf('dev-a')).toContain('Apply complete! Resources: 1 added, 1 changed, 2 destroyed.');
    expect([...linesOf('dev-a'), ...linesOf('dev-b')].join('\n')).not.toMatch(
      /Stacks done|not of a stack|Invoking/,
    );
  });

  it('says what was done to which resource', () => {
    expect(parseStackLog(linesOf('dev-a'))).toEqual({
      created: ['terraform_data.x'],
      changed: ['azurerm_subnet.all["a (b)"]'],
      destroyed: [],
      summary: { add: 1, change: 1, remove: 2 },
      tried: true,
      diagnostics: [],
    });
  });

  it('is read where cdktn prints it as Terraform did', () => {
    expect(parseStackLog(linesOf('dev-a', printedByCdktn))).toEqual({
      created: ['terraform_data.x'],
      changed: [],
      destroyed: [],
      summary: { add: 1, change: 0, remove: 0 },
      tried: true,
      diagnostics: [],
    });
    expect(parseStackLog(linesOf('dev-b', printedByCdktn)).diagnostics).toEqual([
      {
        severity: 'error',
        summary: 'local-exec provisioner error',
        address: 'terraform_data.bad',
        detail: expect.stringMatching(/exit status 3\. Output: no$/),
      },
    ]);
  });

  it('tells a stack that was only initialised from one that was tried', () => {
    const initialised = [
      'Initializing the backend...',
      '',
      'Terraform has been successfully initialized!',
      '',
    ];
    expect(parseStackLog(initialised).tried).toBe(false);
    expect(parseStackLog([...initialised, 'No changes.']).tried).toBe(true);
  });

  it('says what went wrong, and where', () => {
    const { tried, diagnostics } = parseStackLog(linesOf('dev-b'));
    expect(tried).toBe(true);
    expect(diagnostics).toEqual([
      { severity: 'warning', summary: 'Deprecated', detail: 'Use something else.' },
      {
        severity: 'error',
        summary: 'Unable to find remote state',
        address: 'data.terraform_remote_state.cross-stack-reference-input-dev-a',
        detail: expect.stringContaining('No stored state was found.'),
      },
    ]);
  });
});
