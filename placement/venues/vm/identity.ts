import type { PricedMachine } from '../../../catalog';
import { billingKey } from '../../billing';
import type { Billing } from '../../billing';
import { slug } from '../../offer';
import type { Identity } from '../../offer';
import type { FileOffer } from '../../pools/served-models';

/** Weights on virtual machines of Azure or AWS. */
export interface MachineOffer extends FileOffer {
  readonly venue: 'vm';
  readonly provider: 'azure' | 'aws';
  readonly machine: PricedMachine;
  readonly billing: Billing;
}

/** Machines of one size, place and way of paying may be one pool, whatever weights they load. */
export function identityOf(
  provider: 'azure' | 'aws',
  sku: string,
  location: string,
  paid: Billing,
): Identity {
  const billing = billingKey(paid);
  return {
    unitKey: `vm/${provider}/${sku}/${location}/${billing}`,
    unitId: slug(`${provider}-${sku}-${location}-${billing}`),
    device: '',
    billing,
  };
}
