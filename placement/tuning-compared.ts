import type { Workload } from '../config/environment';
import type { Candidate } from './candidate';
import type { CandidateGroup } from './evaluate';
import { round, usd } from './figures';
import { billedTokens, isToBeTuned, planOf, trainingCostOf } from './tuning';
import type { Setting } from './setting';
import type { Reason } from './verdict';

/** What a step of training takes, in passes over the same tokens as a prompt: one forward, and about two back. */
const passesOfTraining = 3;

/** How a small model is trained, and the other way to tune: a small model on a machine of ours, or a model of the service. */
export function tuningCompared(
  chosen: Pick<Candidate, 'offer' | 'size'>,
  workload: Workload,
  others: readonly CandidateGroup[],
  setting: Setting,
): Reason[] {
  const plan = planOf(workload);
  if (!plan || !isToBeTuned(workload)) return [];
  const here = chosen.offer.class.place.tuning;
  const own = here === 'files' ? ownTraining(chosen, workload) : undefined;
  const training: Reason[] = own === undefined ? [] : [{ rule: 'training', message: own, estimated: true }];
  const there = here === 'service' ? 'files' : 'service';
  const [best] = others
    .flatMap(({ feasible }) => feasible.slice(0, 1))
    .filter(({ offer }) => offer.class.place.tuning === there)
    .toSorted((a, b) => (a.size.monthlyUsd ?? Infinity) - (b.size.monthlyUsd ?? Infinity));
  const what = there === 'files' ? 'a small model on a machine of ours' : 'a model that Azure tunes';
  if (!best) {
    const why = plan.base
      ? `fineTuning.base names ${plan.base.model}; leave it out to compare`
      : 'none is known to meet every requirement';
    return [...training, { rule: 'tuned-instead', message: `${what} is not compared, because ${why}` }];
  }
  const { offer, size } = best;
  const instead =
    there === 'files'
      ? ownTraining(best, workload)
      : trainingCostOf(workload, offer.class.facts.name, setting)?.says;
  return [
    ...training,
    {
      rule: 'tuned-instead',
      message: `${what} instead, ${offer.model} on ${offer.class.place.name}, is ${usd(size.monthlyUsd ?? 0)} a month${instead === undefined ? '' : `, and ${instead}`}`,
      estimated: true,
    },
  ];
}

/** How long the machine that would serve it trains, from the speed at which it reads prompts. */
function ownTraining(
  { size, offer }: Pick<Candidate, 'offer' | 'size'>,
  workload: Workload,
): string | undefined {
  const plan = planOf(workload);
  const tokens = plan ? billedTokens(plan) : null;
  if (tokens === null)
    return 'how long its training takes is unknown; fineTuning.trainingTokens would say it';
  const speed = size.pool?.figures?.workloads[workload.name]?.promptTokensPerSecond;
  if (speed === undefined) return undefined;
  const hours = (tokens * passesOfTraining) / speed / 3600;
  const perHour = size.prices?.per === 'hour' ? size.prices.usd : undefined;
  const cost = perHour === undefined ? '' : `, ${usd(hours * perHour)}`;
  return `its training takes about ${round(hours)} h on one ${offer.sku}${cost}, estimated from ${passesOfTraining} times the ${round(speed)} tokens a second that it reads`;
}
