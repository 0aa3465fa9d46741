import { hostOf } from '../config';
import type { Decision, Environment, HostAddresses, MachineUnit, Unit } from '../config';
import { ec2Address } from '../constructs/aws/ec2-address';
import { directoryKeys } from './model-directory';
import type { ModelDirectory } from './model-directory';
import { namesOf } from './naming';

/** Whether a unit is deployed by the CloudFormation app. */
export function isOnAws(unit: Unit): unit is MachineUnit {
  return unit.provider === 'aws';
}

/**
 * Addresses of the workloads on AWS, for the Terraform side, which does not load aws-cdk-lib. The stack of the
 * CloudFormation app makes the very same ones; a test holds the two against each other.
 */
export function awsDirectory(
  environment: Environment,
  decision: Decision,
  hosts?: HostAddresses,
): ModelDirectory {
  const names = namesOf(environment);
  const entries = decision.placements.flatMap(({ workload, unit: id, model }) => {
    const unit = decision.units.find(each => each.id === id);
    if (!unit || !isOnAws(unit)) return [];
    const host = names.host(hostOf(unit.id, hosts));
    const listed = { name: host, models: unit.serves };
    const address = ec2Address(listed, `${host}.${names.hostsZone}`, model);
    return directoryKeys(environment, workload).map(key => [key, address] as const);
  });
  return Object.fromEntries(entries);
}
