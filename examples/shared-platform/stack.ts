import { ContainerApp } from '@cdktf/provider-azurerm/lib/container-app';
import { ContainerAppEnvironment } from '@cdktf/provider-azurerm/lib/container-app-environment';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  AzapiProvider,
  FoundryAccount,
  LogWorkspace,
  PrivateNetwork,
  ResourceGroup,
  WorkloadIdentity,
} from 'cdktf-berth/constructs';
import type { ILogWorkspace, IModelEndpoint, IPrivateNetwork, IResourceGroup } from 'cdktf-berth/constructs';
import type { Construct } from 'constructs';

const subscriptionId = '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';

/** What the platform team owns: network, logs, and the models that all apps may ask to call. */
export class ModelsStack extends TerraformStack {
  readonly resourceGroup: IResourceGroup;
  readonly network: IPrivateNetwork;
  readonly logWorkspace: ILogWorkspace;
  readonly chat: IModelEndpoint;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId });
    new AzapiProvider(this, 'azapi', { subscriptionId });
    this.resourceGroup = new ResourceGroup(this, 'group', { name: 'rg-models', location: 'swedencentral' });
    const { resourceGroup } = this;
    this.network = new PrivateNetwork(this, 'network', {
      name: 'vnet-models',
      resourceGroup,
      hostsZoneName: 'models.internal',
    });
    this.logWorkspace = new LogWorkspace(this, 'logs', { name: 'log-models', resourceGroup });
    const account = new FoundryAccount(this, 'account', {
      resourceGroup,
      network: this.network,
      logWorkspace: this.logWorkspace,
      name: 'aif-models',
    });
    this.chat = account.addDeployment('chat', {
      name: 'chat',
      model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
      sku: { name: 'DataZoneStandard', capacity: 50 },
      api: 'openai-chat',
    });
  }
}

/** An app of another team, with an identity of its own that may call the model: the assignment stands here, with the identity. */
export class ShopStack extends TerraformStack {
  constructor(scope: Construct, id: string, models: ModelsStack) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId });
    const resourceGroup = new ResourceGroup(this, 'group', { name: 'rg-shop', location: 'swedencentral' });
    const identity = new WorkloadIdentity(this, 'identity', { name: 'id-shop', resourceGroup });
    models.chat.grantInvoke('shop', identity);

    const { baseUrl, model } = models.chat.address;
    const environment = new ContainerAppEnvironment(this, 'environment', {
      name: 'cae-shop',
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      logsDestination: 'log-analytics',
      logAnalyticsWorkspaceId: models.logWorkspace.id,
    });
    const app = new ContainerApp(this, 'app', {
      name: 'ca-shop',
      resourceGroupName: resourceGroup.name,
      containerAppEnvironmentId: environment.id,
      revisionMode: 'Single',
      identity: { type: 'SystemAssigned, UserAssigned', identityIds: [identity.id] },
      template: {
        minReplicas: 1,
        maxReplicas: 3,
        container: [
          {
            name: 'shop',
            image: 'mcr.microsoft.com/k8se/quickstart:latest',
            cpu: 0.5,
            memory: '1Gi',
            env: [
              { name: 'OPENAI_BASE_URL', value: baseUrl },
              { name: 'MODEL', value: model },
              { name: 'AZURE_CLIENT_ID', value: identity.clientId },
            ],
          },
        ],
      },
    });
    // Azure makes this identity with the app. It is no construct, so the caller says which stack has the assignment.
    const own = { principalId: app.identity.principalId, principalType: 'ServicePrincipal' } as const;
    models.chat.grantInvoke('shop-itself', own, { scope: this });
  }
}
