import type { Environment } from '../config/environment';
import type { AcceleratorType } from '../limits/managed-compute';

/** Accelerators of managed compute that the subscription may use in a location; undefined is unknown. */
export function acceleratorQuota(
  { azure }: Pick<Environment, 'azure'>,
  acceleratorType: AcceleratorType,
  location: string,
): number | undefined {
  return azure?.managedCompute?.quotas.find(
    quota => quota.acceleratorType === acceleratorType && quota.location === location,
  )?.accelerators;
}
