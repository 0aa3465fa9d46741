// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2025-12-01`. */
export type MachineLearningServicesWorkspacesOnlineEndpoints20251201 = {
  readonly properties: {
    readonly compute?: string;
    readonly mirrorTraffic?: Readonly<Record<string, Value<number>>>;
    readonly publicNetworkAccess?: Known<'Enabled' | 'Disabled'>;
    readonly traffic?: Readonly<Record<string, Value<number>>>;
    readonly authMode: Known<'AMLToken' | 'Key' | 'AADToken'>;
    readonly description?: string;
    readonly keys?: { readonly primaryKey?: string; readonly secondaryKey?: string };
    readonly properties?: Readonly<Record<string, string>>;
  };
  readonly identity?: {
    readonly type: Known<'None' | 'SystemAssigned' | 'UserAssigned' | 'SystemAssigned,UserAssigned'>;
    readonly userAssignedIdentities?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  };
  readonly kind?: string;
  readonly sku?: {
    readonly name: string;
    readonly tier?: Value<'Free' | 'Basic' | 'Standard' | 'Premium'>;
    readonly size?: string;
    readonly family?: string;
    readonly capacity?: Value<number>;
  };
  readonly tags?: Readonly<Record<string, string>>;
  readonly location?: string;
};
