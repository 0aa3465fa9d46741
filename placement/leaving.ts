import type { Assignment } from './candidate';
import type { Leaving } from './decision';
import { candidateOf } from './evaluate';
import { holds } from './incumbents';
import type { Market } from './market';

/** What keeps a workload from staying on the unit that serves it; undefined where it stays there, or could. */
export function leavingOf(member: Assignment, market: Market): Leaving | undefined {
  const { setting } = market;
  const { incumbents } = setting;
  const { workload } = member;
  const own = incumbents?.unitOf(workload);
  if (!own || incumbents?.isOn(member)) return undefined;
  const models = own.placements.map(({ model }) => model);
  const offer = market
    .judged(workload)
    .flatMap(({ ranked }) => ranked)
    .find(each => models.includes(each.offer.model) && holds(own, each.offer))?.offer;
  const unit = own.unit.id;
  if (!offer) return { unit, because: [{ rule: 'offer', message: 'it is offered no more' }] };
  const { feasible, verdicts } = candidateOf(offer, workload, setting);
  if (feasible) return undefined;
  const broken = verdicts.filter(({ verdict }) => verdict !== 'pass');
  return { unit, because: broken.map(({ rule, message }) => ({ rule, message })) };
}
