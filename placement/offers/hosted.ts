import type { DeploymentSku, HostedModel } from '../../catalog';
import type { HostedOffer, Setting } from '../types';

const skus: readonly DeploymentSku[] = [
  'GlobalStandard',
  'DataZoneStandard',
  'Standard',
  'GlobalProvisionedManaged',
  'DataZoneProvisionedManaged',
  'ProvisionedManaged',
];
/** Offered only where a workload may wait: to any other they would be judged for nothing. */
const batchSkus: readonly DeploymentSku[] = ['GlobalBatch', 'DataZoneBatch'];

/**
 * Every model version in every deployment SKU that a location of the environment sells. A version that none sells is
 * offered once all the same, so that the explanation says why it is not taken.
 */
export function hostedOffers({ environment, catalog }: Setting): HostedOffer[] {
  const locations = environment.azure?.locations ?? [];
  const deferrable = environment.workloads.some(({ traffic }) => traffic.deferrable);
  const offered = deferrable ? [...skus, ...batchSkus] : skus;
  return catalog.hostedModels.flatMap(hosted => {
    const sold = locations.flatMap(location =>
      offered
        .filter(sku => hosted.regions?.[sku]?.includes(location))
        .map(sku => offer(hosted, sku, location)),
    );
    return sold.length > 0
      ? sold
      : locations.slice(0, 1).map(location => offer(hosted, 'GlobalStandard', location));
  });
}

function offer(hosted: HostedModel, sku: DeploymentSku, location: string): HostedOffer {
  return {
    venue: 'hosted',
    provider: 'azure',
    model: hosted.name,
    version: hosted.version,
    sku,
    location,
    hosted,
  };
}
