import type { DeploymentSku, HostedModel } from '../../../catalog';
import { slug } from '../../offer';
import type { Identity, Offer } from '../../offer';

/** A model version as a deployment of one SKU on the Foundry account of one location. */
export interface HostedOffer extends Offer {
  readonly venue: 'hosted';
  readonly provider: 'azure';
  readonly sku: DeploymentSku;
  readonly hosted: HostedModel;
}

/** One deployment serves all workloads on it. */
export function identityOf({ name, version }: HostedModel, sku: string, location: string): Identity {
  return {
    unitKey: `hosted/${name}/${version}/${sku}/${location}`,
    unitId: slug(`${name}-${version}-${sku}-${location}`),
    device: '',
    billing: '',
  };
}
