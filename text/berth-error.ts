/**
 * Who can mend what went wrong, and what the command line's exit status says of it. `input`: what was given cannot be used;
 * `infeasible`: nothing can serve what is asked; `lock`: the lock is missing, broken or stale; `unavailable`: something that
 * is needed is not there; `usage`: it was called wrongly.
 */
export type ErrorKind = 'input' | 'infeasible' | 'lock' | 'unavailable' | 'usage';

/**
 * An error that Berth expects, with a message for people: where it is wrong, what is allowed, what was given, what to
 * change. Any other error is a defect. Errors about a construct begin with its path, those about a file with its name.
 *
 * @example
 * try {
 *   parseEnvironment(input, 'dev.yaml');
 * } catch (error) {
 *   if (!(error instanceof BerthError)) throw error;
 *   console.error(error.message);
 * }
 */
export abstract class BerthError extends Error {
  /** Who can mend it. */
  abstract readonly kind: ErrorKind;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
