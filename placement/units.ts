import type { Workload } from '../config/environment';
import { isFeasible } from './candidate';
import type { Assignment, Recorded, UnitSize } from './candidate';
import { compare, firstOf } from './collections';
import { cents } from './figures';
import { tokensPerMonth } from './needs';
import { judgeOffer } from './rules';
import { judgeCandidate } from './rules/capacity';
import type { Setting } from './setting';
import { idsOf } from './unit-ids';
import type { NamedUnit } from './unit-ids';
import { venueOf } from './venues';
import type { Unit } from './venues';
import type { Verdict } from './verdict';

/** A workload on its offer, with what the rules say of it there. */
export interface Member extends Assignment {
  readonly verdicts: readonly Verdict[];
}

/** A unit with the workloads that it serves and how it was sized. */
export interface SizedUnit {
  readonly unit: Unit;
  readonly size: UnitSize;
  /** In the order of the workloads' names. */
  readonly members: readonly Member[];
}

/**
 * One unit for each list of workloads that share one, in the order of their ids; each is sized here, and nowhere again.
 * @param named units that are deployed, whose ids are kept
 */
export function unitsOf(
  shared: readonly (readonly Assignment[])[],
  setting: Setting,
  named: readonly NamedUnit[] = [],
): SizedUnit[] {
  const ordered = shared.map(members =>
    members.toSorted((a, b) => compare(a.workload.name, b.workload.name)),
  );
  const sized = ordered.map(members => sizedUnit(members, setting, named));
  const ids = idsOf(
    sized.map(each => ({ ...each, workloads: each.members.map(({ workload }) => workload) })),
    withBesides(named, setting),
  );
  return [...ids]
    .map(([{ unit, size, members }, id]) => ({ unit: { ...unit, id }, size, members }))
    .toSorted((a, b) => compare(a.unit.id, b.unit.id));
}

/** With what stands beside deployed units, so that a unit which is one of these takes it over. */
function withBesides(named: readonly NamedUnit[], { environment }: Setting): NamedUnit[] {
  const besides = named.flatMap(unit =>
    (venueOf(unit).beside?.(unit, environment) ?? []).map((beside): NamedUnit => ({ ...unit, ...beside })),
  );
  return [...named, ...besides.filter(({ id }) => !named.some(each => each.id === id))];
}

/** A unit whose id says nothing yet. */
function sizedUnit(
  assignments: readonly Assignment[],
  setting: Setting,
  named: readonly NamedUnit[],
): SizedUnit {
  const size = keptSize(assignments, setting, named);
  const { identity } = firstOf(assignments, 'a unit without workloads').offer;
  if (!isFeasible(size))
    throw new Error(
      `${identity.unitKey} does not carry what was placed on it, which is a fault in the placement`,
    );
  const members = assignments.map(({ workload, offer }) => ({
    workload,
    offer,
    verdicts: judgeOffer(offer, workload, setting),
  }));
  return { unit: unitOf('', assignments, size), size, members };
}

/**
 * What stays as it is keeps the size that it was given, so that better tables set no machine up anew. Where they say another
 * number of machines, that counts, unless by them it would not carry its workloads at all.
 */
function keptSize(
  assignments: readonly Assignment[],
  setting: Setting,
  named: readonly NamedUnit[],
): UnitSize {
  const anew = asDeployed(sizeUnit(assignments, setting), assignments, named);
  const sizing = setting.incumbents?.sizingOf(assignments);
  if (!sizing) return anew;
  const kept = sizeUnit(assignments, setting, { sizing });
  return isFeasible(kept) && (kept.count === anew.count || !isFeasible(anew)) ? kept : anew;
}

/** Machines that were set up before the memory of cached prompts was sized stay without, for another recipe is another machine. */
function asDeployed(
  size: UnitSize,
  assignments: readonly Assignment[],
  named: readonly NamedUnit[],
): UnitSize {
  const { pool } = size;
  const isBefore = ({ offer, workloads, ...unit }: NamedUnit): boolean =>
    'serves' in unit &&
    assignments.some(
      each => each.offer.identity.unitKey === offer && workloads.includes(each.workload.name),
    ) &&
    (unit.serves ?? []).every(({ cacheRamMib }) => cacheRamMib === undefined);
  if (!pool?.figures || !named.some(isBefore)) return size;
  return { ...size, pool: { ...pool, figures: { ...pool.figures, cacheRamMib: undefined } } };
}

/**
 * Sizes the unit that all these workloads share. Their offers have the same unit key. What a workload limits is judged as
 * on a unit of its own, whoever shares this one.
 * @param recorded what counts of a unit that was placed before. @default - nothing
 */
export function sizeUnit(
  assignments: readonly Assignment[],
  setting: Setting,
  recorded: Recorded = {},
): UnitSize {
  const { candidates } = venueOf(firstOf(assignments, 'a unit for nobody').offer);
  const size = candidates.size(assignments, setting, recorded);
  const limits = assignments.flatMap(each => {
    const alone = () =>
      assignments.length === 1 ? size : candidates.size([each], setting, aloneAs(recorded));
    return judgeCandidate(each, alone, setting);
  });
  return limits.length > 0 ? { ...size, verdicts: [...size.verdicts, ...limits] } : size;
}

/** The speeds of a shared unit hold for each of its workloads alone; its size does not. */
function aloneAs({ sizing }: Recorded): Recorded {
  return sizing && 'workloads' in sizing ? { sizing } : {};
}

/**
 * The unit that serves these workloads at this size. Everything in it comes from the offers and the size, except the id.
 * @param assignments in the order of the workloads' names; their offers have the same unit key
 */
export function unitOf(id: string, assignments: readonly Assignment[], size: UnitSize): Unit {
  return venueOf(firstOf(assignments, 'a unit without workloads').offer).toUnit(id, assignments, size);
}

/**
 * What of a unit's cost each of its workloads bears, USD a month: known costs as they are; a shared machine's by the
 * tokens that go through it. The last share takes the rounding.
 */
export function sharesOf(size: UnitSize, members: readonly { readonly workload: Workload }[]): number[] {
  const total = cents(size.monthlyUsd ?? 0);
  const use = size.shares ?? members.map(({ workload }) => tokensPerMonth(workload));
  const used = use.reduce((sum, each) => sum + each, 0);
  const shares = use.map(each => cents(used === 0 ? total / members.length : (total * each) / used));
  const rest = cents(total - shares.slice(0, -1).reduce((sum, each) => sum + each, 0));
  return [...shares.slice(0, -1), rest];
}
