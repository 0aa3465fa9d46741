// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.CognitiveServices/accounts/deployments@2025-12-01`. */
export type CognitiveServicesAccountsDeployments20251201 = {
  readonly properties?: {
    readonly model?: {
      readonly publisher?: string;
      readonly format?: string;
      readonly name?: string;
      readonly version?: string;
      readonly source?: string;
      readonly sourceAccount?: string;
    };
    readonly scaleSettings?: {
      readonly scaleType?: Known<'Standard' | 'Manual'>;
      readonly capacity?: Value<number>;
    };
    readonly raiPolicyName?: string;
    readonly versionUpgradeOption?: Known<
      'OnceNewDefaultVersionAvailable' | 'OnceCurrentVersionExpired' | 'NoAutoUpgrade'
    >;
    readonly currentCapacity?: Value<number>;
    readonly capacitySettings?: {
      readonly designatedCapacity?: Value<number>;
      readonly priority?: Value<number>;
    };
    readonly parentDeploymentName?: string;
    readonly spilloverDeploymentName?: string;
    readonly serviceTier?: Known<'Default' | 'Priority'>;
    readonly deploymentState?: Known<'Running' | 'Paused'>;
    readonly routing?: {
      readonly mode?: Known<'cost' | 'balanced' | 'quality'>;
      readonly models?: readonly {
        readonly publisher?: string;
        readonly format?: string;
        readonly name?: string;
        readonly version?: string;
        readonly source?: string;
        readonly sourceAccount?: string;
      }[];
    };
  };
  readonly sku?: {
    readonly name: string;
    readonly tier?: Known<'Free' | 'Basic' | 'Standard' | 'Premium' | 'Enterprise'>;
    readonly size?: string;
    readonly family?: string;
    readonly capacity?: Value<number>;
  };
  readonly tags?: Readonly<Record<string, string>>;
};
