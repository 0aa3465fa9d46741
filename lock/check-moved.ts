import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import type { Finding } from '../config/parse/problem';
import type { Decision, Unit } from '../placement/decision';
import { allOffers } from '../placement/venues';
import type { UnitSize } from '../placement/candidate';
import type { Offer } from '../placement/offer';
import type { Setting } from '../placement/setting';
import { budgetProblems } from './budget';
import { notOffered } from './check-facts';
import { differences, differencesOf, pathText, plain, valueText } from './differences';
import { factsOf } from './facts';
import type { Lock } from './lock';
import { recordedSince } from './recorded-since';
import { rebuildUnit } from './rebuild';
import type { Rebuilt } from './rebuild';
import { ruleProblems } from './rule-problems';

/**
 * What moved since the lock was written, so that it no longer satisfies the environment. Rules and sizes are checked anew
 * for what the lock chose; a unit may be larger than the traffic needs by now.
 */
export function checkMoved(environment: Environment, lock: Lock, catalog: Catalog): Finding[] {
  const { decision } = lock;
  // The lock's own day: a deploy has no clock, and a later day is a reason to place again, not to fail.
  const setting: Setting = { environment, catalog, asOf: decision.asOf, isCommitted: true };
  const offers = allOffers(setting);
  return [
    ...membershipProblems(environment, decision),
    ...decision.units.flatMap((unit, i) =>
      unitProblems(unit, ['decision', 'units', i], lock, offers, setting),
    ),
    ...budgetProblems(environment, decision),
  ];
}

function membershipProblems({ workloads }: Environment, { placements }: Decision): Finding[] {
  const wanted = workloads.map(({ name }) => name);
  const placed = placements.map(({ workload }) => workload);
  return [
    ...wanted
      .filter(name => !placed.includes(name))
      .map(name => ({
        path: ['decision', 'placements'],
        message: `workload ${name} is new and has no place`,
      })),
    ...placed.flatMap((name, i) =>
      wanted.includes(name)
        ? []
        : { path: ['decision', 'placements', i], message: `workload ${name} is gone and still has a place` },
    ),
  ];
}

function unitProblems(
  unit: Unit,
  path: Finding['path'],
  lock: Lock,
  offers: readonly Offer[],
  setting: Setting,
): Finding[] {
  const { workloads } = setting.environment;
  const there = lock.decision.placements.filter(({ unit: id }) => id === unit.id);
  const placed = there.filter(({ workload }) => workloads.some(({ name }) => name === workload));
  if (placed.length === 0) return [];
  const rebuilt = rebuildUnit(
    unit,
    placed,
    offers,
    setting,
    recordedSince(unit, placed, lock, setting.environment),
  );
  if (!rebuilt) return [{ path, message: notOffered(unit) }];
  const broken = ruleProblems(rebuilt, path, setting, workload => since(workload, lock, setting));
  if (broken.length > 0) return broken;
  return [
    ...tooSmall(unit, rebuilt.size).map(message => ({ path, message })),
    // One that somebody left is another already, and the workload is named above.
    ...(placed.length === there.length ? otherwise(unit, path, rebuilt) : []),
  ];
}

function since(workload: string, { facts }: Lock, { environment }: Setting): string {
  const changed = differences(
    plain(facts.workloads[workload]),
    plain(factsOf(environment).workloads[workload]),
  );
  return changed.length > 0 ? ` (changed since: ${changed.join('; ')})` : '';
}

function tooSmall(unit: Unit, size: UnitSize): string[] {
  if (size.count > unit.count)
    return [
      `unit ${unit.id}: the traffic needs ${size.count} of ${unit.sku}, and the lock has ${unit.count}`,
    ];
  if ('capacity' in unit) {
    return size.capacity > unit.capacity
      ? [
          `unit ${unit.id}: the traffic needs a capacity of ${size.capacity}, and the lock has ${unit.capacity}`,
        ]
      : [];
  }
  if (!('serves' in unit)) return [];
  return (size.pool?.models ?? []).flatMap(({ model, contextTokens, parallel }) => {
    const served = unit.serves.find(each => each.model === model.id);
    if (!served || (contextTokens <= served.contextTokens && parallel <= served.parallel)) return [];
    return [
      `unit ${unit.id}: ${model.id} needs ${parallel} sequences of ${contextTokens} tokens, and the lock has ${served.parallel} of ${served.contextTokens}`,
    ];
  });
}

/** Keys of a unit and of a model that it serves that sizing or prices decide. */
const sized = new Set([
  'count',
  'capacity',
  'monthlyUsd',
  'priceDate',
  'prices',
  'sizing',
  'contextTokens',
  'parallel',
  'cacheRamMib',
  'pooling',
]);

/** Where the environment means another unit by now, such as another file of the weights; sizes and costs aside. */
function otherwise(unit: Unit, outside: Finding['path'], rebuilt: Rebuilt): Finding[] {
  return differencesOf(plain(unit), plain(rebuilt.unit))
    .filter(({ path }) => !path.some(key => sized.has(String(key))))
    .map(({ path, before, after }) => ({
      path: [...outside, ...path],
      message: `unit ${unit.id}: ${pathText(path)} is ${valueText(after)} in the environment, and the lock has ${valueText(before)}`,
    }));
}
