/**
 * Most capacity of one deployment: thousands of tokens a minute, or provisioned units. Azure's own limit is the quota of the
 * subscription; beyond this it is a slip.
 */
export const deploymentCapacity = 1_000_000;

/** Most instances of a managed online endpoint, which is the default limit of a deployment. https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas#azure-machine-learning-online-endpoints-and-batch-endpoints */
export const endpointInstances = 50;

/**
 * Whether a deployment of a publisher's models itself accepts its terms (`modelProviderData`), which is for a person to say.
 * @param format as the account names the publisher, such as `OpenAI`
 */
export function acceptsTermsByDeploying(format: string): boolean {
  return format === 'Anthropic';
}
