import { slug } from '../../offer';
import type { Identity } from '../../offer';
import type { PoolOffer } from '../../pools/pool-offer';

/** A registry model on instances of a managed online endpoint. */
export interface CatalogOffer extends PoolOffer {
  readonly venue: 'catalog';
  readonly provider: 'azure';
  readonly assetId: string;
}

/** A managed endpoint serves one model alone. */
export function identityOf(model: string, sku: string, location: string): Identity {
  return {
    unitKey: `catalog/${model}/${sku}/${location}`,
    unitId: slug(`${model}-${sku}-${location}`),
    device: '',
    billing: '',
  };
}
