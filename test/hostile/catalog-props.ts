import type * as constructs from '../../constructs';

export const catalogEndpointProps: Required<
  Omit<constructs.CatalogEndpointProps, 'workspace' | 'logWorkspace'>
> = {
  name: 'new-endpoint',
  assetId: 'azureml://registries/azureml/models/Phi-4/versions/7',
  instanceType: 'Standard_NC24ads_A100_v4',
  instanceCount: 1,
  maximumInstances: 2,
  minimumInstances: 1,
  scaleHours: {
    timeZone: 'UTC',
    start: { time: '07:00', days: ['mon'] },
    stop: { time: '19:00', days: ['mon'] },
    minimumInstances: 2,
  },
  alerts: {
    actionGroupIds: [
      '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Insights/actionGroups/ag-hub',
    ],
    latencyP95Seconds: 20,
    failuresPerMinute: 5,
  },
  scaleAt: { outPercent: 80, inPercent: 20 },
  settings: {
    concurrentRequests: 8,
    timeoutSeconds: 60,
    maxQueueWaitSeconds: 5,
    liveness: { initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 3 },
    readiness: { initialDelaySeconds: 10 },
    collectsData: true,
  },
  deployments: {
    green: {
      assetId: 'azureml://registries/azureml/models/Phi-4/versions/8',
      instanceType: 'Standard_NC24ads_A100_v4',
      instanceCount: 1,
    },
  },
  traffic: { placed: 100, green: 0 },
  mirror: { deployment: 'green', percent: 10 },
  api: 'openai-chat',
};

export const managedComputeProps: Required<constructs.ManagedComputeDeploymentOptions> = {
  name: 'qwen',
  model: 'azureml://registries/azure-huggingface/models/qwen--qwen3-32b/versions/3',
  deploymentTemplate:
    'azureml://registries/azure-huggingface/deploymenttemplates/qwen--qwen3-32b--40k-nvidia-h100/labels/latest',
  acceleratorType: 'H100_80GB',
  instanceCount: 2,
  versionUpgradeOption: 'NoAutoUpgrade',
};
