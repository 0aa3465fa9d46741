import { AzureError } from './azure-error';
import type { Operation } from './simulated-azure';

/** A failure to play, by name. Without `nth` it hits the first write that it can hit. */
export interface Fault {
  readonly name: FaultName;
  /**
   * ARM id or Terraform type; `*` matches any run of characters.
   * @default - the types that the failure belongs to: deployments for quota and models, role assignments,
   * private endpoints, and otherwise every resource
   */
  readonly resource?: string;
  /** The n-th apply operation that matches `resource`, counted from 1. @default 1 */
  readonly nth?: number;
  /** How many matching operations in a row fail. @default 1 */
  readonly times?: number;
}

/** The failures that can be played. */
export const FAULT_NAMES = [
  'conflict',
  'throttle',
  'server-error',
  'timeout',
  'insufficient-quota',
  'model-not-available',
  'role-lag',
  'endpoint-lag',
  'answer-lost',
  'provider-dies',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** A write as the faults see it. */
export type Write = Pick<Operation, 'action' | 'type' | 'id'>;

const HOME: Partial<Readonly<Record<FaultName, string>>> = {
  'insufficient-quota': 'azurerm_cognitive_deployment',
  'model-not-available': 'azurerm_cognitive_deployment',
  'role-lag': 'azurerm_role_assignment',
  'endpoint-lag': 'azurerm_private_endpoint',
};

/** Counts the writes that each fault watches and says when one strikes. */
export class Faults {
  private readonly seen = new Map<Fault, number>();

  constructor(private readonly faults: readonly Fault[]) {}

  /** The fault that strikes this write; undefined when it goes well. */
  strike(write: Write): FaultName | undefined {
    let struck: FaultName | undefined;
    for (const fault of this.faults) {
      if (!matches(fault.resource ?? HOME[fault.name] ?? '*', write)) continue;
      const count = (this.seen.get(fault) ?? 0) + 1;
      this.seen.set(fault, count);
      const first = fault.nth ?? 1;
      if (count >= first && count < first + (fault.times ?? 1)) struck ??= fault.name;
    }
    return struck;
  }
}

function matches(pattern: string, { type, id }: Write): boolean {
  const quoted = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const glob = new RegExp(`^${quoted}$`, 'i');
  return glob.test(type) || glob.test(id);
}

/** The refusal with which Azure answers a write that a fault strikes; undefined for faults that are no refusal. */
export function refusalOf(fault: FaultName, { id, action }: Write): AzureError | undefined {
  const refusals: Partial<Record<FaultName, readonly [number, string, string]>> = {
    conflict: [
      409,
      'RequestConflict',
      `Another operation is being performed on the resource '${id}'. Please try again later.`,
    ],
    throttle: [429, 'TooManyRequests', 'The request is being throttled. Retry-After: 17 seconds.'],
    'server-error': [
      500,
      'InternalServerError',
      'An error occurred while processing the request. Please try again.',
    ],
    'insufficient-quota': [
      400,
      'InsufficientQuota',
      'This operation requires more capacity than the quota of this subscription, region and model has available. ' +
        'Ask for a quota increase, choose a smaller capacity, or another region.',
    ],
    'model-not-available': [
      400,
      'DeploymentModelNotSupported',
      `The model of the deployment '${id}' is not available in this region or its version is retired.`,
    ],
    'role-lag': [
      403,
      'AuthorizationFailed',
      `The client does not have authorization to ${action} '${id}'. If access was recently granted, wait a few minutes and run again.`,
    ],
    'endpoint-lag': [
      400,
      'AccountProvisioningStateInvalid',
      `Call to Microsoft.CognitiveServices/accounts failed: the account is in state Accepted. Private endpoint: '${id}'.`,
    ],
  };
  const refusal = refusals[fault];
  return refusal && new AzureError(...refusal);
}
