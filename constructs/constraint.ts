import type { Form } from '../limits/form';
import { shown } from '../text/shown';

/** What a prop may be. Framework-free: of cdktf and aws-cdk-lib alike. */
export interface Constraint<T> {
  /** The allowed values, in words that follow "must be". */
  readonly allowed: string;
  /** What to change, as an imperative without a full stop. */
  readonly advice: string;
  holds(value: T): boolean;
}

/** The violation of one constraint by one prop, or none. */
export function violationOf<T>(prop: string, value: T, constraint: Constraint<T>): string[] {
  if (constraint.holds(value)) return [];
  return [`${prop} must be ${constraint.allowed}, not ${given(value)}: ${constraint.advice}`];
}

/** A value as a message shows it: whole where it is short, and without what a terminal would act on. */
function given(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? `"${shown(value, 200)}"` : shown(JSON.stringify(value), 200);
}

/** A text of a given length and pattern. */
export function nameConstraint(
  pattern: RegExp,
  allowed: string,
  advice = 'choose a name that fits',
): Constraint<string> {
  return { allowed, advice, holds: value => pattern.test(value) };
}

/** A text of a form that environments are held to as well. */
export function formConstraint({ pattern, allowed }: Form, advice?: string): Constraint<string> {
  return nameConstraint(pattern, allowed, advice);
}

/** One of some values: types say it too, but not to JavaScript. */
export function oneOf<T extends string>(...values: readonly T[]): Constraint<T> {
  return {
    allowed: `one of ${values.join(', ')}`,
    advice: 'choose one of them',
    holds: value => values.includes(value),
  };
}

/** An integer within limits, both included. */
export function integerConstraint(minimum: number, maximum: number, unit = ''): Constraint<number> {
  return {
    allowed: `a whole number from ${minimum} to ${maximum}${unit}`,
    advice: 'choose a number inside the limits',
    holds: value => Number.isInteger(value) && value >= minimum && value <= maximum,
  };
}
