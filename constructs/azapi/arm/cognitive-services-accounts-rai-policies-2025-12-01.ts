// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.CognitiveServices/accounts/raiPolicies@2025-12-01`. */
export type CognitiveServicesAccountsRaiPolicies20251201 = {
  readonly properties?: {
    readonly mode?: Known<'Default' | 'Deferred' | 'Blocking' | 'Asynchronous_filter'>;
    readonly basePolicyName?: string;
    readonly contentFilters?: readonly {
      readonly name?: string;
      readonly enabled?: Value<boolean>;
      readonly severityThreshold?: Known<'Low' | 'Medium' | 'High'>;
      readonly blocking?: Value<boolean>;
      readonly source?: Known<
        'Prompt' | 'Completion' | 'PreToolCall' | 'PostToolCall' | 'PreRun' | 'PostRun'
      >;
      readonly action?: Known<'None' | 'BLOCKING' | 'ANNOTATING' | 'HITL' | 'RETRY'>;
    }[];
    readonly customBlocklists?: readonly {
      readonly source?: Known<
        'Prompt' | 'Completion' | 'PreToolCall' | 'PostToolCall' | 'PreRun' | 'PostRun'
      >;
      readonly blocklistName?: string;
      readonly blocking?: Value<boolean>;
    }[];
    readonly safetyProviders?: readonly {
      readonly source?: Known<
        'Prompt' | 'Completion' | 'PreToolCall' | 'PostToolCall' | 'PreRun' | 'PostRun'
      >;
      readonly safetyProviderName?: string;
      readonly blocking?: Value<boolean>;
    }[];
  };
  readonly tags?: Readonly<Record<string, string>>;
};
