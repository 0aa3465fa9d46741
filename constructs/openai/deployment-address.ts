import type { EndpointAddress } from '../endpoint-address';
import type { IDeploymentAccount } from './deployment-account';

/** How the deployments of an account are reached, whatever they run on. */
export function addressOf(deployment: {
  readonly account: Pick<IDeploymentAccount, 'customSubdomainName'>;
  readonly name: string;
  readonly api: EndpointAddress['api'];
}): EndpointAddress {
  const { customSubdomainName: subdomain } = deployment.account;
  return {
    api: deployment.api,
    baseUrl:
      deployment.api === 'anthropic-messages'
        ? `https://${subdomain}.services.ai.azure.com/anthropic`
        : `https://${subdomain}.openai.azure.com/openai/v1`,
    model: deployment.name,
    auth: 'entra-id',
    audience: 'https://cognitiveservices.azure.com/.default',
  };
}
