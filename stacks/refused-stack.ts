import { Annotations, LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Stands for a stack of an environment that cannot be built, while the others are. A stack that vanished from the app would
 * be left out of `deploy '*'` and `destroy '*'` without a word, and an empty one would destroy what runs. So it is
 * there, and is no valid Terraform: whatever a command would do with it ends before a state is read, with the reason.
 */
export class RefusedStack extends TerraformStack {
  /** @param environment name of the environment @param reason on one line, what is wrong with it and what to do */
  constructor(scope: Construct, id: string, environment: string, reason: string) {
    super(scope, id);
    new LocalBackend(this, { path: 'none.tfstate' });
    // Terraform shows the whole line of what it does not know.
    this.addOverride(`${environment} cannot be built`, reason);
  }

  /** Has every command of the CLI print it, also those that are about other stacks. */
  warn(text: string): void {
    Annotations.of(this).addWarning(text);
  }
}
