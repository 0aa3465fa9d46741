// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.MachineLearningServices/workspaces@2025-12-01`. */
export type MachineLearningServicesWorkspaces20251201 = {
  readonly properties: {
    readonly allowPublicAccessWhenBehindVnet?: Value<boolean>;
    readonly applicationInsights?: string;
    readonly associatedWorkspaces?: readonly string[];
    readonly containerRegistry?: string;
    readonly description?: string;
    readonly discoveryUrl?: string;
    readonly enableDataIsolation?: Value<boolean>;
    readonly enableServiceSideCMKEncryption?: Value<boolean>;
    readonly encryption?: {
      readonly cosmosDbResourceId?: string;
      readonly identity?: { readonly userAssignedIdentity?: string };
      readonly keyVaultProperties: {
        readonly identityClientId?: string;
        readonly keyIdentifier: string;
        readonly keyVaultArmId: string;
      };
      readonly searchAccountResourceId?: string;
      readonly status: Known<'Enabled' | 'Disabled'>;
      readonly storageAccountResourceId?: string;
    };
    readonly featureStoreSettings?: {
      readonly computeRuntime?: { readonly sparkRuntimeVersion?: string };
      readonly offlineStoreConnectionName?: string;
      readonly onlineStoreConnectionName?: string;
    };
    readonly friendlyName?: string;
    readonly hbiWorkspace?: Value<boolean>;
    readonly hubResourceId?: string;
    readonly imageBuildCompute?: string;
    readonly keyVault?: string;
    readonly managedNetwork?: {
      readonly enableNetworkMonitor?: Value<boolean>;
      readonly isolationMode?: Known<'Disabled' | 'AllowInternetOutbound' | 'AllowOnlyApprovedOutbound'>;
      readonly outboundRules?: Readonly<
        Record<
          string,
          {
            readonly category?: Known<'Required' | 'Recommended' | 'UserDefined' | 'Dependency'>;
            readonly status?: Known<'Inactive' | 'Active' | 'Provisioning' | 'Deleting' | 'Failed'>;
          } & (
            | { readonly destination?: string; readonly type: 'FQDN' }
            | {
                readonly destination?: {
                  readonly serviceResourceId?: string;
                  readonly sparkEnabled?: Value<boolean>;
                  readonly sparkStatus?: Known<
                    'Inactive' | 'Active' | 'Provisioning' | 'Deleting' | 'Failed'
                  >;
                  readonly subresourceTarget?: string;
                };
                readonly fqdns?: readonly string[];
                readonly type: 'PrivateEndpoint';
              }
            | {
                readonly destination?: {
                  readonly action?: Known<'Allow' | 'Deny'>;
                  readonly addressPrefixes?: readonly string[];
                  readonly portRanges?: string;
                  readonly protocol?: string;
                  readonly serviceTag?: string;
                };
                readonly type: 'ServiceTag';
              }
          )
        >
      >;
      readonly status?: {
        readonly sparkReady?: Value<boolean>;
        readonly status?: Known<'Inactive' | 'Active'>;
      };
      readonly firewallSku?: Known<'Standard' | 'Basic'>;
      readonly managedNetworkKind?: Known<'V1' | 'V2'>;
    };
    readonly primaryUserAssignedIdentity?: string;
    readonly provisionNetworkNow?: Value<boolean>;
    readonly publicNetworkAccess?: Known<'Enabled' | 'Disabled'>;
    readonly serverlessComputeSettings?: {
      readonly serverlessComputeCustomSubnet?: string;
      readonly serverlessComputeNoPublicIP?: Value<boolean>;
    };
    readonly serviceManagedResourcesSettings?: {
      readonly cosmosDb?: { readonly collectionsThroughput?: Value<number> };
    };
    readonly sharedPrivateLinkResources?: readonly {
      readonly name?: string;
      readonly properties?: {
        readonly groupId?: string;
        readonly privateLinkResourceId?: string;
        readonly requestMessage?: string;
        readonly status?: Known<'Approved' | 'Pending' | 'Rejected' | 'Disconnected' | 'Timeout'>;
      };
    }[];
    readonly storageAccount?: string;
    readonly systemDatastoresAuthMode?: Known<'AccessKey' | 'Identity' | 'UserDelegationSAS'>;
    readonly v1LegacyMode?: Value<boolean>;
    readonly workspaceHubConfig?: {
      readonly additionalWorkspaceStorageAccounts?: readonly string[];
      readonly defaultWorkspaceResourceGroup?: string;
    };
  };
  readonly identity?: {
    readonly type: Known<'None' | 'SystemAssigned' | 'UserAssigned' | 'SystemAssigned,UserAssigned'>;
    readonly userAssignedIdentities?: Readonly<Record<string, Readonly<Record<string, never>>>>;
  };
  readonly kind?: string;
  readonly location?: string;
  readonly sku?: {
    readonly name: string;
    readonly tier?: Value<'Free' | 'Basic' | 'Standard' | 'Premium'>;
    readonly size?: string;
    readonly family?: string;
    readonly capacity?: Value<number>;
  };
  readonly tags?: Readonly<Record<string, string>>;
};
