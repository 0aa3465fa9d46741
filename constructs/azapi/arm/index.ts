// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

import type { ApiManagementServiceBackends20240501 } from './api-management-service-backends-2024-05-01';
import type { CognitiveServicesAccountsConnections20251201 } from './cognitive-services-accounts-connections-2025-12-01';
import type { CognitiveServicesAccountsDeployments20251201 } from './cognitive-services-accounts-deployments-2025-12-01';
import type { CognitiveServicesAccountsManagedComputeDeployments20260515Preview } from './cognitive-services-accounts-managed-compute-deployments-2026-05-15-preview';
import type { CognitiveServicesAccountsProjects20251201 } from './cognitive-services-accounts-projects-2025-12-01';
import type { CognitiveServicesAccountsRaiPolicies20251201 } from './cognitive-services-accounts-rai-policies-2025-12-01';
import type { CognitiveServicesAccounts20251201 } from './cognitive-services-accounts-2025-12-01';
import type { HybridComputeMachinesExtensions20250113 } from './hybrid-compute-machines-extensions-2025-01-13';
import type { HybridComputeMachinesRunCommands20250113 } from './hybrid-compute-machines-run-commands-2025-01-13';
import type { KeyVaultVaults20260201 } from './key-vault-vaults-2026-02-01';
import type { MachineLearningServicesRegistriesModelsVersions20251201 } from './machine-learning-services-registries-models-versions-2025-12-01';
import type { MachineLearningServicesWorkspacesMarketplaceSubscriptions20251201 } from './machine-learning-services-workspaces-marketplace-subscriptions-2025-12-01';
import type { MachineLearningServicesWorkspacesModelsVersions20251201 } from './machine-learning-services-workspaces-models-versions-2025-12-01';
import type { MachineLearningServicesWorkspacesOnlineEndpointsDeployments20251201 } from './machine-learning-services-workspaces-online-endpoints-deployments-2025-12-01';
import type { MachineLearningServicesWorkspacesOnlineEndpoints20251201 } from './machine-learning-services-workspaces-online-endpoints-2025-12-01';
import type { MachineLearningServicesWorkspacesServerlessEndpoints20251201 } from './machine-learning-services-workspaces-serverless-endpoints-2025-12-01';
import type { MachineLearningServicesWorkspaces20251201 } from './machine-learning-services-workspaces-2025-12-01';

/** What requests say of the ARM types that are typed, by type and API version. A type that is not here takes any body. */
export interface ArmResources {
  /** As its schema says it. */
  readonly 'Microsoft.ApiManagement/service/backends@2024-05-01': ApiManagementServiceBackends20240501;
  /** As its schema says it. */
  readonly 'Microsoft.CognitiveServices/accounts/connections@2025-12-01': CognitiveServicesAccountsConnections20251201;
  /** As its schema says it. */
  readonly 'Microsoft.CognitiveServices/accounts/deployments@2025-12-01': CognitiveServicesAccountsDeployments20251201;
  /** As its schema says it. */
  readonly 'Microsoft.CognitiveServices/accounts/managedComputeDeployments@2026-05-15-preview': CognitiveServicesAccountsManagedComputeDeployments20260515Preview;
  /** As its schema says it. */
  readonly 'Microsoft.CognitiveServices/accounts/projects@2025-12-01': CognitiveServicesAccountsProjects20251201;
  /** As its schema says it. */
  readonly 'Microsoft.CognitiveServices/accounts/raiPolicies@2025-12-01': CognitiveServicesAccountsRaiPolicies20251201;
  /** As its schema says it. */
  readonly 'Microsoft.CognitiveServices/accounts@2025-12-01': CognitiveServicesAccounts20251201;
  /** As its schema says it. */
  readonly 'Microsoft.HybridCompute/machines/extensions@2025-01-13': HybridComputeMachinesExtensions20250113;
  /** As its schema says it. */
  readonly 'Microsoft.HybridCompute/machines/runCommands@2025-01-13': HybridComputeMachinesRunCommands20250113;
  /** As its schema says it. */
  readonly 'Microsoft.KeyVault/vaults@2026-02-01': KeyVaultVaults20260201;
  /** As its schema says it. */
  readonly 'Microsoft.MachineLearningServices/registries/models/versions@2025-12-01': MachineLearningServicesRegistriesModelsVersions20251201;
  /** As its schema says it. */
  readonly 'Microsoft.MachineLearningServices/workspaces/marketplaceSubscriptions@2025-12-01': MachineLearningServicesWorkspacesMarketplaceSubscriptions20251201;
  /** As its schema says it. */
  readonly 'Microsoft.MachineLearningServices/workspaces/models/versions@2025-12-01': MachineLearningServicesWorkspacesModelsVersions20251201;
  /** As its schema says it. */
  readonly 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments@2025-12-01': MachineLearningServicesWorkspacesOnlineEndpointsDeployments20251201;
  /** As its schema says it. */
  readonly 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints@2025-12-01': MachineLearningServicesWorkspacesOnlineEndpoints20251201;
  /** As its schema says it. */
  readonly 'Microsoft.MachineLearningServices/workspaces/serverlessEndpoints@2025-12-01': MachineLearningServicesWorkspacesServerlessEndpoints20251201;
  /** As its schema says it. */
  readonly 'Microsoft.MachineLearningServices/workspaces@2025-12-01': MachineLearningServicesWorkspaces20251201;
}
