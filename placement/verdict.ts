/** Why: the rule and its sentence, with numbers. */
export interface Reason {
  /** Id of the rule. */
  readonly rule: string;
  /** A sentence, in lower case, without a full stop. */
  readonly message: string;
}

/** How one rule judges for one workload. `unverified` satisfies no stated requirement. */
export interface Verdict extends Reason {
  readonly verdict: 'pass' | 'fail' | 'unverified';
}

/** What a rule answers; undefined when the workload asks nothing that the rule is about. */
export type Judgement = Pick<Verdict, 'verdict' | 'message'> | undefined;

export function pass(message: string): Judgement {
  return { verdict: 'pass', message };
}

export function fail(message: string): Judgement {
  return { verdict: 'fail', message };
}

/** @param message what is unknown, and what would verify it */
export function unverified(message: string): Judgement {
  return { verdict: 'unverified', message };
}
