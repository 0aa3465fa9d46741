export type { ArmResources } from './arm';
export type { AzapiBody, AzapiValue } from './body-values';
export type {
  AzapiCommonConfig,
  AzapiExports,
  AzapiRetry,
  AzapiTimeouts,
  BodyOf,
  PartOf,
} from './azapi-attributes';
export { AzapiProvider } from './azapi-provider';
export type { AzapiProviderConfig } from './azapi-provider';
export { DataAzapiResource } from './data-azapi-resource';
export type { DataAzapiResourceConfig } from './data-azapi-resource';
export { AzapiResource } from './azapi-resource';
export type { AzapiIdentity, AzapiResourceConfig } from './azapi-resource';
export { AzapiResourceAction } from './azapi-resource-action';
export type { AzapiResourceActionConfig } from './azapi-resource-action';
export { AzapiUpdateResource } from './azapi-update-resource';
export type { AzapiUpdateResourceConfig } from './azapi-update-resource';
