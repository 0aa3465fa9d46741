// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { Known, Value } from '../body-values';

/** What a request says of `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2025-12-01`. */
export type MachineLearningServicesWorkspacesOnlineEndpointsDeployments20251201 = {
  readonly properties: {
    readonly appInsightsEnabled?: Value<boolean>;
    readonly dataCollector?: {
      readonly collections: Readonly<
        Record<
          string,
          {
            readonly clientId?: string;
            readonly dataCollectionMode?: Known<'Enabled' | 'Disabled'>;
            readonly dataId?: string;
            readonly samplingRate?: Value<number>;
          }
        >
      >;
      readonly requestLogging?: { readonly captureHeaders?: readonly string[] };
      readonly rollingRate?: Known<'Year' | 'Month' | 'Day' | 'Hour' | 'Minute'>;
    };
    readonly egressPublicNetworkAccess?: Known<'Enabled' | 'Disabled'>;
    readonly instanceType?: string;
    readonly livenessProbe?: {
      readonly failureThreshold?: Value<number>;
      readonly initialDelay?: string;
      readonly period?: string;
      readonly successThreshold?: Value<number>;
      readonly timeout?: string;
    };
    readonly model?: string;
    readonly modelMountPath?: string;
    readonly readinessProbe?: {
      readonly failureThreshold?: Value<number>;
      readonly initialDelay?: string;
      readonly period?: string;
      readonly successThreshold?: Value<number>;
      readonly timeout?: string;
    };
    readonly requestSettings?: {
      readonly maxConcurrentRequestsPerInstance?: Value<number>;
      readonly maxQueueWait?: string;
      readonly requestTimeout?: string;
    };
    readonly scaleSettings?:
      | { readonly scaleType: 'Default' }
      | {
          readonly maxInstances?: Value<number>;
          readonly minInstances?: Value<number>;
          readonly pollingInterval?: string;
          readonly targetUtilizationPercentage?: Value<number>;
          readonly scaleType: 'TargetUtilization';
        };
    readonly startupProbe?: {
      readonly failureThreshold?: Value<number>;
      readonly initialDelay?: string;
      readonly period?: string;
      readonly successThreshold?: Value<number>;
      readonly timeout?: string;
    };
    readonly codeConfiguration?: { readonly codeId?: string; readonly scoringScript: string };
    readonly description?: string;
    readonly environmentId?: string;
    readonly environmentVariables?: Readonly<Record<string, string>>;
    readonly properties?: Readonly<Record<string, string>>;
  } & (
    | {
        readonly containerResourceRequirements?: {
          readonly containerResourceLimits?: {
            readonly cpu?: string;
            readonly gpu?: string;
            readonly memory?: string;
          };
          readonly containerResourceRequests?: {
            readonly cpu?: string;
            readonly gpu?: string;
            readonly memory?: string;
          };
        };
        readonly endpointComputeType: 'Kubernetes';
      }
    | { readonly endpointComputeType: 'Managed' }
  );
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
