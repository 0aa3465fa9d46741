export { FoundryAccount } from './foundry-account';
export type { CustomerManagedKey, FoundryAccountAttributes, FoundryAccountProps } from './foundry-account';
export type { IFoundryAccount } from './foundry-account-base';
export type { IDeploymentAccount } from './deployment-account';
export { ManagedComputeDeployment } from './managed-compute-deployment';
export type { ManagedComputeDeploymentOptions } from './managed-compute-deployment';
export type { AcceleratorType } from '../../limits/managed-compute';
export { deploymentSkus, ModelDeployment } from './model-deployment';
export type {
  DeploymentSku,
  HostedApi,
  HostedModel,
  ModelDeploymentAttributes,
  ModelDeploymentOptions,
} from './model-deployment';
export type { ModelProviderData } from './model-provider-data';
export type { ContentFilter, RaiPolicyOptions } from './rai-policy';
