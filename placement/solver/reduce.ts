import type { Choice, Instance, Kind } from './instance';
import { capacityTolerance, compare, countFor, groupBy, usdTolerance } from './instance';
import { waitingCount } from './plan';
import { withoutUndercut } from './undercut';

/**
 * Choices that can be part of a best plan, without those that another beats whatever the rest of the plan is; in the order
 * of workloads and ids.
 */
export function reduce(instance: Instance): Choice[] {
  const possible = instance.choices.filter(choice => isPossible(instance, choice));
  const binding = bindingQuotas(instance, possible);
  const relaxed = possible.map(choice =>
    choice.uses.length === 0
      ? choice
      : { ...choice, uses: choice.uses.filter(use => binding.has(use.quota)) },
  );
  const worthy = withoutUndercut({ ...instance, choices: relaxed });
  const kept = [...groupBy(worthy, choice => choice.workload).values()].flatMap(own =>
    withoutBeaten(instance, own),
  );
  return withoutBeatenKinds(instance, kept).sort((a, b) => a.workload - b.workload || compare(a.id, b.id));
}

/** Whether the choice fits its unit and its quotas when it is alone. */
function isPossible(instance: Instance, choice: Choice): boolean {
  const kind = instance.kinds[choice.unit];
  const room = 1 + capacityTolerance;
  if (kind && choice.partGib + choice.memoryGib > kind.memoryGib * room) return false;
  const count = kind
    ? Math.max(countFor(kind, choice.load, choice.minCount), waitingCount(kind, [choice]))
    : 0;
  if (!Number.isFinite(count)) return false;
  const used = new Map<number, number>();
  choice.uses.forEach(use => used.set(use.quota, (used.get(use.quota) ?? 0) + use.amount));
  kind?.uses.forEach(use => used.set(use.quota, (used.get(use.quota) ?? 0) + use.amount * count));
  return [...used].every(([quota, amount]) => amount <= (instance.quotas[quota] ?? 0) * room);
}

/** Quotas that the workloads could exceed if each took the most it may. */
function bindingQuotas(instance: Instance, choices: readonly Choice[]): Set<number> {
  const most = new Map<number, Map<number, number>>();
  const drawn = new Set<number>();
  for (const { kindIndex } of instance.tables)
    instance.kinds[kindIndex]?.uses.forEach(use => drawn.add(use.quota));
  for (const choice of choices) {
    instance.kinds[choice.unit]?.uses.forEach(use => drawn.add(use.quota));
    for (const { quota, amount } of choice.uses) {
      const byWorkload = most.get(quota) ?? new Map<number, number>();
      byWorkload.set(choice.workload, Math.max(byWorkload.get(choice.workload) ?? 0, amount));
      most.set(quota, byWorkload);
    }
  }
  for (const [quota, byWorkload] of most)
    if ([...byWorkload.values()].reduce((a, b) => a + b, 0) > (instance.quotas[quota] ?? 0)) drawn.add(quota);
  return drawn;
}

/** Of one workload: drops what another choice beats on the same unit and part, or billed by itself. */
function withoutBeaten(instance: Instance, choices: readonly Choice[]): Choice[] {
  const groups = groupBy(choices, choice => `${choice.unit}/${choice.part}`);
  return [...groups.values()].flatMap(own =>
    instance.kinds[own[0]?.unit ?? -1]?.countOf
      ? own
      : own.filter(choice => !own.some(other => beats(other, choice))),
  );
}

function beats(a: Choice, b: Choice): boolean {
  if (a === b || a.uses.length > 0 || a.load > b.load || a.minCount > b.minCount) return false;
  if (a.memoryGib > b.memoryGib || a.partGib > b.partGib) return false;
  if (a.usd < b.usd - usdTolerance) return true;
  return a.usd <= b.usd && tieOf(a, b) <= 0 && (a.usd < b.usd || tieOf(a, b) < 0 || a.id < b.id);
}

/** Compares by quality, retirement and name; both stand on the same machines. */
function tieOf(a: Choice, b: Choice): number {
  return a.qualityRank - b.qualityRank || a.retirementRank - b.retirementRank || a.nameRank - b.nameRank;
}

/** Drops kinds whose every pool another kind can stand in for at no more cost. */
function withoutBeatenKinds(instance: Instance, choices: readonly Choice[]): Choice[] {
  const byKind = groupBy(choices, choice => choice.unit);
  byKind.delete(-1);
  const tables = [...byKind].map(([index, own]) => tableOf(instance, index, own));
  const workloads = instance.workloads.length;
  const beaten = new Set(
    tables.filter(b => tables.some(a => a !== b && standsInFor(a, b, workloads))).map(table => table.index),
  );
  return choices.filter(choice => !beaten.has(choice.unit));
}

interface KindTable {
  readonly index: number;
  readonly kind: Kind;
  readonly choices: ReadonlyMap<string, Choice>;
  /** Whether more than cost and need tells its pools apart from others. */
  readonly standsApart: boolean;
}

function tableOf(instance: Instance, index: number, own: readonly Choice[]): KindTable {
  const kind = instance.kinds[index];
  if (!kind) throw new RangeError(`kind ${index} is not in the instance`);
  // Choices that only differ in cost and need would hide each other here: such kinds are left alone.
  const choices = new Map(own.map(choice => [`${choice.workload}/${choice.part}`, choice]));
  const standsApart =
    kind.countOf !== undefined ||
    kind.uses.length > 0 ||
    choices.size < own.length ||
    own.some(choice => choice.uses.length > 0);
  return { index, kind, choices, standsApart };
}

function standsInFor(a: KindTable, b: KindTable, workloads: number): boolean {
  if (a.standsApart || b.standsApart || !shapeStandsInFor(a.kind, b.kind, workloads)) return false;
  const cheaper = a.kind.usd * a.kind.min < b.kind.usd * b.kind.min - usdTolerance;
  const scale = b.kind.load / a.kind.load;
  let equal = a.kind.usd === b.kind.usd && a.kind.memoryGib === b.kind.memoryGib && scale === 1;
  for (const [key, mine] of b.choices) {
    const other = a.choices.get(key);
    if (!other || other.usd > mine.usd || other.partGib > mine.partGib || other.memoryGib > mine.memoryGib)
      return false;
    if (other.minCount > mine.minCount) return false;
    if (other.load / a.kind.load > mine.load / b.kind.load) return false;
    if (!cheaper && !noWorseTie(other, mine)) return false;
    equal &&= other.usd === mine.usd && other.load === mine.load && other.nameRank === mine.nameRank;
  }
  return !equal || a.choices.size > b.choices.size || a.kind.id < b.kind.id;
}

function shapeStandsInFor(a: Kind, b: Kind, workloads: number): boolean {
  return (
    a.usd <= b.usd &&
    a.machines <= b.machines &&
    a.memoryGib >= b.memoryGib &&
    a.min === b.min &&
    a.step === b.step &&
    a.max >= b.max &&
    a.copies >= workloads
  );
}

function noWorseTie(a: Choice, b: Choice): boolean {
  return a.qualityRank <= b.qualityRank && a.retirementRank <= b.retirementRank && a.nameRank <= b.nameRank;
}
