import type { Environment, Workload } from '../config/environment';
import type { Candidate } from './candidate';
import { compare } from './collections';
import { compareMisses, evaluate } from './evaluate';
import type { CandidateGroup } from './evaluate';
import type { OnlyLacking } from './decision';
import { usd } from './figures';
import { cheapestLacking } from './lacking';
import type { Market } from './market';
import type { Setting } from './setting';
import type { Infeasible } from './solver/problem';
import type { Unit } from './venues';
import type { Verdict } from './verdict';
import { hostLimits } from '../limits/host';
import { roomProblem } from '../limits/network';
import { BerthError } from '../text/berth-error';

/** One workload that nothing can serve, and what came nearest. */
export interface Unplaceable {
  /** Name of the workload. */
  readonly workload: string;
  /** What the workload is pinned to, in words; undefined without a pin. */
  readonly pin: string | undefined;
  /** What came nearest, the nearest first. */
  readonly misses: readonly NearMiss[];
  /** The requirement that alone keeps out the cheapest place, and which; undefined where several always do. */
  readonly decides?: string | undefined;
  /** The cheapest place that only lacks what the team could state, with the lines. */
  readonly lacking?: string;
}

/** An offer that breaks few rules. */
export interface NearMiss {
  /** Name of the model. */
  readonly model: string;
  /** Where it would run, in words. */
  readonly place: string;
  /** What it breaks, each with its rule. */
  readonly because: readonly string[];
}

/** Workloads that nothing can serve, or that cannot be served together. */
export class PlacementError extends BerthError {
  readonly kind = 'infeasible';

  constructor(
    message: string,
    readonly unplaceable: readonly Unplaceable[] = [],
    /** Names of those that have no place, or none together. */
    readonly workloads: readonly string[] = unplaceable.map(({ workload }) => workload),
  ) {
    super(message);
  }
}

/** Some workloads that nothing can serve, each with what came nearest. */
export function nothingServes(workloads: readonly Workload[], market: Market): PlacementError {
  return placementError(
    market.setting.environment.name,
    workloads.map(workload => unplaceable(workload, evaluate(market, workload), market)),
  );
}

/** Why no placement serves all workloads together. */
export function infeasibleError(infeasible: Infeasible, market: Market): PlacementError {
  const { name, workloads } = market.setting.environment;
  const isAlone = infeasible.cause === 'limits' && infeasible.workloads.length === 1;
  if (infeasible.cause === 'no-candidate' || isAlone) {
    const unserved = workloads.filter(workload => infeasible.workloads.includes(workload.name));
    return nothingServes(
      unserved.toSorted((a, b) => compare(a.name, b.name)),
      market,
    );
  }
  if (infeasible.cause === 'limits') {
    const all = `${name}: ${infeasible.workloads.join(', ')}: each can be served alone, but`;
    return new PlacementError(
      infeasible.proven
        ? `${all} not all together: a device's memory, its time, the ${hostLimits.models} models that it serves at most, or a quota is too small for those that need it`
        : `${all} no way to serve all together was found before the limit of the search: allow more --nodes, or enlarge the quotas and devices that they share`,
      [],
      infeasible.workloads,
    );
  }
  const { budgetUsd, cheapest, dearest, proven } = infeasible;
  const lacking = dearest.slice(0, 3).flatMap(each => {
    const workload = workloads.find(({ name: own }) => own === each.workload);
    const found = workload && cheapestLacking(market, workload, each.usd);
    return found ? [`  ${each.workload}: ${lackingLine(found)}`] : [];
  });
  const named = dearest
    .slice(0, 3)
    .map(each => `${each.workload} ${usd(each.usd)}`)
    .join(', ');
  const needed = proven
    ? `at least ${usd(cheapest.usd)} a month is needed`
    : `the cheapest placement found costs ${usd(cheapest.usd)} a month, and none is proven to cost less than ${usd(cheapest.bound)}`;
  return new PlacementError(
    `${name}: budget.monthlyUsd: ${needed}, got ${usd(budgetUsd)}, ${usd(cheapest.usd - budgetUsd)} too little; the dearest are ${named}: raise the budget or relax what they require${lacking.length > 0 ? `; what is cheaper and only lacks evidence:\n${lacking.join('\n')}` : ''}`,
  );
}

/** Refuses machines that the network has no addresses for. @throws {PlacementError} */
export function requireRoom({ name, azure }: Environment, units: readonly Unit[]): void {
  const problem = roomProblem(azure, units);
  if (problem !== undefined) throw new PlacementError(`${name}: ${problem}`);
}

/** A place that only lacks what the team could state, with the lines. */
function lackingLine({ model, place, monthlyUsd, savesUsd, lacks }: OnlyLacking): string {
  const saving = Number.isFinite(savesUsd) ? `, would save ${usd(savesUsd)}` : '';
  const lines = lacks.map(({ key, line }) => `in ${key}: ${line}`).join('; ');
  return `${model} on ${place} costs ${usd(monthlyUsd)}${saving} and only lacks, ${lines}`;
}

const missesShown = 3;

/** Rules that no other size, price or file mends: what breaks one of them is no near miss. */
const placeRules = [
  'pin',
  'base-model',
  'tuned-model',
  'kind',
  'residency',
  'cloud',
  'network',
  'connectivity',
  'site',
  'tenancy',
  'operations',
];

function unplaceable(workload: Workload, groups: readonly CandidateGroup[], market: Market): Unplaceable {
  const { name, pin } = workload;
  const all = groups.map(({ nearest }) => nearest).toSorted(compareNearness);
  const pinned = all.filter(({ verdicts }) => !verdicts.some(isExcluded));
  const shown = pinned.length > 0 ? pinned : all;
  const lacking = cheapestLacking(market, workload, Infinity);
  return {
    workload: name,
    pin: pin && pinText(pin),
    misses: shown.slice(0, missesShown).map(toMiss),
    decides: decidingText(shown, market.setting),
    ...(lacking ? { lacking: lackingLine(lacking) } : {}),
  };
}

/** What breaks one requirement alone says which one decides. */
function decidingText(all: readonly Candidate[], { asOf, catalog }: Setting): string | undefined {
  const alone = all.flatMap(candidate => {
    const missing = new Set(
      candidate.verdicts.filter(({ verdict }) => verdict !== 'pass').map(({ rule }) => rule),
    );
    const [rule] = missing;
    return missing.size === 1 && rule !== undefined ? [{ rule, candidate }] : [];
  });
  const [first] = alone.toSorted(
    (a, b) =>
      compare(tooPoor(a.candidate), tooPoor(b.candidate)) ||
      compare(costOf(a.candidate), costOf(b.candidate)),
  );
  const isNear = (each: Candidate): boolean => misplaced(each) + tooPoor(each) === 0;
  if (!first || (tooPoor(first.candidate) > 0 && all.some(isNear))) return undefined;
  const { offer, size } = first.candidate;
  const gone = ['lifecycle', 'retirement'].includes(first.rule)
    ? `what could serve it is gone by ${asOf} or soon after, and the tables, of ${catalog.asOf}, know no successor; a newer release of Berth may; `
    : '';
  return `${first.rule} decides: ${gone}without it, ${offer.model} on ${offer.class.place.name} would serve it${size.monthlyUsd === null ? '' : ` for ${usd(size.monthlyUsd)}`}`;
}

/** Rules by which the environment itself chose. */
const choices = ['pin', 'base-model', 'tuned-model'];

function isExcluded({ rule, verdict }: Verdict): boolean {
  return choices.includes(rule) && verdict === 'fail';
}

function pinText(pin: NonNullable<Workload['pin']>): string {
  const keys = (['venue', 'model', 'version', 'sku'] as const).filter(key => pin[key] !== undefined);
  return keys.map(key => `${key} ${pin[key]}`).join(', ');
}

/**
 * What stands in the wrong place comes last, before it a model that is too poor or that nobody measured, for it is cheap because it is. Then what breaks fewest comes nearest;
 * of equals what costs least, and of those without a price the smallest model.
 */
function compareNearness(a: Candidate, b: Candidate): number {
  return (
    compare(misplaced(a), misplaced(b)) ||
    compare(tooPoor(a), tooPoor(b)) ||
    compareMisses(a, b) ||
    compare(costOf(a), costOf(b)) ||
    compare(billions(a), billions(b))
  );
}

function misplaced({ verdicts }: Candidate): number {
  return verdicts.filter(({ rule, verdict }) => verdict === 'fail' && placeRules.includes(rule)).length;
}

function tooPoor({ verdicts }: Candidate): number {
  return Number(verdicts.some(({ rule, verdict }) => rule === 'quality' && verdict !== 'pass'));
}

function costOf({ size }: Candidate): number {
  return size.monthlyUsd ?? Infinity;
}

function billions({ offer }: Candidate): number {
  return offer.class.weights?.open.parametersBillion ?? 0;
}

function toMiss({ offer, verdicts }: Candidate): NearMiss {
  const because = verdicts
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ rule, message }) => `${rule}: ${message}`);
  return { model: offer.model, place: offer.class.place.name, because };
}

function headline(pin: string | undefined): string {
  return pin === undefined
    ? 'nothing can serve it; relax a requirement, or add what these lack'
    : `its pin to ${pin} breaks what else is asked; remove the pin, or relax or add what these lack`;
}

/** One error for all of them, each with its nearest misses. */
function placementError(environment: string, all: readonly Unplaceable[]): PlacementError {
  const lines = all.flatMap(({ workload, pin, misses, decides, lacking }) => [
    `${environment}: workload ${workload}: ${headline(pin)}:`,
    ...(decides === undefined ? [] : [`  ${decides}`]),
    ...(lacking === undefined ? [] : [`  ${lacking}`]),
    ...misses.flatMap(({ model, place, because }) => [
      `  ${model} on ${place}`,
      ...because.map(each => `    ${each}`),
    ]),
  ]);
  return new PlacementError(lines.join('\n'), all);
}
