// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Value } from '../body-values';

/** What a request says of `Microsoft.HybridCompute/machines/runCommands@2025-01-13`. */
export type HybridComputeMachinesRunCommands20250113 = {
  readonly properties?: {
    readonly source?: {
      readonly script?: string;
      readonly scriptUri?: string;
      readonly commandId?: string;
      readonly scriptUriManagedIdentity?: { readonly clientId?: string; readonly objectId?: string };
    };
    readonly parameters?: readonly { readonly name: string; readonly value: string }[];
    readonly protectedParameters?: readonly { readonly name: string; readonly value: string }[];
    readonly asyncExecution?: Value<boolean>;
    readonly runAsUser?: string;
    readonly runAsPassword?: string;
    readonly timeoutInSeconds?: Value<number>;
    readonly outputBlobUri?: string;
    readonly errorBlobUri?: string;
    readonly outputBlobManagedIdentity?: { readonly clientId?: string; readonly objectId?: string };
    readonly errorBlobManagedIdentity?: { readonly clientId?: string; readonly objectId?: string };
  };
  readonly tags?: Readonly<Record<string, string>>;
  readonly location?: string;
};
