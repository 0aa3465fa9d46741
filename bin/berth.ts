#!/usr/bin/env node
import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { fail } from './failure';
import { programOf } from './program';
import { outliveReaders } from './streams';
import { UsageError } from './usage-error';

// Told before the command line is understood, so that a wrong one is answered alike.
const json = process.argv.includes('--json');

outliveReaders([process.stdout, process.stderr]);
process.on('uncaughtException', error => {
  fail(error, { json });
  process.exit();
});

const program = programOf(async action => {
  try {
    await action();
  } catch (error) {
    fail(error, { json });
  }
});

void answer(program);

async function answer(root: Command): Promise<void> {
  throwUsage(root);
  try {
    await root.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and the version were printed already.
    if (error.exitCode !== 0) fail(usageOf(error), { json });
  }
}

/** Makes a wrong call an error like any other, for all commands. */
function throwUsage(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  command.commands.forEach(throwUsage);
}

function usageOf({ message, code }: CommanderError): UsageError {
  // Called without a command, commander has printed the help.
  if (code === 'commander.help')
    return new UsageError('a command is needed, got none; berth --help lists them');
  return new UsageError(`${message.replace(/^error: /, '')}; berth --help lists the commands`);
}
