import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { rejectProblems } from './required-props';

/** What a prop may be. */
export interface Constraint<T> {
  /** The allowed values, in words that follow "must be". */
  readonly allowed: string;
  /** What to change, as an imperative without a full stop. */
  readonly advice: string;
  holds(value: T): boolean;
}

/**
 * The violation of one constraint by one prop, or none. An absent value and an unresolved token pass: the first has a
 * default, the second is known only to Terraform.
 */
export function violation<T>(prop: string, value: T | undefined, constraint: Constraint<T>): string[] {
  if (value === undefined || Token.isUnresolved(value) || constraint.holds(value)) return [];
  return [`${prop} must be ${constraint.allowed}, not ${JSON.stringify(value)}: ${constraint.advice}`];
}

/**
 * @throws InvalidProps listing every violation, under the path of the construct that has them, if there is any.
 */
export function rejectViolations(scope: IConstruct, violations: readonly string[]): void {
  rejectProblems(scope.node.path, violations);
}

/** A name of a given length and pattern. */
export function nameConstraint(pattern: RegExp, allowed: string): Constraint<string> {
  return { allowed, advice: 'choose a name that fits', holds: value => pattern.test(value) };
}

/** An integer within limits, both included. */
export function integerConstraint(minimum: number, maximum: number, unit = ''): Constraint<number> {
  return {
    allowed: `a whole number from ${minimum} to ${maximum}${unit}`,
    advice: 'choose a number inside the limits',
    holds: value => Number.isInteger(value) && value >= minimum && value <= maximum,
  };
}

/** Host names, each with at most one asterisk, for its first label. */
export const hostNamesConstraint: Constraint<readonly string[]> = {
  allowed: 'different host names in lower case, such as pypi.org or *.pythonhosted.org',
  advice: 'write only the host, without scheme, port or path',
  holds: names => new Set(names).size === names.length && names.every(name => hostName.test(name)),
};

const hostName = /^(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
