import { leastMachines } from '../../sizing';
import type { Hardware } from '../../sizing';
import type { Quantisation } from '../../catalog';
import type { Workload } from '../../config/environment';
import type { Assignment } from '../candidate';
import { cents } from '../figures';
import { groupBy } from '../collections';
import type { Candidates, LeastUsd, Passing } from '../venues/venue';
import { withoutBeatenMachines } from './machine-dominance';
import type { PoolOffer } from './pool-offer';
import { addMachineCandidates } from './machine-candidates';
import { demandOf, sizeMachines } from './size-pool';
import type { PriceVerdict } from './size-pool';
import type { Part } from './weights-dominance';

/** Candidates of a venue whose offers are weights on machines. @param priceVerdict what its machines cost, in a sentence */
export function poolCandidates<O extends PoolOffer>(priceVerdict: PriceVerdict<O>): Candidates<O> {
  return {
    size: (assignments, setting, recorded) => sizeMachines(assignments, setting, priceVerdict, recorded),
    leastUsd: ({ terms: { usdPerMachine } }) => (usdPerMachine === null ? Infinity : cents(usdPerMachine)),
    leastUsdFor,
    isPerToken: () => false,
    lacksSpotPrice: () => false,
    worthSizing: withoutBeatenMachines,
    join: (joint, passing) => {
      const sizeAlone = (assignment: Assignment<O>) =>
        sizeMachines([assignment], joint.setting, priceVerdict);
      for (const there of groupBy(partsOf<O>(passing), ({ offers }) => offers[0]?.terms.place ?? '').values())
        addMachineCandidates<O>(joint, there, sizeAlone);
    },
  };
}

/**
 * What offers cost at the least for one workload, which may need more than one machine, before they are sized. The same
 * weights on the same machine are the same in every region and way of paying.
 */
function leastUsdFor(workload: Workload): LeastUsd<PoolOffer> {
  const known = new Map<Hardware, Map<Quantisation, number>>();
  return {
    of: (offer, usdOfOne) => {
      const { hardware, quantisation } = offer;
      const own = known.get(hardware) ?? new Map<Quantisation, number>();
      known.set(hardware, own);
      const least = own.get(quantisation) ?? leastMachines(hardware, demandOf({ workload, offer }));
      own.set(quantisation, least);
      return cents(usdOfOne * least);
    },
  };
}

function partsOf<O extends PoolOffer>(passing: Passing<O>): Part<O>[] {
  const allowed = new Map<readonly O[], Set<Workload>>();
  for (const [workload, classes] of passing)
    for (const offers of classes)
      allowed.set(offers, (allowed.get(offers) ?? new Set<Workload>()).add(workload));
  return [...allowed].map(([offers, own]) => ({ offers, allowed: own }));
}
