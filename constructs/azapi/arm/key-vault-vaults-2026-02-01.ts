// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.KeyVault/vaults@2026-02-01`. */
export type KeyVaultVaults20260201 = {
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties: {
    readonly tenantId: string;
    readonly sku: { readonly family: Known<'A'>; readonly name: Value<'standard' | 'premium'> };
    readonly accessPolicies?: readonly {
      readonly tenantId: string;
      readonly objectId: string;
      readonly applicationId?: string;
      readonly permissions: {
        readonly keys?: readonly Known<
          | 'all'
          | 'encrypt'
          | 'decrypt'
          | 'wrapKey'
          | 'unwrapKey'
          | 'sign'
          | 'verify'
          | 'get'
          | 'list'
          | 'create'
          | 'update'
          | 'import'
          | 'delete'
          | 'backup'
          | 'restore'
          | 'recover'
          | 'purge'
          | 'release'
          | 'rotate'
          | 'getrotationpolicy'
          | 'setrotationpolicy'
        >[];
        readonly secrets?: readonly Known<
          'all' | 'get' | 'list' | 'set' | 'delete' | 'backup' | 'restore' | 'recover' | 'purge'
        >[];
        readonly certificates?: readonly Known<
          | 'all'
          | 'get'
          | 'list'
          | 'delete'
          | 'create'
          | 'import'
          | 'update'
          | 'managecontacts'
          | 'getissuers'
          | 'listissuers'
          | 'setissuers'
          | 'deleteissuers'
          | 'manageissuers'
          | 'recover'
          | 'purge'
          | 'backup'
          | 'restore'
        >[];
        readonly storage?: readonly Known<
          | 'all'
          | 'get'
          | 'list'
          | 'delete'
          | 'set'
          | 'update'
          | 'regeneratekey'
          | 'recover'
          | 'purge'
          | 'backup'
          | 'restore'
          | 'setsas'
          | 'listsas'
          | 'getsas'
          | 'deletesas'
        >[];
      };
    }[];
    readonly vaultUri?: string;
    readonly enabledForDeployment?: Value<boolean>;
    readonly enabledForDiskEncryption?: Value<boolean>;
    readonly enabledForTemplateDeployment?: Value<boolean>;
    readonly enableSoftDelete?: Value<boolean>;
    readonly softDeleteRetentionInDays?: Value<number>;
    readonly enableRbacAuthorization?: Value<boolean>;
    readonly createMode?: Value<'recover' | 'default'>;
    readonly enablePurgeProtection?: Value<boolean>;
    readonly networkAcls?: {
      readonly bypass?: Known<'AzureServices' | 'None'>;
      readonly defaultAction?: Known<'Allow' | 'Deny'>;
      readonly ipRules?: readonly { readonly value: string }[];
      readonly virtualNetworkRules?: readonly {
        readonly id: string;
        readonly ignoreMissingVnetServiceEndpoint?: Value<boolean>;
      }[];
    };
    readonly provisioningState?: Known<'Succeeded' | 'RegisteringDns'>;
    readonly publicNetworkAccess?: string;
  };
};
