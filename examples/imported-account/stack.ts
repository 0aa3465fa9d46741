import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import {
  AzapiProvider,
  FoundryAccount,
  ModelDeployment,
  ResourceGroup,
  WorkloadIdentity,
} from 'cdktf-berth/constructs';
import type { Construct } from 'constructs';

const subscriptionId = '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';

/** The account that another team made; that its public access is off is that team's to see to. */
export const accountId = `/subscriptions/${subscriptionId}/resourceGroups/rg-ai/providers/Microsoft.CognitiveServices/accounts/aif-company`;

/** A deployment of its own, and one that is there already, on an account that this stack only names. */
export class TranslationStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'azurerm', { features: [{}], subscriptionId });
    new AzapiProvider(this, 'azapi', { subscriptionId });
    const account = FoundryAccount.fromAttributes(this, 'account', {
      id: accountId,
      customSubdomainName: 'aif-company',
    });
    const letters = account.addDeployment('letters', {
      name: 'letters',
      model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
      sku: { name: 'DataZoneStandard', capacity: 50 },
      api: 'openai-chat',
    });
    const search = ModelDeployment.fromAttributes(this, 'search-model', {
      account,
      name: 'search',
      modelFormat: 'OpenAI',
      api: 'openai-embeddings',
    });
    const group = new ResourceGroup(this, 'group', { name: 'rg-translation', location: 'swedencentral' });
    const app = new WorkloadIdentity(this, 'app', { name: 'id-translation', resourceGroup: group });
    for (const [name, endpoint] of Object.entries({ letters, search })) {
      endpoint.grantInvoke('app', app);
      new TerraformOutput(this, name, { value: endpoint.address, staticId: true });
    }
  }
}
