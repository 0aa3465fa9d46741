// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.CognitiveServices/accounts@2025-12-01`. */
export type CognitiveServicesAccounts20251201 = {
  readonly properties?: {
    readonly migrationToken?: string;
    readonly customSubDomainName?: string;
    readonly networkAcls?: {
      readonly defaultAction?: Known<'Allow' | 'Deny'>;
      readonly bypass?: Known<'None' | 'AzureServices'>;
      readonly ipRules?: readonly { readonly value: string }[];
      readonly virtualNetworkRules?: readonly {
        readonly id: string;
        readonly state?: string;
        readonly ignoreMissingVnetServiceEndpoint?: Value<boolean>;
      }[];
    };
    readonly encryption?: {
      readonly keyVaultProperties?: {
        readonly keyName?: string;
        readonly keyVersion?: string;
        readonly keyVaultUri?: string;
        readonly identityClientId?: string;
      };
      readonly keySource?: Known<'Microsoft.CognitiveServices' | 'Microsoft.KeyVault'>;
    };
    readonly userOwnedStorage?: readonly {
      readonly resourceId?: string;
      readonly identityClientId?: string;
    }[];
    readonly amlWorkspace?: { readonly resourceId?: string; readonly identityClientId?: string };
    readonly publicNetworkAccess?: Known<'Enabled' | 'Disabled'>;
    readonly apiProperties?: {
      readonly qnaRuntimeEndpoint?: string;
      readonly qnaAzureSearchEndpointKey?: string;
      readonly qnaAzureSearchEndpointId?: string;
      readonly statisticsEnabled?: Value<boolean>;
      readonly eventHubConnectionString?: string;
      readonly storageAccountConnectionString?: string;
      readonly aadClientId?: string;
      readonly aadTenantId?: string;
      readonly superUser?: string;
      readonly websiteName?: string;
    };
    readonly dynamicThrottlingEnabled?: Value<boolean>;
    readonly storedCompletionsDisabled?: Value<boolean>;
    readonly restrictOutboundNetworkAccess?: Value<boolean>;
    readonly allowedFqdnList?: readonly string[];
    readonly disableLocalAuth?: Value<boolean>;
    readonly restore?: Value<boolean>;
    readonly locations?: {
      readonly routingMethod?: Known<'Priority' | 'Weighted' | 'Performance'>;
      readonly regions?: readonly {
        readonly name?: string;
        readonly value?: Value<number>;
        readonly customsubdomain?: string;
      }[];
    };
    readonly raiMonitorConfig?: {
      readonly adxStorageResourceId?: string;
      readonly identityClientId?: string;
    };
    readonly networkInjections?: readonly {
      readonly scenario?: Known<'none' | 'agent'>;
      readonly subnetArmId?: string;
      readonly useMicrosoftManagedNetwork?: Value<boolean>;
    }[];
    readonly allowProjectManagement?: Value<boolean>;
    readonly defaultProject?: string;
    readonly associatedProjects?: readonly string[];
  };
  readonly tags?: Readonly<Record<string, string>>;
  readonly location?: string;
  readonly kind?: string;
  readonly sku?: {
    readonly name: string;
    readonly tier?: Known<'Free' | 'Basic' | 'Standard' | 'Premium' | 'Enterprise'>;
    readonly size?: string;
    readonly family?: string;
    readonly capacity?: Value<number>;
  };
  readonly identity?: {
    readonly type?: Value<'None' | 'SystemAssigned' | 'UserAssigned' | 'SystemAssigned, UserAssigned'>;
    readonly userAssignedIdentities?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  };
};
