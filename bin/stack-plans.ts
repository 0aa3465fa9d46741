import type { Stack } from '../rehearsal/run';
import { unmetReads } from '../rehearsal/run/unmet-reads';
import { parseMessages, said } from '../rehearsal/terraform/json-ui';
import { counted } from './counted';
import type { Work } from './deploy-mark';
import { withStacks } from './open-stacks';
import type { OpenStacks } from './open-stacks';
import { endWith } from './outcomes';
import { checkLogin } from './stack-check';
import { readsOf } from './stack-reads';
import type { PlannedChange, StackState } from './stack-terraform';
import { UsageError } from './usage-error';

export interface StackPlanFlags {
  readonly json?: boolean;
}

/** How a stack compares; `changes` is empty where only outputs differ. */
export type StackPlan =
  | { readonly name: string; readonly outcome: 'same' | 'not deployed' }
  | { readonly name: string; readonly outcome: 'differs'; readonly changes: readonly PlannedChange[] }
  | { readonly name: string; readonly outcome: 'failed'; readonly because: string };

/** What a stack's plan is to others: its data, and what a person reads below its line. */
interface Compared {
  readonly plan: StackPlan;
  readonly text: string;
}

type Comparison = (
  stack: Stack,
  state: StackState | undefined,
  unmet: readonly string[],
) => Promise<Compared>;

/** Shows what a deploy would change, stack by stack, by Terraform's own plans. @param patterns of stacks; none means all */
export async function diff(
  nameOrPath: string,
  patterns: readonly string[],
  flags: StackPlanFlags,
): Promise<void> {
  await compare('diff', nameOrPath, patterns, flags, open => async (stack, state, unmet) => {
    if (unmet.length > 0) return unplanned(stack, state, unmet);
    return planOf('diff', open, stack, flags);
  });
}

/** Shows what was changed outside Terraform since the last deploy: plans that only refresh. @param patterns of stacks; none means all */
export async function drift(
  nameOrPath: string,
  patterns: readonly string[],
  flags: StackPlanFlags,
): Promise<void> {
  await compare('drift', nameOrPath, patterns, flags, open => async (stack, state) => {
    const isDeployed = state === undefined || state.resources.length > 0;
    if (!isDeployed) return { plan: { name: stack.name, outcome: 'not deployed' }, text: '' };
    return planOf('drift', open, stack, flags);
  });
}

async function compare(
  work: Work,
  nameOrPath: string,
  patterns: readonly string[],
  flags: StackPlanFlags,
  comparisonIn: (open: OpenStacks) => Comparison,
): Promise<void> {
  await withStacks(work, nameOrPath, {}, async open => {
    const { environment, terraform, guard } = open;
    const stacks = await open.synthesised();
    const chosen = chosenOf(stacks, patterns, environment.name);
    await checkLogin(work, chosen, guard.watch);
    const read = new Set(chosen.flatMap(stack => [stack.name, ...readsOf(stack)]));
    const states = new Map<string, StackState | undefined>();
    // One after another, for they share the cache of plugins.
    for (const stack of stacks.filter(({ name }) => read.has(name)))
      states.set(stack.name, (await terraform.init(stack)) ? await terraform.state(stack) : undefined);
    const plans: StackPlan[] = [];
    for (const stack of chosen) {
      const unmet = unmetReads(stack, name => states.get(name)?.outputs);
      const { plan, text } = await comparisonIn(open)(stack, states.get(stack.name), unmet);
      plans.push(plan);
      if (!flags.json) process.stdout.write(`${sentence(plan)}\n${text}`);
    }
    if (flags.json)
      process.stdout.write(
        `${JSON.stringify({ environment: environment.name, command: work, stacks: plans }, null, 2)}\n`,
      );
    endPlans(plans);
  });
}

function endPlans(plans: readonly StackPlan[]): void {
  const has = (outcome: StackPlan['outcome']): boolean => plans.some(each => each.outcome === outcome);
  if (has('failed')) endWith('incomplete');
  else if (has('differs')) endWith('changes');
}

/** Stacks by their names or roles; `*` stands for any letters. @throws UsageError for a pattern that is none's */
function chosenOf(stacks: readonly Stack[], patterns: readonly string[], environment: string): Stack[] {
  const isOf = (pattern: string, { name }: Stack): boolean => {
    const form = new RegExp(
      `^${pattern
        .split('*')
        .map(part => part.replace(/\W/g, '\\$&'))
        .join('.*')}$`,
    );
    return form.test(name) || form.test(name.slice(environment.length + 1));
  };
  const idle = patterns.filter(pattern => !stacks.some(stack => isOf(pattern, stack)));
  if (idle.length > 0)
    throw new UsageError(
      `stacks: ${stacks.map(({ name }) => name).join(', ')} are allowed, also without ${environment}- and with *, got ${idle.map(each => `'${each}'`).join(', ')}; name one of them`,
    );
  return stacks.filter(stack => patterns.length === 0 || patterns.some(pattern => isOf(pattern, stack)));
}

/** The one difference between the commands, as Terraform has it. */
const kinds = {
  diff: { args: [], message: 'planned_change' },
  drift: { args: ['-refresh-only'], message: 'resource_drift' },
} as const;

async function planOf(
  work: keyof typeof kinds,
  { terraform }: OpenStacks,
  stack: Stack,
  { json }: StackPlanFlags,
): Promise<Compared> {
  const { name } = stack;
  const { args, message } = kinds[work];
  const { status, stdout, stderr } = await terraform.planned(stack, [...args, '-json']);
  if (status !== 0 && status !== 2) {
    const because = errorsIn(stdout) || stderr.trim();
    return { plan: { name, outcome: 'failed', because }, text: '' };
  }
  const changes = parseMessages(stdout).flatMap(({ type, change }) =>
    type === message && change ? [{ address: change.resource.addr, action: change.action }] : [],
  );
  // Outputs follow what is synthesised, so that those of a later lock differ from what is deployed without any drift.
  const differs = work === 'drift' ? changes.length > 0 : status === 2;
  if (!differs) return { plan: { name, outcome: 'same' }, text: '' };
  const text = json ? '' : planText((await terraform.planned(stack, args)).stdout);
  return { plan: { name, outcome: 'differs', changes }, text };
}

/** A stack that reads what was never deployed: all of it is new, or nobody can tell. */
function unplanned({ name, json }: Stack, state: StackState | undefined, unmet: readonly string[]): Compared {
  const needs = `${unmet.join(', ')} ${unmet.length === 1 ? 'has' : 'have'} not been deployed with what it reads`;
  if (state === undefined || state.resources.length > 0)
    return { plan: { name, outcome: 'failed', because: `${needs}: deploy that first` }, text: '' };
  const changes = Object.entries(json.resource ?? {}).flatMap(([type, ofType]) =>
    Object.keys(ofType).map(id => ({ address: `${type}.${id}`, action: 'create' })),
  );
  const text = `  all of it is new, ${counted(changes.length, 'resource')}; Terraform plans it when ${unmet.join(', ')} is deployed\n`;
  return { plan: { name, outcome: 'differs', changes }, text };
}

function sentence(plan: StackPlan): string {
  const words = { same: 'no differences', differs: 'differs', 'not deployed': 'not deployed yet' };
  return plan.outcome === 'failed'
    ? `${plan.name}: could not be compared: ${plan.because}`
    : `${plan.name}: ${words[plan.outcome]}`;
}

/** Terraform's plan without what it says while it looks, and without its advice behind. */
function planText(stdout: string): string {
  const [plan = ''] = stdout.split(/^─{10,}$/m);
  const lines = plan
    .split('\n')
    .filter(line => !/^\S+: (Refreshing state|Reading|Still reading|Read complete)/.test(line));
  return `${lines
    .join('\n')
    .trim()
    .replace(/^(?=.)/gm, '  ')}\n`;
}

function errorsIn(log: string): string {
  return parseMessages(log)
    .flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? said(diagnostic) : []))
    .join('\n');
}
