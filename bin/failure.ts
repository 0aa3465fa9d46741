import { coloursOf } from './colours';

/** Errors whose message is written for people; anything else is a defect of Berth, and says so. */
const forPeople = new Set([
  'ConfigError',
  'PlacementError',
  'LockError',
  'UnverifiedMachine',
  'TerraformUnusable',
  'CdktfUnusable',
  'SynthesisFailed',
  'Unrehearsable',
  'RealProvidersUnavailable',
  'UnknownType',
  'UsageError',
  'RefreshError',
]);

/** Prints what went wrong, never a stack trace, and makes the process end with status 1. */
export function fail(error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const text = forPeople.has(name)
    ? message
    : `this should not have happened: ${message}; please report it with what you ran`;
  process.stderr.write(`${coloursOf(process.stderr).red('error')} ${text}\n`);
  process.exitCode = 1;
}
