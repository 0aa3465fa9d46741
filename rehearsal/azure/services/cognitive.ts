import { parseArmId } from '../../../text/arm-id';
import { AzureError } from '../azure-error';
import type { Store } from '../store';
import { valueAt } from './arm-view';
import type { ArmView } from './arm-view';
import type { ServiceRules } from './service';

/** Policies that every account has. Source: Microsoft Learn, "Azure OpenAI content filtering", read 2026-11. */
const ownPolicies = /^Microsoft\.(Default|DefaultV2|Nil)$/i;

/**
 * Microsoft.CognitiveServices. Sources: Microsoft Learn, "Configure Azure AI services virtual networks" (network rules need a custom subdomain) and
 * "Manage traffic with spillover for provisioned deployments", read 2026-11.
 */
export const cognitive: readonly ServiceRules[] = [
  { armType: 'microsoft.cognitiveservices/accounts', checkWrite: checkSubdomain },
  { armType: 'microsoft.cognitiveservices/accounts/deployments', checkWrite: checkDeployment },
];

function checkSubdomain(_: Store, { id, properties }: ArmView): void {
  const acls = valueAt(properties, 'networkAcls.defaultAction');
  if (acls === null || (properties['customSubDomainName'] ?? null) !== null) return;
  throw new AzureError(
    400,
    'CustomSubDomainNameRequired',
    `The account '${parseArmId(id)?.name}' has network rules, which need a custom subdomain name.`,
  );
}

function checkDeployment(store: Store, { id, properties }: ArmView): void {
  const account = parseArmId(id)?.parent ?? '';
  const named = [
    ['spilloverDeploymentName', 'deployments'],
    ['raiPolicyName', 'raiPolicies'],
  ] as const;
  for (const [property, collection] of named) {
    const name = properties[property];
    if (typeof name !== 'string' || name === '' || ownPolicies.test(name)) continue;
    if (store.get(`${account}/${collection}/${name}`)) continue;
    throw new AzureError(
      400,
      'InvalidResourceProperties',
      `The ${property} '${name}' of the deployment '${id}' does not exist on its account.`,
    );
  }
}
