import { parseEnvironment } from '../../config';
import type { Decision } from '../../config';
import { evaluate } from '../../placement/evaluate';
import { Market } from '../../placement/market';
import { allOffers } from '../../placement/venues';
import { allRules } from '../../placement/rules';
import type { Setting } from '../../placement/setting';
import { unitOf } from '../../placement/units';
import { synthesise } from './synthesis';
import { asOf } from './trial';
import type { Trial } from './trial';

/** Synthesises what is cheapest for the first workload of a trial once a rule is gone. @throws what a construct refuses */
export function synthesiseWithout(rule: string, { name, input, catalog }: Trial): void {
  const environment = parseEnvironment(input, name);
  const requirements = allRules.requirements.filter(({ id }) => id !== rule);
  const setting: Setting = { environment, catalog, asOf, rules: { ...allRules, requirements } };
  const [workload] = environment.workloads;
  if (!workload) throw new Error(`${name} has no workload`);
  const feasible = evaluate(new Market(allOffers(setting), setting), workload).flatMap(
    group => group.feasible,
  );
  const best = feasible.toSorted((a, b) => (a.size.monthlyUsd ?? 0) - (b.size.monthlyUsd ?? 0))[0];
  if (!best) throw new Error(`${name}: nothing serves ${workload.name}, with ${rule} or without`);
  const { offer, size } = best;
  const unit = unitOf(workload.name, [{ workload, offer }], size);
  const placement = {
    workload: workload.name,
    unit: unit.id,
    venue: unit.venue,
    model: offer.model,
    monthlyUsd: unit.monthlyUsd,
    reasons: [],
    alternatives: [],
  };
  const decision: Decision = {
    environment: environment.name,
    asOf,
    monthlyUsd: unit.monthlyUsd,
    units: [unit],
    placements: [placement],
    warnings: [],
  };
  synthesise(environment, decision);
}
