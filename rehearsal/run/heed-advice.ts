import { adviceFor } from '../terraform/advice';
import type { Terraform } from '../terraform/terraform';
import type { StackResult } from './result';
import type { Stack } from './stack';

/**
 * Does what an operator would about a failed deploy: runs the Terraform commands that the advice on its errors names,
 * such as the import of what is in Azure and not in the state.
 * @returns the commands that were run, as one types them, with their stack
 */
export async function heedAdvice(
  terraform: Terraform,
  stacks: readonly Stack[],
  results: readonly StackResult[],
): Promise<string[]> {
  const done: string[] = [];
  for (const { name, directory } of stacks) {
    const errors = results
      .filter(result => result.name === name)
      .flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error'));
    for (const error of errors) {
      const command = adviceFor(error)?.command;
      if (!command) continue;
      await terraform.command(directory, command);
      done.push(`${name}: terraform ${command.join(' ')}`);
    }
  }
  return done;
}
