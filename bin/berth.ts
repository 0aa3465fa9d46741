#!/usr/bin/env node
import { Command } from 'commander';
import { explain } from './explain';
import { fail } from './failure';
import { place } from './place';
import { rehearse } from './rehearse';
import { schema } from './schema';

const program = new Command('berth')
  .description(
    'Gives each language-model workload its place. An environment is a name in config/environments or a path.',
  )
  .showHelpAfterError('berth --help lists the commands');

const today = ['--today <date>', 'day to decide for, YYYY-MM-DD (default: today)'] as const;

program
  .command('place <environment>')
  .description('decide, and write the lock beside the environment')
  .option(...today)
  .action(guarded(place));

program
  .command('explain <environment>')
  .description('show where each workload goes, and why')
  .option(...today)
  .option('--json', 'print the whole decision as JSON')
  .action(guarded(explain));

program
  .command('rehearse <environment>')
  .description('deploy with the real Terraform against a simulated Azure, plan again, find a drift, destroy')
  .option('--keep', 'leave the directory with stacks and states behind')
  .action(guarded(rehearse));

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
