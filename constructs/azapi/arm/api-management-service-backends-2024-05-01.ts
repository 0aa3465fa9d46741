// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.ApiManagement/service/backends@2024-05-01`. */
export type ApiManagementServiceBackends20240501 = {
  readonly properties?: {
    readonly url?: string;
    readonly protocol?: Known<'http' | 'soap'>;
    readonly title?: string;
    readonly description?: string;
    readonly resourceId?: string;
    readonly properties?: {
      readonly serviceFabricCluster?: {
        readonly clientCertificateId?: string;
        readonly clientCertificatethumbprint?: string;
        readonly maxPartitionResolutionRetries?: Value<number>;
        readonly managementEndpoints: readonly string[];
        readonly serverCertificateThumbprints?: readonly string[];
        readonly serverX509Names?: readonly {
          readonly name?: string;
          readonly issuerCertificateThumbprint?: string;
        }[];
      };
    };
    readonly credentials?: {
      readonly certificateIds?: readonly string[];
      readonly certificate?: readonly string[];
      readonly query?: Readonly<Record<string, readonly string[]>>;
      readonly header?: Readonly<Record<string, readonly string[]>>;
      readonly authorization?: { readonly scheme: string; readonly parameter: string };
    };
    readonly proxy?: { readonly url: string; readonly username?: string; readonly password?: string };
    readonly tls?: {
      readonly validateCertificateChain?: Value<boolean>;
      readonly validateCertificateName?: Value<boolean>;
    };
    readonly circuitBreaker?: {
      readonly rules?: readonly {
        readonly name?: string;
        readonly failureCondition?: {
          readonly count?: Value<number>;
          readonly percentage?: Value<number>;
          readonly interval?: string;
          readonly statusCodeRanges?: readonly {
            readonly min?: Value<number>;
            readonly max?: Value<number>;
          }[];
          readonly errorReasons?: readonly string[];
        };
        readonly tripDuration?: string;
        readonly acceptRetryAfter?: Value<boolean>;
      }[];
    };
    readonly pool?: {
      readonly services?: readonly {
        readonly id: string;
        readonly weight?: Value<number>;
        readonly priority?: Value<number>;
      }[];
    };
    readonly type?: Known<'Single' | 'Pool'>;
  };
};
