import type { Workload } from '../../config/environment';
import type { Market } from '../market';
import type { Offer } from '../offer';
import type { Setting } from '../setting';
import { venues } from '../venues';
import type { VenueDefinition } from '../venues/venue';
import { JointProblem } from './joint-problem';

/**
 * The problem of placing these workloads together, over everything that no rule forbids.
 * @param spentUsd what of the budget others take, USD a month. @default 0
 */
export function jointProblem(
  market: Market,
  workloads: readonly Workload[],
  setting: Setting,
  spentUsd = 0,
): JointProblem {
  const joint = new JointProblem(workloads, setting, spentUsd);
  const passing = new Map(workloads.map(workload => [workload, market.passing(workload)]));
  for (const venue of Object.values<VenueDefinition>(venues)) {
    const here = [...passing].map(([workload, classes]): [Workload, (readonly Offer[])[]] => [
      workload,
      classes.filter(each => each.class.venue === venue.name).map(({ offers }) => offers),
    ]);
    venue.candidates.join(joint, new Map(here));
  }
  return joint;
}
