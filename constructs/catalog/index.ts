export { CatalogEndpoint } from './catalog-endpoint';
export type {
  CatalogApi,
  CatalogEndpointAttributes,
  CatalogDeployment,
  CatalogEndpointProps,
} from './catalog-endpoint-props';
export type { EndpointAlerts } from './endpoint-alerts';
export type { ScaleHours } from './endpoint-autoscale';
export type { DeploymentSettings, ProbeSettings } from './deployment-settings';
export { MachineLearningWorkspace } from './machine-learning-workspace';
export type {
  IMachineLearningWorkspace,
  MachineLearningWorkspaceAttributes,
  MachineLearningWorkspaceProps,
} from './machine-learning-workspace';
