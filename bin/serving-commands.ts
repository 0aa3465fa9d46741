import { Option } from 'commander';
import type { Command } from 'commander';
import { fresh, json, today } from './common-options';
import type { Run } from './common-options';

/* eslint-disable @typescript-eslint/no-require-imports -- a synchronous import does not exist */

/** Commands that serve on the machine that Berth runs on, and call what serves. */
export function addServing(program: Command, run: Run): void {
  program
    .command('up [environment]')
    .description(
      'decide for this machine, and serve on it what goes to its device without a connection: on loopback, with a key, from verified files ' +
        '(default: local, which comes with Berth where the project has none)',
    )
    .option('--engine <program>', 'installed llama-server (default: a pinned build, which is downloaded)')
    .option(
      '--weights <gguf>',
      'file to serve (default: the one that the decision takes, which is downloaded)',
    )
    .option('--model <name>', 'open model that --weights is of, where its name does not say it')
    .addOption(filesOption())
    .option('--port <port>', 'of the first model on 127.0.0.1 (default: 18443)')
    .option(...today)
    .option(...fresh)
    .option(...json)
    .action((...args: Parameters<typeof import('./up').up>) =>
      run(() => (require('./up') as typeof import('./up')).up(...args)),
    );
  program
    .command('down [environment]')
    .description('end what berth up started; files, key and decision stay (default: local)')
    .option(...json)
    .action((...args: Parameters<typeof import('./down').down>) =>
      run(() => (require('./down') as typeof import('./down')).down(...args)),
    );
  program
    .command('connect <workload>')
    .description(
      'tell how to call a workload that is deployed or runs here, and fetch its key or token (az, aws, ssh, or from this machine) and the ' +
        'certificate of its host; of one with sites, <workload>@<site>',
    )
    .option('--environment <name>', 'environment that it is of, where several have one of this name')
    .option('--env', 'print environment variables for a shell, with the key')
    .option('--curl', 'print a line that calls it, and asks for the key when it runs')
    .option('--key', 'print the key or token, and nothing else')
    .option('--json', 'print it as JSON, with the key, and an error too')
    .action((...args: Parameters<typeof import('./connect').connect>) =>
      run(() => (require('./connect') as typeof import('./connect')).connect(...args)),
    );
  addKeys(program, run);
  program
    .command('bundle <environment> <device>')
    .description(
      'write a folder that somebody carries to a device which never connects: script, engine and weights as the lock has them, signed',
    )
    .option('--out <folder>', 'folder to make (default: <environment>-<device>)')
    .option(
      '--sign <key>',
      'SSH key to sign with; a public one is of a key that the agent has (default: ~/.ssh/id_ed25519)',
    )
    .addOption(filesOption())
    .option(...json)
    .action((...args: Parameters<typeof import('./bundle').bundle>) =>
      run(() => (require('./bundle') as typeof import('./bundle')).bundle(...args)),
    );
}

function addKeys(program: Command, run: Run): void {
  program
    .command('keys')
    .description('keys of machines and devices')
    .command('rotate <environment> <workload>')
    .description(
      'give the host or device of a workload another key (az, aws, ssh); the one before counts for a week, and a second one within it is refused',
    )
    .action((...args: Parameters<typeof import('./keys').rotateKey>) =>
      run(() => (require('./keys') as typeof import('./keys')).rotateKey(...args)),
    );
}

/** Where files come from that are not downloaded. */
function filesOption(): Option {
  return new Option(
    '--files <place>',
    'folder or address that has the files as <sha256>.tar.gz and <sha256>.gguf, instead of the network (BERTH_FILES)',
  ).env('BERTH_FILES');
}
