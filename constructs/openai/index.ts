export { FoundryAccount } from './foundry-account';
export type { CustomerManagedKey, FoundryAccountAttributes, FoundryAccountProps } from './foundry-account';
export type { IFoundryAccount } from './foundry-account-base';
export { deploymentSkus, ModelDeployment } from './model-deployment';
export type {
  DeploymentSku,
  HostedApi,
  IDeploymentAccount,
  HostedModel,
  ModelDeploymentAttributes,
  ModelDeploymentOptions,
} from './model-deployment';
export type { ContentFilter, RaiPolicyOptions } from './rai-policy';
