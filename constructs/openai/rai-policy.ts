import type { IConstruct } from 'constructs';
import { requireProps } from '../required-props';
import { nameConstraint } from '../constraint';
import { rejectViolations } from '../errors';
import { violation } from '../validation';

/** What is filtered, where, and from which severity on. */
export interface ContentFilter {
  /** Category as Azure names it, such as `Hate`, `Sexual`, `Violence`, `Selfharm`, `Jailbreak`, `Indirect Attack`. */
  readonly name: string;
  /** Whether it looks at what callers send or at what the model answers. */
  readonly source: 'Prompt' | 'Completion';
  /** From which severity on it acts. */
  readonly severityThreshold: 'Low' | 'Medium' | 'High';
  /** Whether the filter marks content. */
  readonly filterEnabled: boolean;
  /** Whether marked content is blocked. */
  readonly blockEnabled: boolean;
}

/** A content filter of an account. */
export interface RaiPolicyOptions {
  /** Letters, digits, `_`, `-` and `.`; begins with a letter or digit. */
  readonly name: string;
  /** At least one. */
  readonly contentFilters: readonly ContentFilter[];
  /** Policy it builds on. @default 'Microsoft.DefaultV2' */
  readonly basePolicyName?: string;
  /** Whether filters act before the answer or beside it. @default 'Default' */
  readonly mode?: 'Default' | 'Blocking' | 'Deferred' | 'Asynchronous_filter';
}

/** Pattern of the ARM schema, Microsoft.CognitiveServices/accounts/raiPolicies@2025-12-01. */
export const policyName = nameConstraint(
  /^[a-zA-Z0-9][\w.-]*$/,
  'letters, digits, underscores, full stops and hyphens that begin with a letter or digit',
);

const category = nameConstraint(/^[A-Za-z][\w ]{0,63}$/, 'a category, such as Hate or Indirect Attack');

/** @throws Error listing the options that Azure would refuse. */
export function checkRaiPolicy(account: IConstruct, id: string, options: RaiPolicyOptions): void {
  requireProps<RaiPolicyOptions>(`${account.node.path}/${id}`, options, {
    name: 'string',
    contentFilters: [
      {
        name: 'string',
        source: 'string',
        severityThreshold: 'string',
        filterEnabled: 'boolean',
        blockEnabled: 'boolean',
      },
    ],
  });
  rejectViolations(account, [
    ...violation('raiPolicy.name', options.name, policyName),
    ...violation('raiPolicy.basePolicyName', options.basePolicyName, policyName),
    ...options.contentFilters.flatMap(({ name }, index) =>
      violation(`raiPolicy.contentFilters[${index}].name`, name, category),
    ),
    ...violation('raiPolicy.contentFilters', options.contentFilters, {
      allowed: 'at least one filter',
      advice: 'add the filters of the policy',
      holds: filters => filters.length > 0,
    }),
  ]);
}
