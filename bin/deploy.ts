import { setTimeout } from 'node:timers/promises';
import type { Stack } from '../rehearsal/run';
import { orderOf } from '../stacks/stack-order';
import type { StackOrder } from '../stacks/stack-order';
import { letGo, onlyHeld } from './deployed-lock';
import { checkRecords } from './deployed-record';
import { rollOutStack } from './fleet/roll-out-stack';
import { runStackCommand } from './stack-command';
import type { StackFlags } from './stack-command';
import type { RunnableStack } from './stack-runs';
import { readsOf } from './stack-reads';

/**
 * Deploys each stack of an environment by a CLI of its own, after a look for what that needs.
 * @param more further arguments for `cdktf deploy`
 */
export async function deploy(nameOrPath: string, more: readonly string[], flags: StackFlags): Promise<void> {
  await runStackCommand('deploy', nameOrPath, more, flags, {
    settle: async prepared => {
      if (!flags.allowOlder) await checkRecords(prepared);
      return onlyHeld(prepared);
    },
    before: async (name, { environment, stacks, terraform }, { asks, more: args, tell }) => {
      const stack = stacks.find(each => each.name === name);
      if (!stack || name !== `${environment.name}-edge`) return undefined;
      const variables = args.filter(each => /^--?var(-file)?=/.test(each));
      return rollOutStack({ environment, stack, terraform, args: variables, tell, asks });
    },
    again: prepared => letGo(prepared, seconds => setTimeout(seconds * 1000)),
    order: ({ environment, lock, stacks }) =>
      stacks.map(stack => deployable(environment.name, stack, orderOf(lock.moves).orders)),
    wasDismissed: async (stack, { terraform }, before) => {
      const now = await terraform.state(stack);
      const written = now !== undefined && now.stamp !== before.get(stack.name)?.stamp;
      return !written && (await terraform.wouldChange(stack));
    },
  });
}

/**
 * What a stack needs is what it reads, and the new places of workloads that leave it. Other orders of the app only keep
 * a single run of the CLI from ending in the middle.
 */
function deployable(environment: string, stack: Stack, moves: readonly StackOrder[]): RunnableStack {
  const joined = moves
    .filter(({ after }) => stack.name === `${environment}-${after}`)
    .map(({ before }) => `${environment}-${before}`);
  return { name: stack.name, dependencies: [...new Set([...readsOf(stack), ...joined])] };
}
