/** Why: the rule and its sentence, with numbers. */
export interface Reason {
  /** Id of the rule. */
  readonly rule: string;
  /** A sentence, in lower case, without a full stop. */
  readonly message: string;
  /** Set where it rests on an estimate, or on a floor that Berth takes. */
  readonly estimated?: true;
}

/**
 * What the team could state so that a rule passes. `arrange`: what it takes is in its hands, such as a file to check, or an
 * approval or quota to ask for. `confirm`: it is likely so, since what is typical is good enough, and only the worse end of the estimate is not.
 * `measure`: it would have to find out whether it is so.
 */
export interface Remedy {
  /** `arrange`, `confirm` or `measure`. */
  readonly how: 'arrange' | 'confirm' | 'measure';
  /** Key of the environment that the line belongs into, such as `weights`. */
  readonly key: string;
  /** Line to be pasted there, with `<…>` for what is to be filled in. */
  readonly line: string;
}

/** How one rule judges for one workload. `unverified` satisfies no stated requirement. */
export interface Verdict extends Reason {
  readonly verdict: 'pass' | 'fail' | 'unverified';
  /** What would make it pass; with `pass`, what is taken for granted. */
  readonly remedy?: Remedy;
}

/** What a rule answers; undefined when the workload asks nothing that the rule is about. */
export type Judgement = Omit<Verdict, 'rule'> | undefined;

export function pass(message: string): Judgement {
  return { verdict: 'pass', message };
}

/** @param message says what it is estimated from */
export function passByEstimate(message: string): Judgement {
  return { verdict: 'pass', message, estimated: true };
}

/** @param remedy what the team could state, where that would change it */
export function fail(message: string, remedy?: Remedy): Judgement {
  return { verdict: 'fail', message, ...(remedy ? { remedy } : {}) };
}

/** @param message what is unknown, and what would verify it */
export function unverified(message: string, remedy?: Remedy): Judgement {
  return { verdict: 'unverified', message, ...(remedy ? { remedy } : {}) };
}
