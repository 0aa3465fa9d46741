export { CatalogEndpoint } from './catalog-endpoint';
export type { CatalogApi, CatalogEndpointAttributes, CatalogEndpointProps } from './catalog-endpoint-props';
export { MachineLearningWorkspace } from './machine-learning-workspace';
export type {
  IMachineLearningWorkspace,
  MachineLearningWorkspaceAttributes,
  MachineLearningWorkspaceProps,
} from './machine-learning-workspace';
