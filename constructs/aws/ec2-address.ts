import type { EndpointAddress } from '../endpoint-address';
import type { SecretNames } from '../host/engine';
import { endpointAddress } from '../host/host-endpoint';
import type { ServingAttributes } from '../host/host-props';

/** Names of a host's secrets. */
export const secretNames = (host: string): SecretNames => ({
  apiKey: `berth/${host}/api-key`,
  tls: `berth/${host}/tls`,
  certificate: `berth/${host}/certificate`,
});

/**
 * Address of a model on an EC2 host. It needs no aws-cdk-lib, so that stacks of Terraform list it too.
 * @param address name of the host in its private zone
 * @throws ConstructError naming the served models when the host serves no model of this name
 */
export function ec2Address(
  { name, port, models }: ServingAttributes,
  address: string,
  model: string,
): EndpointAddress {
  const keySource = `secretsmanager:${secretNames(name).apiKey}`;
  return endpointAddress({ unit: name, address, port, models, keySource }, model);
}
