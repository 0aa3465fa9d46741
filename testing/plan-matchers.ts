import { costChanges, costLine } from './cost';
import { findMatch, lines } from './find-match';
import type { MatcherResult } from './matcher-types';
import { pathOf } from './path';
import { placed, plannedResources, plansOf } from './plans';
import type { PlanSubject } from './plans';

/** A resource of that type is there after the plan, with at least these attributes, in Terraform's names. */
export function toPlanResource(
  subject: PlanSubject,
  type: string,
  attributes: Readonly<Record<string, unknown>> = {},
): MatcherResult {
  const there = plannedResources(subject)
    .filter(({ change }) => change.after !== null)
    .map(({ place, type: ofType, change }) => ({
      place,
      type: ofType,
      value: change.after,
      unknown: change.after_unknown,
    }));
  return findMatch(there, type, attributes, { where: 'the plan', verb: 'planned', plural: 'resources' });
}

/** The plan changes no resource and no output. */
export function toHaveNoChanges(subject: PlanSubject): MatcherResult {
  const changes = plannedResources(subject)
    .filter(resource => !isNoOp(resource.change.actions) || resource.previous_address !== undefined)
    .map(({ place, change, previous_address: moved }) =>
      moved === undefined ? `${place}: ${change.actions.join(' and ')}` : `${place}: moved from ${moved}`,
    );
  const outputs = plansOf(subject).flatMap(({ stack, plan }) =>
    Object.entries(plan.output_changes ?? {})
      .filter(([, { actions }]) => !isNoOp(actions))
      .map(([name, { actions }]) => `${placed(stack, `output ${name}`)}: ${actions.join(' and ')}`),
  );
  return without([...changes, ...outputs], 'changes');
}

/** The plan replaces no resource. */
export function toHaveNoReplacement(subject: PlanSubject): MatcherResult {
  const replaced = plannedResources(subject)
    .filter(({ change }) => change.actions.includes('create') && change.actions.includes('delete'))
    .map(({ place, change, action_reason: reason }) => {
      const forcing = (change.replace_paths ?? []).map(path => pathOf(path));
      return `${place}: ${forcing.length > 0 ? `${forcing.join(', ')} forces it` : (reason ?? 'for no stated reason')}`;
    });
  return without(replaced, 'replacement');
}

/** The plan destroys no resource, not even to replace it. */
export function toHaveNoDestroy(subject: PlanSubject): MatcherResult {
  const destroyed = plannedResources(subject)
    .filter(({ change }) => change.actions.includes('delete'))
    .map(({ place, change }) => `${place}: ${change.actions.join(' and ')}`);
  return without(destroyed, 'destroy');
}

/**
 * The plan changes nothing that is likely to change the bill: it creates and destroys nothing that is billed, and no
 * SKU, size, capacity, tier or count changes. It knows no prices.
 */
export function toHaveNoCostChanges(subject: PlanSubject): MatcherResult {
  return without(costChanges(subject).map(costLine), 'cost-relevant changes');
}

function without(found: readonly string[], what: string): MatcherResult {
  return {
    pass: found.length === 0,
    message: () =>
      found.length === 0
        ? `expected a plan with ${what}, but it has none`
        : `expected a plan without ${what}, but it has ${found.length}:\n${lines(found)}`,
  };
}

function isNoOp(actions: readonly string[]): boolean {
  return actions.every(action => action === 'no-op' || action === 'read');
}
