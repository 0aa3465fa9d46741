import type { Outcome, Terraform } from '../terraform/terraform';
import type { PlanJson } from '../terraform/plan-json';
import { inOrder, reversed } from './in-order';
import { skippedResult } from './operation';
import type { Operation } from './operation';
import type { StackResult } from './result';
import type { Stack } from './stack';
import { byState, unmetReads } from './unmet-reads';

type Runner = (onMessage: (message: string) => void) => Terraform;

/** Plan and apply, stack by stack, with Terraform alone. */
export async function deployWithTerraform(
  runner: Runner,
  limit: number,
  { command, stacks, stateOf, hear, complete }: Operation,
): Promise<StackResult[]> {
  const results = new Map<string, StackResult>();
  const order = command === 'deploy' ? stacks : reversed(stacks);
  const argsOf = (stack: Stack): string[] => {
    if (command === 'deploy') return [];
    const unmet = unmetReads(stack, name => stateOf(name).outputs);
    return unmet.length > 0 ? ['-destroy', byState] : ['-destroy'];
  };
  await inOrder(order, limit, async stack => {
    const terraform = runner(message => hear(stack.name, message));
    const { plan, summary, ...outcome } = await carryOut(terraform, stack, argsOf(stack));
    const { name } = stack;
    const { outputs, deployed: resources } = stateOf(name);
    results.set(name, { name, skipped: false, ...outcome, summary, outputs, resources, plan });
    if (outcome.ok) complete(stack.name);
    return outcome.ok;
  });
  return stacks.map(({ name }) => results.get(name) ?? skippedResult(name, stateOf(name)));
}

async function carryOut(
  terraform: Terraform,
  { directory }: Stack,
  args: readonly string[],
): Promise<Outcome & { readonly plan?: PlanJson }> {
  const initialised = await terraform.init(directory);
  if (!initialised.ok) return initialised;
  const planned = await terraform.plan(directory, args);
  if (!planned.ok) return planned;
  const applied = await terraform.apply(directory);
  const said = new Set(applied.diagnostics.map(diagnostic => JSON.stringify(diagnostic)));
  const before = planned.diagnostics.filter(diagnostic => !said.has(JSON.stringify(diagnostic)));
  const diagnostics = [...before, ...applied.diagnostics];
  return { ...applied, diagnostics, summary: planned.summary, plan: planned.plan };
}
