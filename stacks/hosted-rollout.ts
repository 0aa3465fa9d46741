import type { Environment, HostedUnit } from '../config';
import type { EndpointAddress } from '../constructs';
import { placed } from '../limits/traffic';

/**
 * What the environment states beside a hosted unit, as units of the same account and SKU.
 * @param units all that stand: a deployment that the decision has taken over is one of them, and beside nothing any more
 */
export function besidesOf(
  unit: HostedUnit,
  { hostedDeployments }: Environment,
  units: readonly HostedUnit[],
): HostedUnit[] {
  const besides = Object.entries(hostedDeployments?.[unit.id]?.deployments ?? {}).map(
    ([id, { capacity = unit.capacity, ...model }]): HostedUnit => ({
      ...unit,
      ...{ id, model: model.model, version: model.version, format: model.format, capacity },
    }),
  );
  const isTakenOver = ({ id, model, location }: HostedUnit): boolean =>
    units.some(each => each.id === id && each.model === model && each.location === location);
  return besides.filter(beside => !isTakenOver(beside));
}

/** The address of a deployment with what the environment says of sharing its requests: who reads `model` alone asks the one with the most. */
export function sharedAddress(
  address: EndpointAddress,
  traffic: Readonly<Record<string, number>> | undefined,
): EndpointAddress {
  const asked = Object.entries(traffic ?? {})
    .filter(([, percent]) => percent > 0)
    .map(([name, percent]) => [name === placed ? address.model : name, percent] as const)
    .toSorted(
      ([a, most], [b, other]) => other - most || Number(b === address.model) - Number(a === address.model),
    );
  const [first] = asked;
  if (!first) return address;
  const shares = asked.length > 1 ? { shares: Object.fromEntries(asked) } : {};
  return { ...address, model: first[0], ...shares };
}
