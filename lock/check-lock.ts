import type { Catalog } from '../catalog';
import type { Decision, Placement, Unit } from '../placement/decision';
import type { Environment, Workload } from '../config/environment';
import { usd } from '../placement/figures';
import { groupBy } from '../placement/group-by';
import { allOffers } from '../placement/offers';
import { judge } from '../placement/rules';
import { sizeUnit } from '../placement/size';
import type { Guest, UnitSize } from '../placement/size';
import type { Offer, Setting, Verdict } from '../placement/types';
import { isOfUnit } from '../placement/units';
import { differences, factsOf } from './facts';
import type { Lock } from './lock';

/**
 * What moved since the lock was written, so that it no longer satisfies the environment; empty when it does. Rules and
 * sizes are checked anew for what the lock chose; prices and better choices are not, because a deploy decides nothing.
 */
export function checkLock(environment: Environment, lock: Lock, catalog: Catalog): string[] {
  const { decision } = lock;
  // The lock's own day: a deploy has no clock, and a later day is a reason to place again, not to fail.
  const setting: Setting = { environment, catalog, asOf: decision.asOf };
  const membership = membershipProblems(environment, decision);
  const offers = allOffers(setting);
  const placed = decision.placements.flatMap(placement => {
    const workload = environment.workloads.find(({ name }) => name === placement.workload);
    const unit = decision.units.find(({ id }) => id === placement.unit);
    return workload && unit ? [{ workload, unit, offer: lockedOffer(offers, unit, placement) }] : [];
  });
  const gone = placed
    .filter(({ offer }) => !offer)
    .map(
      ({ workload, unit }) =>
        `workload ${workload.name}: ${unit.model} as ${unit.sku} in ${unit.location} is no longer offered to this environment`,
    );
  const present = placed.flatMap(({ workload, unit, offer }) => (offer ? [{ workload, unit, offer }] : []));
  const broken = present.flatMap(each => ruleProblems(each, lock, setting));
  const sizes = [...groupBy(present, ({ unit }) => unit.id).values()].flatMap(members =>
    sizeProblems(members, setting),
  );
  return [...membership, ...gone, ...broken, ...sizes, ...budgetProblems(environment, decision)];
}

interface Locked {
  readonly workload: Workload;
  readonly unit: Unit;
  readonly offer: Offer;
}

function membershipProblems(environment: Environment, decision: Decision): string[] {
  const wanted = environment.workloads.map(({ name }) => name);
  const placed = decision.placements.map(({ workload }) => workload);
  return [
    ...(decision.environment === environment.name
      ? []
      : [`the lock is of the environment ${decision.environment}, and this is ${environment.name}`]),
    ...wanted.filter(name => !placed.includes(name)).map(name => `workload ${name} is new and has no place`),
    ...placed
      .filter(name => !wanted.includes(name))
      .map(name => `workload ${name} is gone and still has a place`),
  ];
}

/** The offer that the lock chose, if the environment and the catalogue still hold it. */
export function lockedOffer(offers: readonly Offer[], unit: Unit, placement: Placement): Offer | undefined {
  return offers.find(
    offer => isOfUnit(offer, unit) && offer.model === placement.model && sameWeights(offer, unit),
  );
}

function sameWeights(offer: Offer, unit: Unit): boolean {
  if (!('weights' in offer) || !('serves' in unit)) return !('weights' in offer) && !('serves' in unit);
  return unit.serves.some(
    ({ model, weights }) =>
      model === offer.model &&
      JSON.stringify(weightKey(weights)) === JSON.stringify(weightKey(offer.weights)),
  );
}

function weightKey({
  quantisation,
  url,
  sha256,
}: {
  quantisation: string;
  url: string | null;
  sha256: string | null;
}): unknown[] {
  return [quantisation, url, sha256];
}

function ruleProblems({ workload, offer }: Locked, lock: Lock, setting: Setting): string[] {
  const broken = judge(offer, workload, setting).filter(({ verdict }) => verdict !== 'pass');
  if (broken.length === 0) return [];
  const changed = differences(
    lock.facts.workloads[workload.name],
    factsOf(setting.environment).workloads[workload.name],
  );
  const since = changed.length > 0 ? ` (changed since: ${changed.join('; ')})` : '';
  return broken.map(({ rule, message }) => `workload ${workload.name}: ${rule}: ${message}${since}`);
}

function sizeProblems(members: readonly Locked[], setting: Setting): string[] {
  const [first] = members;
  if (!first) return [];
  const { unit } = first;
  const size = sizeUnit(
    members.map(({ workload, offer }): Guest => ({ workload, offer })),
    setting,
  );
  const failed = size.verdicts
    .filter(isCapacity)
    .map(({ rule, message }) => `unit ${unit.id}: ${rule}: ${message}`);
  return failed.length > 0 ? failed : tooSmall(unit, size);
}

/** A price that is no longer listed does not make a place too small. */
function isCapacity({ rule, verdict }: Verdict): boolean {
  return verdict !== 'pass' && rule !== 'price';
}

function tooSmall(unit: Unit, size: UnitSize): string[] {
  if (size.count > unit.count)
    return [
      `unit ${unit.id}: the traffic needs ${size.count} of ${unit.sku}, and the lock has ${unit.count}`,
    ];
  if (unit.venue === 'hosted') {
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

function budgetProblems({ budget }: Environment, { monthlyUsd }: Decision): string[] {
  if (!budget || monthlyUsd <= budget.monthlyUsd) return [];
  return [`budget.monthlyUsd is ${usd(budget.monthlyUsd)}, and what the lock holds costs ${usd(monthlyUsd)}`];
}
