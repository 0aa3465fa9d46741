/** How a command can end, and the exit status that says so. The numbers are a promise to scripts. */
export const outcomes = {
  done: { status: 0, meaning: 'done, and nothing is wrong' },
  input: {
    status: 1,
    meaning: 'a file or value that was given cannot be used; nothing was written',
  },
  changes: {
    status: 2,
    meaning: 'done, and something changed; with `--detailed-exitcode`, and of `berth diff` and `berth drift`',
  },
  infeasible: { status: 3, meaning: 'no placement meets every requirement' },
  lock: { status: 4, meaning: 'the lock is missing, broken or stale; place the environment again' },
  findings: {
    status: 5,
    meaning:
      'the rehearsal went through and found something, in CI a plan snapshot changed, or a preview has what `--fail-on` names',
  },
  incomplete: {
    status: 6,
    meaning:
      'not every stack was deployed, destroyed or compared; the others are, and the same command goes on',
  },
  usage: { status: 64, meaning: 'the command was called wrongly; nothing was done' },
  unavailable: {
    status: 69,
    meaning:
      'something that the command needs is not there: Terraform, the cdktf CLI, a provider, the network',
  },
  internal: { status: 70, meaning: 'a defect of Berth' },
} as const;

export type Outcome = keyof typeof outcomes;

/** Makes the process end with the status of an outcome, once it has nothing left to do. */
export function endWith(outcome: Outcome): void {
  process.exitCode = outcomes[outcome].status;
}
