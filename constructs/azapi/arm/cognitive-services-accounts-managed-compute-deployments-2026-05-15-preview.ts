// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.CognitiveServices/accounts/managedComputeDeployments@2026-05-15-preview`. */
export type CognitiveServicesAccountsManagedComputeDeployments20260515Preview = {
  readonly properties?: {
    readonly model: string;
    readonly deploymentTemplate?: string;
    readonly acceleratorType?: string;
    readonly versionUpgradeOption?: Known<
      'OnceNewDefaultVersionAvailable' | 'OnceCurrentVersionExpired' | 'NoAutoUpgrade'
    >;
    readonly computeId?: string;
    readonly priority?: string;
  };
  readonly sku?: {
    readonly name: string;
    readonly tier?: Known<'Free' | 'Basic' | 'Standard' | 'Premium' | 'Enterprise'>;
    readonly size?: string;
    readonly family?: string;
    readonly capacity?: Value<number>;
  };
};
