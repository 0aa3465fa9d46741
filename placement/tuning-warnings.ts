import type { Warning } from './decision';
import { usd } from './figures';
import { hoursPerMonth } from './needs';
import type { Setting } from './setting';
import { baseRetirement, isToBeTuned, planOf } from './tuning';
import type { Member, SizedUnit } from './units';

/** What is deployed where a tuned model is wanted that is not there yet, and which tuned models lose their base. */
export function tuningWarnings({ unit, members }: SizedUnit, setting: Setting): Warning[] {
  const said = members.flatMap(member => [...untuned(member, setting), ...losesBase(member, setting)]);
  return said.map(warning => ({ subject: unit.id, ...warning }));
}

type Said = Omit<Warning, 'subject'>;

function untuned({ workload, offer }: Member, setting: Setting): Said[] {
  if (!isToBeTuned(workload)) return [];
  const { name } = workload;
  const what = `${name} gets ${offer.model} ${offer.version} as it is, and is priced as if it were tuned`;
  if (!offer.class.hosted)
    return [{ rule: 'untuned', message: `${what}; tune it, and name the file by weights` }];
  const fee = (setting.environment.azure?.fineTunedUsdPerHour ?? 0) * hoursPerMonth;
  const steps = planOf(workload)
    ? `berth tune start ${name} trains it, berth tune register ${name} writes the tuned model into the environment, and the next place deploys that`
    : `fineTuning true does not say with which file: write ${planLine(offer)}, and berth tune start ${name} trains it`;
  const unpaid = fee > 0 ? `; until then ${usd(fee)} a month less is paid` : '';
  return [{ rule: 'untuned', message: `${what}; ${steps}${unpaid}` }];
}

function planLine({ class: { facts }, version }: Member['offer']): string {
  return `fineTuning: { base: { model: ${facts.name}, version: '${version}' }, trainingFile: <file>.jsonl }`;
}

function losesBase({ offer }: Member, setting: Setting): Said[] {
  const { tuned, hosted } = offer.class;
  const message = tuned && hosted && baseRetirement(tuned, hosted, setting);
  return message === undefined ? [] : [{ rule: 'base-retirement', message }];
}
