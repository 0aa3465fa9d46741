import type { Command } from 'commander';
import { json } from './common-options';
import type { Run } from './common-options';

/* eslint-disable @typescript-eslint/no-require-imports -- a synchronous import does not exist */

/** Commands about what stands: deploy it, compare it, take it down. */
export function addStackCommands(program: Command, run: Run): void {
  program
    .command('deploy <environment> [options...]')
    .description(
      'deploy its stacks with cdktf or cdktn, each by itself, after a look for what that needs; options behind -- are ' +
        'for cdktf deploy',
    )
    .option('--auto-approve', 'do not ask; stacks that need nothing of each other are deployed at once')
    .option('--only <stacks>', 'only these of platform, hosted, catalog, hosts and edge, separated by commas')
    .option(
      '--allow-older',
      'deploy though a later lock or a newer Berth was deployed: what those added is destroyed',
    )
    .option('--json', `${json[1]}; with --auto-approve`)
    .action((...args: Parameters<typeof import('./deploy').deploy>) =>
      run(() => (require('./deploy') as typeof import('./deploy')).deploy(...args)),
    );
  program
    .command('destroy <environment> [options...]')
    .description(
      'destroy its stacks in the same way, the platform last, after saying what that takes away and what Azure keeps; ' +
        'options behind -- are for cdktf destroy',
    )
    .option('--auto-approve', 'do not ask; stacks that need nothing of each other are destroyed at once')
    .option('--json', `${json[1]}; with --auto-approve`)
    .action((...args: Parameters<typeof import('./destroy').destroy>) =>
      run(() => (require('./destroy') as typeof import('./destroy')).destroy(...args)),
    );
  const plan = (name: 'diff' | 'drift', description: string): void => {
    program
      .command(`${name} <environment> [stacks...]`)
      .description(description)
      .option(...json)
      .action((...args: Parameters<typeof import('./stack-plans').diff>) =>
        run(() => (require('./stack-plans') as typeof import('./stack-plans'))[name](...args)),
      );
  };
  plan(
    'diff',
    "show what a deploy would change, by Terraform's plan of each stack, and end with 2 where it would; stacks by name or role, such as " +
      "hosted or 'dev-h*' (default: all)",
  );
  plan(
    'drift',
    'show what was changed outside Terraform since the last deploy, by a plan of each stack that only refreshes, and end with 2 where ' +
      'something was; stacks as for diff',
  );
}
