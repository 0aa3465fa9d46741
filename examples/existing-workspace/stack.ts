import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import {
  AzapiProvider,
  CatalogEndpoint,
  LogWorkspace,
  MachineLearningWorkspace,
  ResourceGroup,
  WorkloadIdentity,
} from 'cdktf-berth/constructs';
import type { Construct } from 'constructs';

const subscriptionId = '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';
const ml = `/subscriptions/${subscriptionId}/resourceGroups/rg-ml`;

/** What the data scientists made, and this stack only names. The workspace needs a managed network. */
export const existing = {
  workspace: `${ml}/providers/Microsoft.MachineLearningServices/workspaces/mlw-company`,
  logs: `${ml}/providers/Microsoft.OperationalInsights/workspaces/log-company`,
};

/** An open model of the catalogue on an endpoint of its own, in a workspace that is there already. */
export class ContractsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId });
    new AzapiProvider(this, 'azapi', { subscriptionId });
    const contracts = new CatalogEndpoint(this, 'contracts', {
      workspace: MachineLearningWorkspace.fromAttributes(this, 'workspace', {
        id: existing.workspace,
        resourceGroupName: 'rg-ml',
        location: 'swedencentral',
      }),
      logWorkspace: LogWorkspace.fromAttributes(this, 'logs', { id: existing.logs }),
      name: 'contracts-4711',
      assetId: 'azureml://registries/azureml/models/mistralai-Mistral-7B-Instruct-v0-3/versions/7',
      instanceType: 'Standard_NC24ads_A100_v4',
    });
    const resourceGroup = new ResourceGroup(this, 'group', {
      name: 'rg-contracts',
      location: 'swedencentral',
    });
    contracts.grantInvoke('app', new WorkloadIdentity(this, 'app', { name: 'id-contracts', resourceGroup }));
    new TerraformOutput(this, 'address', { value: contracts.address, staticId: true });
  }
}
