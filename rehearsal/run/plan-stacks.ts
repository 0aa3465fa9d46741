import { touched, touchedOutputs } from '../terraform/plan-json';
import type { Terraform } from '../terraform/terraform';
import { inOrder } from './in-order';
import type { StackPlan } from './result';
import type { Stack } from './stack';

/** Plans every stack against what is there now, at most `limit` at a time. */
export async function planStacks(
  terraform: Terraform,
  limit: number,
  stacks: readonly Stack[],
): Promise<StackPlan[]> {
  const plans = new Map<string, StackPlan>();
  const independent = stacks.map(({ name, directory }) => ({ name, directory, dependencies: [] }));
  await inOrder(independent, limit, async ({ name, directory }) => {
    plans.set(name, await planStack(terraform, name, directory));
    return true;
  });
  return stacks.map(({ name }) => plans.get(name) as StackPlan);
}

/** Initialises a stack's directory and plans it. */
export async function planStack(terraform: Terraform, name: string, directory: string): Promise<StackPlan> {
  const initialised = await terraform.init(directory);
  const { ok, diagnostics, plan } = initialised.ok
    ? await terraform.plan(directory)
    : { ...initialised, plan: undefined };
  if (!plan) return { name, ok, diagnostics, changes: [], outputs: [] };
  const changes = touched(plan).map(({ address, change }) => ({ address, actions: change.actions }));
  return { name, ok, diagnostics, changes, outputs: touchedOutputs(plan), plan };
}
