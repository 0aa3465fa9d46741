// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { AzapiBody, Value } from '../body-values';

/** What a request says of `Microsoft.MachineLearningServices/workspaces/models/versions@2025-12-01`. */
export type MachineLearningServicesWorkspacesModelsVersions20251201 = {
  readonly properties: {
    readonly datasets?: readonly AzapiBody[];
    readonly description?: string;
    readonly flavors?: Readonly<Record<string, { readonly data?: Readonly<Record<string, string>> }>>;
    readonly isAnonymous?: Value<boolean>;
    readonly isArchived?: Value<boolean>;
    readonly jobName?: string;
    readonly modelType?: string;
    readonly modelUri?: string;
    readonly properties?: Readonly<Record<string, string>>;
    readonly stage?: string;
    readonly tags?: Readonly<Record<string, string>>;
  };
};
