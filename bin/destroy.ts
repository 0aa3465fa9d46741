import { reversed } from '../rehearsal/run/in-order';
import { destroyingByState, unmetReads } from '../rehearsal/run/unmet-reads';
import { confirm } from './confirm';
import { counted } from './counted';
import { keptResources, keptText } from './kept-resources';
import { readsOf } from './stack-reads';
import { runStackCommand } from './stack-command';
import type { PreparedStacks, StackFlags, StackNotes } from './stack-command';
import type { StackState } from './stack-terraform';
import { UsageError } from './usage-error';

/**
 * Destroys each stack of an environment by a CLI of its own, those that others read last, after it has said what that takes
 * away and what Azure keeps.
 * @param more further arguments for `cdktf destroy`
 */
export async function destroy(nameOrPath: string, more: readonly string[], flags: StackFlags): Promise<void> {
  let byState: ReadonlySet<string> = new Set();
  await runStackCommand('destroy', nameOrPath, more, flags, {
    order: ({ stacks }) =>
      reversed(stacks.map(stack => ({ name: stack.name, dependencies: readsOf(stack) })))
        .reverse()
        .map(each =>
          byState.has(each.name) ? { ...each, variables: destroyingByState(process.env) } : each,
        ),
    announce: async prepared => {
      const { notes, unmet } = await announce(prepared);
      byState = unmet;
      return notes;
    },
    // To say no to the CLI ends it in the middle: it looks for the stacks that this one needs, which it was not given.
    confirm: async ({ environment: { name } }) => {
      if (!(await confirm(`All of ${name} goes, with what its models have stored.`, name)))
        throw new UsageError('nothing was destroyed');
    },
  });
}

/** What there is to say of stacks, and the names of those that can be destroyed by their states only. */
interface Announced {
  readonly notes: ReadonlyMap<string, StackNotes>;
  readonly unmet: ReadonlySet<string>;
}

/** Says what there is to destroy, as the states have it, and what Azure keeps of it. */
async function announce({ environment, stacks, terraform }: PreparedStacks): Promise<Announced> {
  const notes = new Map<string, StackNotes>();
  const unmet = new Set<string>();
  const lines: string[] = [];
  const states = new Map<string, StackState | undefined>();
  for (const stack of stacks) states.set(stack.name, await terraform.state(stack));
  for (const stack of stacks) {
    const state = states.get(stack.name);
    const reads = unmetReads(stack, name => states.get(name)?.outputs);
    if (reads.length > 0) unmet.add(stack.name);
    const resources = state?.resources ?? [];
    const kept = keptResources(resources, stack);
    const text = kept.map(each => `  ${keptText(each)}`);
    notes.set(stack.name, { json: { resources: resources.length, kept }, lines: text });
    lines.push(
      `  ${stack.name}: ${state ? counted(resources.length, 'resource') : 'its state cannot be read'}`,
      ...reads.map(
        name => `    what it reads of ${name} was never deployed, so it is destroyed as its state has it`,
      ),
      ...text.map(line => `  ${line}`),
    );
  }
  process.stderr.write(`destroying ${environment.name}:\n${lines.join('\n')}\n`);
  return { notes, unmet };
}
