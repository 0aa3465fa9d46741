import type { Workload } from '../../config/environment';
import { billingKey } from '../billing';
import { groupBy } from '../group-by';
import type { Market } from '../market';
import type { PoolOffer } from '../size-machines';
import type { Offer, Setting } from '../types';
import { addHostedSeats } from './hosted-seats';
import { JointProblem } from './joint-problem';
import { addMachineSeats } from './machine-seats';
import type { Part } from './parts';

/** The problem of placing these workloads together, over everything that no rule forbids. */
export function jointProblem(market: Market, workloads: readonly Workload[], setting: Setting): JointProblem {
  const joint = new JointProblem(workloads, setting);
  const guests = new Map<readonly Offer[], Set<Workload>>();
  for (const workload of workloads) {
    const passing = market.passing(workload);
    addHostedSeats(joint, workload, passing);
    for (const { offers } of passing)
      guests.set(offers, (guests.get(offers) ?? new Set<Workload>()).add(workload));
  }
  const parts = [...guests].flatMap(([offers, own]): Part[] => {
    const machines = offers.filter(isPoolOffer);
    return machines.length > 0 ? [{ offers: machines, guests: own }] : [];
  });
  for (const there of groupBy(parts, placeOf).values()) addMachineSeats(joint, there);
  return joint;
}

function isPoolOffer(offer: Offer): offer is PoolOffer {
  return offer.venue !== 'hosted';
}

/** Parts of one place can share machines; a managed endpoint serves one model alone. */
function placeOf({ offers: [offer] }: Part): string {
  if (!offer) return '';
  const { venue, provider, location, hardware } = offer;
  switch (offer.venue) {
    case 'catalog':
      return `${venue}/${location}/${offer.model}`;
    case 'vm':
      return `${venue}/${provider}/${location}/${hardware.arch}/${hardware.kind}/${billingKey(offer.billing)}`;
    case 'edge':
      return `${venue}/${offer.device}`;
  }
}
