import { reversed } from '../rehearsal/run/in-order';
import { confirm } from './confirm';
import { counted } from './counted';
import { keptResources, keptText } from './kept-resources';
import { readsOf } from './stack-reads';
import { runStackCommand } from './stack-command';
import type { PreparedStacks, StackFlags, StackNotes } from './stack-command';
import { UsageError } from './usage-error';

/**
 * Destroys each stack of an environment by a CLI of its own, those that others read last, after it has said what that takes
 * away and what Azure keeps.
 * @param more further arguments for `cdktf destroy`
 */
export async function destroy(nameOrPath: string, more: readonly string[], flags: StackFlags): Promise<void> {
  await runStackCommand('destroy', nameOrPath, more, flags, {
    order: ({ stacks }) =>
      reversed(stacks.map(stack => ({ name: stack.name, dependencies: readsOf(stack) }))).reverse(),
    announce,
    // To say no to the CLI ends it in the middle: it looks for the stacks that this one needs, which it was not given.
    confirm: async ({ environment: { name } }) => {
      if (!(await confirm(`All of ${name} goes, with what its models have stored.`, name)))
        throw new UsageError('nothing was destroyed');
    },
  });
}

/** Says what there is to destroy, as the states have it, and what Azure keeps of it. */
async function announce({
  environment,
  stacks,
  terraform,
}: PreparedStacks): Promise<Map<string, StackNotes>> {
  const notes = new Map<string, StackNotes>();
  const lines: string[] = [];
  for (const stack of stacks) {
    const state = await terraform.state(stack);
    const resources = state?.resources ?? [];
    const kept = keptResources(resources, stack);
    const text = kept.map(each => `  ${keptText(each)}`);
    notes.set(stack.name, { json: { resources: resources.length, kept }, lines: text });
    lines.push(
      `  ${stack.name}: ${state ? counted(resources.length, 'resource') : 'its state cannot be read'}`,
      ...text.map(line => `  ${line}`),
    );
  }
  process.stderr.write(`destroying ${environment.name}:\n${lines.join('\n')}\n`);
  return notes;
}
