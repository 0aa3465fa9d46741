#!/usr/bin/env node
import { Command, Option } from 'commander';
import { explain } from './explain';
import { limitOptions } from './limits';
import { fail } from './failure';
import { place } from './place';
import { refreshPrices } from './prices';
import { rehearse } from './rehearse';
import { schema } from './schema';
import { version } from './version';

const program = new Command('berth')
  .description(
    'Gives each language-model workload its place. An environment is a name in config/environments or a path.',
  )
  .version(version(), '-V, --version', 'print the version of Berth')
  .showHelpAfterError('berth --help lists the commands');

const today = ['--today <date>', 'day to decide for, YYYY-MM-DD (default: today)'] as const;

program
  .command('place <environment>')
  .description('decide, and write the lock beside the environment')
  .option(...today)
  .option(...limitOptions[0])
  .option(...limitOptions[1])
  .option(...limitOptions[2])
  .action(guarded(place));

program
  .command('explain <environment...>')
  .description('show where each workload goes, why, what comes next and how traffic would change it')
  .option(...today)
  .option('--json', 'print all of it as JSON')
  .option('--markdown', 'print it for a pull-request comment')
  .option('--report <file>', 'write it as one page with pictures, a file that ends in .html')
  .option('--diff', 'compare two, OLD and NEW: each an environment or a lock file')
  .option(...limitOptions[0])
  .option(...limitOptions[1])
  .option(...limitOptions[2])
  .action(guarded(explain));

program
  .command('rehearse <target>')
  .description(
    'deploy with the real Terraform against a simulated Azure, plan again, find a drift, destroy. The target is an ' +
      'environment, or a directory: of a cdktf app, of its output, or of Terraform files.',
  )
  .option('--keep', 'leave the directory with stacks and states behind')
  .option(
    '--fault <fault>',
    'play a failure of Azure, and deploy again after it: <name>, <name>@<nth write> or <name>:<type or id>; repeatable',
    (fault: string, before: string[] = []) => [...before, fault],
  )
  .option(
    '--existing <ids...>',
    'ARM ids that are there before the deploy (default: those the environment names)',
  )
  .option(
    '--plan-snapshot <file>',
    'write the plans as text to review; in CI, fail if it differs from the file',
  )
  .option('--junit <file>', 'write the steps as JUnit XML')
  .option('--with <providers>', 'real: plan with the real providers too (needs network and credentials)')
  .action(guarded(rehearse));

program
  .command('prices')
  .description('prices of machines and tokens')
  .command('refresh [environment]')
  .description("read them from Azure's public list into the environment's price file, whole or not at all")
  .option('--region <regions...>', "Azure regions (default: the environment's locations)")
  .option('--out <file>', "file to write (default: the environment's prices, or prices.json beside it)")
  .option(...today)
  .addOption(new Option('--url <url>', 'address of the list, for tests').hideHelp())
  .action(guarded(refreshPrices));

program
  .command('schema')
  .description('print the JSON Schema of environments')
  .option('--write', 'write it to config/environment.schema.json')
  .action(guarded(schema));

function guarded<A extends unknown[]>(action: (...args: A) => unknown): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      await action(...args);
    } catch (error) {
      fail(error);
    }
  };
}

void program.parseAsync();
