import type { Catalog } from '../catalog';
import type { Environment } from '../config/environment';
import { ConfigError } from '../config/parse/problem';
import type { Finding } from '../config/parse/problem';
import { cents } from '../placement/figures';
import { gapOf, mayBeOptimal } from '../placement/optimality';
import { allOffers } from '../placement/venues';
import { sharesOf } from '../placement/units';
import type { Offer } from '../placement/offer';
import type { Setting } from '../placement/setting';
import type { Unit } from '../placement/decision';
import { budgetProblems } from './budget';
import type { Difference } from './differences';
import { differencesOf, pathText, plain, valueText } from './differences';
import { environmentOfFacts, factsOf } from './facts';
import type { Lock } from './lock';
import { platformOfLockProblems } from './platform-problems';
import { rebuildUnit } from './rebuild';
import type { Rebuilt } from './rebuild';
import { ruleProblems } from './rule-problems';
import { structureProblems } from './structure';
import { shown } from '../text/shown';

/**
 * What in a lock does not follow from the rest of it: each unit is rebuilt from its offer and the facts, and costs are
 * reckoned from the recorded prices. Only ids, prices, the day, the search's own limits and what is deployed are its own.
 */
export function checkFacts(lock: Lock, catalog: Catalog): Finding[] {
  const structure = structureProblems(lock);
  if (structure.length > 0) return structure;
  const environment = environmentOf(lock);
  if (Array.isArray(environment)) return environment;
  const { decision, facts } = lock;
  const setting: Setting = { environment, catalog, asOf: decision.asOf, isCommitted: true };
  const offers = allOffers(setting);
  return [
    ...differencesOf(plain(facts), plain(factsOf(environment)))
      // A key that the facts lack is one that an older Berth did not know, and counts as its default.
      .filter(({ before }) => before !== undefined)
      .map(each => mustBe('facts', ['facts'], each, 'no environment has this')),
    ...decision.units.flatMap((unit, i) =>
      unitProblems(unit, ['decision', 'units', i], lock, offers, setting),
    ),
    ...totalProblems(lock),
    ...platformOfLockProblems(lock, environment),
    ...budgetProblems(environment, decision),
  ];
}

function environmentOf({ facts }: Lock): Environment | Finding[] {
  try {
    return environmentOfFacts(facts, 'facts');
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message.split('\n').map(message => ({ path: ['facts'], message }));
    throw error;
  }
}

function unitProblems(
  unit: Unit,
  path: Finding['path'],
  lock: Lock,
  offers: readonly Offer[],
  setting: Setting,
): Finding[] {
  const placed = lock.decision.placements.filter(each => each.unit === unit.id);
  const rebuilt = rebuildUnit(unit, placed, offers, setting);
  if (!rebuilt) return [{ path, message: notOffered(unit) }];
  const broken = ruleProblems(rebuilt, path, setting);
  if (broken.length > 0) return broken;
  const wrong = differencesOf(plain(unit), plain(rebuilt.unit));
  // Shares are of the unit's cost, so they say nothing of their own where that is wrong.
  return wrong.length > 0
    ? wrong.map(each => mustBe(`unit ${unit.id}`, path, each, 'as its offer, its size and its prices give'))
    : shareProblems(rebuilt, lock);
}

/** What is said of a unit that nothing offers. */
export function notOffered({ id, model, sku, location }: Unit): string {
  return `unit ${id}: ${shown(model)} as ${shown(sku)} in ${shown(location)} is not offered to this environment`;
}

function shareProblems(rebuilt: Rebuilt, { decision }: Lock): Finding[] {
  const shares = sharesOf(rebuilt.size, rebuilt.assignments);
  return rebuilt.assignments.flatMap(({ workload: { name }, offer }, i) => {
    const at = decision.placements.findIndex(({ workload }) => workload === name);
    const placement = decision.placements[at];
    const expected = { venue: offer.venue, monthlyUsd: shares[i] };
    const given = { venue: placement?.venue, monthlyUsd: placement?.monthlyUsd };
    return differencesOf(given, expected).map(each =>
      mustBe(`placement of ${shown(name)}`, ['decision', 'placements', at], each, 'as its unit gives'),
    );
  });
}

function totalProblems({ decision: { monthlyUsd, units, optimality } }: Lock): Finding[] {
  const total = cents(units.reduce((sum, unit) => sum + unit.monthlyUsd, 0));
  if (total !== monthlyUsd)
    return [ofDecision(['monthlyUsd'], `must be ${total}, the sum of the units, got ${monthlyUsd}`)];
  if (!optimality) return [];
  const { status, boundUsd, gap, reproducible } = optimality;
  if (boundUsd > monthlyUsd)
    return [
      ofDecision(['optimality', 'boundUsd'], `must be at most ${monthlyUsd}, the cost, got ${boundUsd}`),
    ];
  const expected = gapOf(monthlyUsd, boundUsd);
  return [
    ...(gap === expected
      ? []
      : [ofDecision(['optimality', 'gap'], `must be ${expected}, as cost and bound give, got ${gap}`)]),
    ...(status === 'optimal' && !mayBeOptimal(monthlyUsd, boundUsd, units.length)
      ? [ofDecision(['optimality', 'status'], `must not be optimal with a gap of ${expected}, got optimal`)]
      : []),
    ...((status === 'time-limit' && reproducible) || (status === 'node-limit' && !reproducible)
      ? [
          ofDecision(
            ['optimality', 'reproducible'],
            `must be ${!reproducible} with ${status}, got ${reproducible}`,
          ),
        ]
      : []),
  ];
}

function ofDecision(path: readonly string[], message: string): Finding {
  return { path: ['decision', ...path], message: `decision.${path.join('.')}: ${message}` };
}

function mustBe(
  what: string,
  outside: Finding['path'],
  { path, before, after }: Difference,
  why: string,
): Finding {
  const inside = pathText(path);
  return {
    path: [...outside, ...path],
    message: `${what}: ${inside === '' ? '' : `${inside} `}must be ${valueText(after)}, ${why}, got ${valueText(before)}`,
  };
}
