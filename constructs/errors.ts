import type { IConstruct } from 'constructs';
import { BerthError } from '../text/berth-error';

/** A construct that cannot be made or used as it is asked. The message names it. */
export class ConstructError extends BerthError {
  readonly kind = 'input';
  /** Path of the construct in its app, such as `dev-hosted/account`; of a machine, its name. Empty where it is not known. */
  readonly path: string;

  /** @param message names the path, or what is told apart by it */
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Thrown when a construct is given props that it cannot be made from. The message has its path and every problem. */
export class InvalidProps extends ConstructError {
  /** One sentence each: the prop, what is allowed, what was given, what to change. */
  readonly problems: readonly string[];

  constructor(path: string, problems: readonly string[]) {
    super(path, [`invalid props of ${path}:`, ...problems.map(each => `  - ${each}`)].join('\n'));
    this.problems = problems;
  }
}

/**
 * @param scope the construct that has them, or its path
 * @throws InvalidProps with every violation at once, when there is one
 */
export function rejectViolations(scope: IConstruct | string, violations: readonly string[]): void {
  if (violations.length === 0) return;
  throw new InvalidProps(typeof scope === 'string' ? scope : scope.node.path, violations);
}
