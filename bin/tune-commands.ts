import { Option } from 'commander';
import type { Command } from 'commander';
import { json } from './common-options';
import type { Run } from './common-options';

/* eslint-disable @typescript-eslint/no-require-imports -- a synchronous import does not exist */

type Tune = typeof import('./tune/tune');

/** Commands that tune the model of a workload in the account that serves it. */
export function addTuning(program: Command, run: Run): void {
  const tune = program.command('tune').description('tune the model of a workload with data of your own');
  withTarget(
    tune
      .command('start <workload>')
      .description(
        "check and upload the files of its fineTuning, start the job with the caller's login (az), and follow it; what was started before goes on",
      )
      .option('--check', 'check the files and say what would be trained; nothing is sent')
      .option('--detach', 'print the id of the job, and do not follow it'),
  ).action((workload: string, options: import('./tune/tune').StartOptions) =>
    run(() => (require('./tune/tune') as Tune).start(workload, options)),
  );
  withTarget(
    tune
      .command('status <workload>')
      .description('tell what its job is at, with losses')
      .option('--follow', 'go on telling until the job ends')
      .option(...json),
  ).action((workload: string, options: import('./tune/tune').StatusOptions) =>
    run(() => (require('./tune/tune') as Tune).status(workload, options)),
  );
  withTarget(tune.command('cancel <workload>').description('end its job')).action(
    (workload: string, options: import('./tune/target').TargetOptions) =>
      run(() => (require('./tune/tune') as Tune).cancel(workload, options)),
  );
  withTarget(
    tune
      .command('register <workload>')
      .description(
        'write the tuned model of its job into the environment, with its lineage and evaluation; the next place deploys it',
      )
      .option(
        '--file <gguf>',
        'weights that were tuned on a machine of your own, to write instead: with --url, --revision, --quantisation and --by',
      )
      .option('--url <address>', 'where machines will download that file')
      .option('--revision <name>', 'commit or release of that file')
      .option('--quantisation <name>', 'of that file, such as Q8_0')
      .option('--by <program>', 'what tuned it, with its version')
      .option('--print', 'print the lines, and write nothing'),
  ).action((workload: string, options: import('./tune/register').RegisterOptions) =>
    run(() => (require('./tune/register') as typeof import('./tune/register')).register(workload, options)),
  );
}

function withTarget(command: Command): Command {
  return command
    .option('--environment <environment>', 'environment that it is of, where several have one of this name')
    .addOption(
      new Option(
        '--endpoint <address>',
        'account that trains, such as https://aif-shop.openai.azure.com (default: the one of the environment where it is placed)',
      ),
    );
}
