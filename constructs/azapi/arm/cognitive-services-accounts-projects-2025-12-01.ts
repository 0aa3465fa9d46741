// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Value } from '../body-values';

/** What a request says of `Microsoft.CognitiveServices/accounts/projects@2025-12-01`. */
export type CognitiveServicesAccountsProjects20251201 = {
  readonly properties?: { readonly displayName?: string; readonly description?: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly location?: string;
  readonly identity?: {
    readonly type?: Value<'None' | 'SystemAssigned' | 'UserAssigned' | 'SystemAssigned, UserAssigned'>;
    readonly userAssignedIdentities?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  };
};
