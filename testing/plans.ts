import type { PlanJson, RehearsalResult, ResourceChange, StackPlan, StackResult } from '../rehearsal/run';

/** What holds one plan or several: `terraform show -json`, a stack's plan or result, many of them, or a rehearsal. */
export type PlanSubject =
  | PlanJson
  | StackPlan
  | StackResult
  | Pick<RehearsalResult, 'stacks'>
  | readonly (PlanJson | StackPlan | StackResult)[];

/** A plan and the stack it is of. */
export interface NamedPlan {
  /** Name of the stack. @default - unknown: a plan by itself */
  readonly stack?: string;
  readonly plan: PlanJson;
}

/**
 * The plans of a subject, by name of stack.
 * @throws Error when a stack has none: it failed, or cdktf deployed it, which keeps its plans to itself.
 */
export function plansOf(subject: PlanSubject): NamedPlan[] {
  const parts = Array.isArray(subject) ? subject : 'stacks' in subject ? subject.stacks : [subject];
  const plans = (parts as readonly (PlanJson | StackPlan | StackResult)[]).map(planOf);
  return plans.sort((a, b) => (a.stack ?? '').localeCompare(b.stack ?? '', 'en'));
}

/** A managed resource of a plan. */
export interface PlannedResource extends ResourceChange {
  /** Address with the stack's name before it. */
  readonly place: string;
}

/** The managed resources of all plans of a subject, changed or not. */
export function plannedResources(subject: PlanSubject): PlannedResource[] {
  return plansOf(subject).flatMap(({ stack, plan }) =>
    (plan.resource_changes ?? [])
      .filter(({ mode }) => mode === 'managed')
      .map(resource => ({ ...resource, place: placed(stack, resource.address) })),
  );
}

export function placed(stack: string | undefined, address: string): string {
  return stack === undefined ? address : `${stack}/${address}`;
}

function planOf(part: PlanJson | StackPlan | StackResult): NamedPlan {
  if ('format_version' in part) return { plan: part };
  if (typeof part !== 'object' || !('name' in part)) {
    throw new Error(
      'expected a plan: `terraform show -json`, a stack of a rehearsal, or the rehearsal itself',
    );
  }
  if (part.plan) return { stack: part.name, plan: part.plan };
  const errors = part.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ summary }) => `: ${summary}`);
  const why = part.ok
    ? "cdktf deployed it and keeps its plans to itself (use deployWith: 'terraform')"
    : `Terraform could not make one${errors.join('')}`;
  throw new Error(`stack ${part.name} has no plan: ${why}`);
}
