import { Option } from 'commander';
import type { Command } from 'commander';
import { today } from './common-options';
import type { Run } from './common-options';

/* eslint-disable @typescript-eslint/no-require-imports -- a synchronous import does not exist */

/** The command that begins a project. */
export function addInit(program: Command, run: Run): void {
  program
    .command('init [directory]')
    .description(
      "write a team's repository: an environment with its lock, the app, a test of its plan, and workflows for GitHub from pull request " +
        'to deploy (default: the working directory)',
    )
    .option('--name <environment>', 'what the environment is called (default: dev)')
    .option(
      '--subscription <id>',
      'Azure subscription to deploy to (default: an example, which you replace in the file)',
    )
    .option('--location <region>', 'Azure region that may be used (default: swedencentral)')
    .option(
      '--state-account <name>',
      "storage account that keeps Terraform's states (default: an example, which you replace in the file)",
    )
    .option(...today)
    .action((directory: string | undefined, options: import('./init').InitOptions) =>
      run(() => (require('./init') as typeof import('./init')).init(directory ?? '.', options)),
    );
}

/** Commands that write files which somebody publishes into an environment. */
export function addPublished(program: Command, run: Run): void {
  const environment = [
    '--environment <name>',
    "environment to write into (default: the project's only one)",
  ] as const;
  const print = ['--print', 'print the lines, and write nothing'] as const;
  program
    .command('weights')
    .description('files of models that machines serve')
    .command('add <source>')
    .description(
      'write address, commit and SHA-256 of a file into the environment, as Hugging Face states them (HF_ENDPOINT, HF_TOKEN) or as ' +
        'downloaded; the source is an open model, a repository or an https address',
    )
    .option(...environment)
    .option('--model <name>', 'open model that the file is of, where the catalogue does not know')
    .option('--quantisation <name>', 'such as Q8_0 (default: Q4_K_M, or what the name of the file says)')
    .option('--file <path>', 'file in the repository, where several fit')
    .option('--revision <name>', 'branch, tag or commit (default: main); needed with an address')
    .option('--name <key>', "key in weights (default: the model's)")
    .option('--fine-tuned', 'the weights are your own, and serve only workloads that name them')
    .option(...print)
    .action((...args: Parameters<typeof import('./weights').addWeights>) =>
      run(() => (require('./weights') as typeof import('./weights')).addWeights(...args)),
    );
  program
    .command('engine')
    .description('builds of llama.cpp, which serves on machines')
    .command('add <version>')
    .description(
      'write the builds of a release, such as b10534 or latest, into the environment, with the SHA-256 that GitHub states (GITHUB_API_URL, ' +
        'GITHUB_TOKEN) or as downloaded',
    )
    .option(...environment)
    .addOption(
      new Option('--arch <arch>', 'only for this processor (default: both)').choices(['amd64', 'arm64']),
    )
    .option(...print)
    .action((...args: Parameters<typeof import('./engine').addEngine>) =>
      run(() => (require('./engine') as typeof import('./engine')).addEngine(...args)),
    );
}
