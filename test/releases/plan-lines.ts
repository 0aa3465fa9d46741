import { changedAttributes } from '../../rehearsal/terraform/plan-json';
import type { StackPlan } from '../../testing';

type ResourceChange = NonNullable<NonNullable<StackPlan['plan']>['resource_changes']>[number];

/** What plans would do, a line each: `dev-hosts: update azurerm_lb.x (sku)`. Errors are lines, too. */
export function planLines(plans: readonly StackPlan[]): string[] {
  return plans
    .flatMap(({ name, plan, diagnostics, outputs }) =>
      [
        ...diagnostics.map(({ severity, summary }) => `${severity}: ${summary}`),
        ...(plan?.resource_changes ?? []).filter(isManaged).flatMap(resourceLines),
        ...outputs.map(output => `output ${output}`),
      ].map(line => `${name}: ${line}`),
    )
    .sort();
}

function isManaged({ mode }: ResourceChange): boolean {
  return mode === 'managed';
}

function resourceLines({ address, previous_address: previous, change }: ResourceChange): string[] {
  const moved = previous === undefined ? [] : [`move ${previous} to ${address}`];
  const actions = change.actions.join('/');
  if (actions === 'no-op') return moved;
  return [...moved, `${actions} ${address}${attributes(change)}`];
}

function attributes(change: ResourceChange['change']): string {
  const { actions } = change;
  if (!actions.includes('update') && actions.length < 2) return '';
  return ` (${changedAttributes(change).join(', ')})`;
}
