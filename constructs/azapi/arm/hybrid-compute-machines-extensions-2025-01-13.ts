// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { AzapiValue, Known, Value } from '../body-values';

/** What a request says of `Microsoft.HybridCompute/machines/extensions@2025-01-13`. */
export type HybridComputeMachinesExtensions20250113 = {
  readonly properties?: {
    readonly forceUpdateTag?: string;
    readonly publisher?: string;
    readonly type?: string;
    readonly typeHandlerVersion?: string;
    readonly enableAutomaticUpgrade?: Value<boolean>;
    readonly autoUpgradeMinorVersion?: Value<boolean>;
    readonly settings?: Readonly<Record<string, AzapiValue>>;
    readonly protectedSettings?: Readonly<Record<string, AzapiValue>>;
    readonly instanceView?: {
      readonly name?: string;
      readonly type?: string;
      readonly typeHandlerVersion?: string;
      readonly status?: {
        readonly code?: string;
        readonly level?: Known<'Info' | 'Warning' | 'Error'>;
        readonly displayStatus?: string;
        readonly message?: string;
        readonly time?: string;
      };
    };
  };
  readonly tags?: Readonly<Record<string, string>>;
  readonly location?: string;
};
