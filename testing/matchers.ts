import type { ResourceChange } from '../rehearsal/run';
import { closest } from './closest';
import { mismatches } from './mismatch';
import { pathOf } from './path';
import { plansOf } from './plans';
import type { PlanSubject } from './plans';

/** What `expect.extend` expects of a matcher, in jest and in vitest. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

interface Planned extends ResourceChange {
  /** Address with the stack's name before it. */
  readonly place: string;
}

/**
 * Matchers on plans, for `expect.extend(berthMatchers)`. Each is a plain function as well: it takes what `expect` takes
 * and answers `{pass, message()}`.
 */
export const berthMatchers = { toPlanResource, toHaveNoChanges, toHaveNoReplacement, toHaveNoDestroy };

/** A resource of that type is there after the plan, with at least these attributes, in Terraform's names. */
function toPlanResource(
  subject: PlanSubject,
  type: string,
  attributes: Readonly<Record<string, unknown>> = {},
): MatcherResult {
  const there = managed(subject).filter(({ change }) => change.after !== null);
  const ofType = there.filter(resource => resource.type === type);
  const candidates = ofType
    .map(({ place, change }) => ({
      place,
      faults: mismatches(attributes, change.after ?? {}, change.after_unknown),
    }))
    .sort((a, b) => a.faults.length - b.faults.length);
  const nearest = candidates[0];
  if (nearest?.faults.length === 0) {
    return {
      pass: true,
      message: () => `expected no planned ${type} with these attributes, but ${nearest.place} has them`,
    };
  }
  return {
    pass: false,
    message: () => (nearest ? nearMiss(type, nearest, candidates.length) : noSuchType(type, there)),
  };
}

function nearMiss(
  type: string,
  { place, faults }: { place: string; faults: readonly string[] },
  count: number,
): string {
  const which = count === 1 ? `${place} is not` : `none of ${count} is; the closest, ${place}`;
  return `expected a planned ${type} with these attributes, but ${which}:\n${lines(faults)}`;
}

function noSuchType(type: string, there: readonly Planned[]): string {
  const known = [...new Set(there.map(resource => resource.type))];
  const near = closest(type, known, 5);
  return known.length === 0
    ? `expected a planned ${type}, but the plan has no resources`
    : `expected a planned ${type}, but there is none; the plan has ${known.length} types, the closest:\n${lines(near)}`;
}

/** The plan changes no resource and no output. */
function toHaveNoChanges(subject: PlanSubject): MatcherResult {
  const changes = managed(subject)
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
function toHaveNoReplacement(subject: PlanSubject): MatcherResult {
  const replaced = managed(subject)
    .filter(({ change }) => change.actions.includes('create') && change.actions.includes('delete'))
    .map(({ place, change, action_reason: reason }) => {
      const forcing = (change.replace_paths ?? []).map(path => pathOf(path));
      return `${place}: ${forcing.length > 0 ? `${forcing.join(', ')} forces it` : (reason ?? 'for no stated reason')}`;
    });
  return without(replaced, 'replacement');
}

/** The plan destroys no resource, not even to replace it. */
function toHaveNoDestroy(subject: PlanSubject): MatcherResult {
  const destroyed = managed(subject)
    .filter(({ change }) => change.actions.includes('delete'))
    .map(({ place, change }) => `${place}: ${change.actions.join(' and ')}`);
  return without(destroyed, 'destroy');
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

function managed(subject: PlanSubject): Planned[] {
  return plansOf(subject).flatMap(({ stack, plan }) =>
    (plan.resource_changes ?? [])
      .filter(({ mode }) => mode === 'managed')
      .map(resource => ({ ...resource, place: placed(stack, resource.address) })),
  );
}

function isNoOp(actions: readonly string[]): boolean {
  return actions.every(action => action === 'no-op' || action === 'read');
}

function placed(stack: string | undefined, address: string): string {
  return stack === undefined ? address : `${stack}/${address}`;
}

function lines(texts: readonly string[]): string {
  return texts.map(text => `  ${text}`).join('\n');
}
