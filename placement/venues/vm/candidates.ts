import { hourlyPrice } from '../../pools/hourly-price';
import { poolCandidates } from '../../pools/pool-candidates';
import type { Candidates } from '../venue';
import type { MachineOffer } from './identity';

export const candidates: Candidates<MachineOffer> = {
  ...poolCandidates<MachineOffer>((offer, count, monthlyUsd) =>
    hourlyPrice(offer, count, monthlyUsd, offer.billing.kind === 'spot'),
  ),
  lacksSpotPrice: ({ machine }) => machine.spotUsdPerHour === null,
};
