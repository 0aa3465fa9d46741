import { AzureError } from './azure-error';
import { parseArmId } from '../../text/arm-id';
import type { FaultName, Write } from './faults';

type Refusal = readonly [status: number, code: string, reason: (write: Write) => string];

/**
 * How Azure words the refusals that faults play: status, code and message. Sources: Microsoft Learn, pages on Azure
 * Resource Manager errors, RBAC troubleshooting and Azure OpenAI quota, and errors quoted in issues of
 * hashicorp/terraform-provider-azurerm; read 2026-11.
 */
const refusals: Partial<Readonly<Record<FaultName, Refusal>>> = {
  conflict: [
    409,
    'RequestConflict',
    ({ id }) => `Another operation is being performed on the resource '${id}'. Please try again later.`,
  ],
  throttle: [429, 'TooManyRequests', () => 'The request is being throttled. Retry-After: 17 seconds.'],
  'server-error': [
    500,
    'InternalServerError',
    () => 'An error occurred while processing the request. Please try again.',
  ],
  'insufficient-quota': [
    400,
    'InsufficientQuota',
    () =>
      'This operation requires more capacity than the quota of this subscription, region and model has available. ' +
      'Ask for a quota increase, choose a smaller capacity, or another region.',
  ],
  'region-not-available': [
    400,
    'LocationNotAvailableForResourceType',
    ({ id }) =>
      `The provided location is not available for resource type '${parseArmId(id)?.type ?? id}'. ` +
      "List of available regions for the resource type is 'eastus2,francecentral,westus3'.",
  ],
  'model-not-available': [
    400,
    'DeploymentModelNotSupported',
    ({ id }) =>
      `The model of the deployment '${id}' is not available in this region or its version is retired.`,
  ],
  'role-lag': [
    403,
    'AuthorizationFailed',
    ({ id, action }) =>
      `The client does not have authorization to perform action '${parseArmId(id)?.type ?? id}/${verbs[action]}' over ` +
      `scope '${id}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  ],
  'endpoint-lag': [
    400,
    'AccountProvisioningStateInvalid',
    ({ id }) =>
      `Call to Microsoft.CognitiveServices/accounts failed: the account is in state Accepted. Private endpoint: '${id}'.`,
  ],
};

const verbs = { create: 'write', update: 'write', delete: 'delete' } as const;

/** The refusal with which Azure answers a write that a fault strikes; undefined for faults that are no refusal. */
export function refusalOf(fault: FaultName, write: Write): AzureError | undefined {
  const refusal = refusals[fault];
  return refusal && new AzureError(refusal[0], refusal[1], refusal[2](write));
}
