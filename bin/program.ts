import { Command, Option } from 'commander';
import { readDataOnly } from '../config/module-file';
import { limitOptions } from './limits';
import { detailed, fresh, json, today } from './common-options';
import type { Run } from './common-options';
import { addInit, addPublished } from './project-commands';
import { addServing } from './serving-commands';
import { addStackCommands } from './stack-commands';
import { addTuning } from './tune-commands';
import { version } from '../text/version';

/**
 * The command line. What a command does is loaded when it is called: a start must not pay for Terraform, cdktf and the
 * solver.
 * @param run told of each action to run
 */
export function programOf(run: Run): Command {
  const program = new Command('berth')
    .description(
      'Gives each language-model workload its place. An environment is a name in config/environments or a path.',
    )
    .version(version(), '-V, --version', 'print the version of Berth');
  addInit(program, run);
  addDeciding(program, run);
  addServing(program, run);
  addRehearse(program, run);
  addPreview(program, run);
  addUpgrade(program, run);
  addState(program, run);
  addStackCommands(program, run);
  addPublished(program, run);
  addFacts(program, run);
  addTuning(program, run);
  addTables(program, run);
  return program;
}

/* eslint-disable @typescript-eslint/no-require-imports -- a synchronous import does not exist */

function addDeciding(program: Command, run: Run): void {
  withDataOnly(
    program
      .command('validate [environment...]')
      .description('check environments and their locks (default: all of config/environments)')
      .option(...json),
  ).action((...args: Parameters<typeof import('./validate').validate>) =>
    run(async () => (require('./validate') as typeof import('./validate')).validate(...args)),
  );
  withLimits(
    program
      .command('place <environment>')
      .description('decide, and write the lock beside the environment')
      .option(...today)
      .option(...json)
      .option(...detailed)
      .option(...fresh)
      .option('--preview', 'then rehearse what a deploy would do, as berth preview does')
      .option(
        '--let-go <names...>',
        'let go of what is kept and no workload uses, such as account-swedencentral: the next deploy destroys it',
      )
      .option(
        '--deployed',
        'the lock that is there was deployed as it is: what comes serves, and what goes is let go',
      ),
  ).action((...args: Parameters<typeof import('./place').place>) =>
    run(() => (require('./place') as typeof import('./place')).place(...args)),
  );
  withLimits(
    program
      .command('explain <environment...>')
      .description('show where each workload goes, why, what comes next and how traffic would change it')
      .option(...today)
      .option(...fresh)
      .option('--json', 'print all of it as JSON, and an error too')
      .option('--markdown', 'print it for a pull-request comment, in as many characters as one may have')
      .option('--rest <file>', 'with --markdown, write what did not fit to this file')
      .option('--report <file>', 'write it as one page with pictures, a file that ends in .html')
      .option('--diff', 'compare two, OLD and NEW: each an environment or a lock file')
      .option('--preview', 'with --diff, rehearse too what a deploy of NEW would do to OLD')
      .option('--detailed-exitcode', 'with --diff, end with 2 when they differ'),
  ).action((...args: Parameters<typeof import('./explain').explain>) =>
    run(() => (require('./explain') as typeof import('./explain')).explain(...args)),
  );
}

function withLimits(command: Command): Command {
  for (const [flags, description] of limitOptions) command.option(flags, description);
  return withDataOnly(command);
}

/** A TypeScript environment is run to be read, which nobody should do with one that is only proposed. */
function withDataOnly(command: Command): Command {
  return command
    .option('--data-only', 'read environments in YAML and JSON only, and run no module (BERTH_DATA_ONLY)')
    .hook('preAction', () => {
      if (command.opts<{ dataOnly?: boolean }>().dataOnly) readDataOnly();
    });
}

function addRehearse(program: Command, run: Run): void {
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
      '--var <name=value>',
      'value of a Terraform variable, as for terraform plan; repeatable',
      (text: string, before: string[] = []) => [...before, text],
    )
    .option(
      '--var-file <file>',
      'file with values of Terraform variables; repeatable',
      (file: string, before: string[] = []) => [...before, file],
    )
    .option('--allow-programs', 'let local-exec provisioners and external data sources run on this machine')
    .option(
      '--plan-snapshot <file>',
      'write the plans as text to review; in CI, fail if it differs from the file, or there is none',
    )
    .option('-u, --update', 'with --plan-snapshot: replace the file where it differs, also in CI')
    .option('--junit <file>', 'write the steps as JUnit XML')
    .option('--with <providers>', 'real: plan with the real providers too (needs network and credentials)')
    .option(...json)
    .action((...args: Parameters<typeof import('./rehearse').rehearse>) =>
      run(() => (require('./rehearse') as typeof import('./rehearse')).rehearse(...args)),
    );
}

function addPreview(program: Command, run: Run): void {
  withDataOnly(
    program
      .command('preview <environment>')
      .description(
        'show what a deploy of the lock would destroy, replace, restart and change, at once and when it lets go of what was ' +
          'replaced, and which addresses: what was committed is deployed in a rehearsal, and the lock of now over it',
      )
      .option(
        '--against <revision>',
        'what is deployed: a git revision, or the file of an environment with its lock (default: HEAD)',
      )
      .option(
        '--fail-on <kinds>',
        'end with 5 when there is one of: replace, destroy, restart, address, failure; separated by commas',
      )
      .option('--markdown', 'print it for a pull-request comment')
      .option(...json),
  ).action((...args: Parameters<typeof import('./preview').preview>) =>
    run(() => (require('./preview') as typeof import('./preview')).preview(...args)),
  );
}

function addUpgrade(program: Command, run: Run): void {
  withDataOnly(
    program
      .command('upgrade [environment...]')
      .description(
        'show what the next deploy by this Berth would change of what an earlier one deployed: its states are read, and the lock is planned ' +
          'and deployed over copies of them in a rehearsal (default: all of config/environments)',
      )
      .option(
        '--states <directory>',
        'copies of the states, <stack>.tfstate (default: they are read where the lock says that they are)',
      )
      .option(
        '--fail-on <kinds>',
        'end with 5 when there is one of: replace, destroy, restart, address, failure; separated by commas',
      )
      .option('--markdown', 'print it for a pull-request comment')
      .option(...json),
  ).action((...args: Parameters<typeof import('./upgrade').upgrade>) =>
    run(() => (require('./upgrade') as typeof import('./upgrade')).upgrade(...args)),
  );
}

function addState(program: Command, run: Run): void {
  const state = program.command('state').description('where Terraform keeps its states, and what they hold');
  state
    .command('move <environment>')
    .description(
      'copy the states of an environment to where its backend says, and record that in its lock; what is there stays',
    )
    .option(
      '--from <place>',
      'local: they are in local files, for a lock of release 0.1 (default: as the lock says)',
    )
    .option('--yes', 'do not ask')
    .action((environment: string, options: import('./state').StateMoveOptions) =>
      run(() => (require('./state') as typeof import('./state')).moveState(environment, options)),
    );
  state
    .command('forget <environment> <things...>')
    .description(
      'take things out of the states of an environment, and leave them as they are: a device by its name, anything else by its ' +
        'address in Terraform; the next deploy makes anew what the environment still has',
    )
    .option('--yes', 'do not ask')
    .action((...args: Parameters<typeof import('./state-forget').forget>) =>
      run(() => (require('./state-forget') as typeof import('./state-forget')).forget(...args)),
    );
}

function addFacts(program: Command, run: Run): void {
  withDataOnly(
    program
      .command('facts <environment>')
      .description(
        'list what of the facts that its decision rests on is old, estimated or unknown, and what would make it better',
      )
      .option(...today)
      .option(...json),
  ).action((...args: Parameters<typeof import('./facts').facts>) =>
    run(() => (require('./facts') as typeof import('./facts')).facts(...args)),
  );
  program
    .command('measure <environment>')
    .description(
      'measure how fast a model is on this machine or a device with llama-bench, or as a deployed endpoint serves it, and write that into the ' +
        'environment, where it counts instead of a prediction',
    )
    .requiredOption('--on <place>', 'size of machine or device that this is, such as Standard_NC4as_T4_v3')
    .requiredOption('--model <name>', 'open model, or the name of fine-tuned weights')
    .option('--quantisation <name>', 'of the file (default: of the only file that weights has of the model)')
    .option('--file <gguf>', 'file to measure with llama-bench')
    .option('--over-ssh', 'run llama-bench on the device, on the file that a deploy installed')
    .option('--bench <command>', 'llama-bench, where it is not on the path')
    .option(
      '--endpoint <address>',
      'deployed llama-server to ask instead, such as https://till.example.com:8443/v1',
    )
    .option('--key-variable <name>', 'environment variable that holds the key of the endpoint')
    .option('--print', 'print the lines, and write nothing')
    .option(...today)
    .action((...args: Parameters<typeof import('./measure').measure>) =>
      run(() => (require('./measure') as typeof import('./measure')).measure(...args)),
    );
}

function addTables(program: Command, run: Run): void {
  program
    .command('prices')
    .description('prices of machines and tokens')
    .command('refresh [environment]')
    .description("read them from Azure's public list into the environment's price file, whole or not at all")
    .option('--region <regions...>', "Azure regions (default: the environment's locations)")
    .option('--out <file>', "file to write (default: the environment's prices, or prices.json beside it)")
    .option(...today)
    .addOption(new Option('--url <url>', 'address of the list, for tests').hideHelp())
    .action((...args: Parameters<typeof import('./prices').refreshPrices>) =>
      run(() => (require('./prices') as typeof import('./prices')).refreshPrices(...args)),
    );
  program
    .command('schema')
    .description('print the JSON Schema of environments')
    .option('--write', 'write it to config/environment.schema.json')
    .action((...args: Parameters<typeof import('./schema').schema>) =>
      run(async () => (require('./schema') as typeof import('./schema')).schema(...args)),
    );
}
