import type { Environment } from '../../../config/environment';
import { identityOf } from './offers';
import type { HostedUnit } from './to-unit';

/** Deployments that stand beside a unit on its account, as the environment states them. */
export function besideOf(
  { id, sku, location }: Pick<HostedUnit, 'id' | 'sku' | 'location'>,
  { hostedDeployments }: Environment,
) {
  return Object.entries(hostedDeployments?.[id]?.deployments ?? {}).map(
    ([name, { model, version, format }]) => ({
      id: name,
      offer: identityOf({ model, version }, sku, location).unitKey,
      model,
      version,
      format,
    }),
  );
}
