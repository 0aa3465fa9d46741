import { stackReadAs } from './stack';
import type { Stack } from './stack';

/**
 * Stacks of whose outputs a stack reads some that their states do not have, such as those for what was added and never deployed.
 * Terraform looks at a configuration before it destroys anything, and fails of such a read.
 * @param outputsOf outputs in the state of a stack, by name; undefined where nobody knows
 */
export function unmetReads(
  { json }: Pick<Stack, 'json'>,
  outputsOf: (stack: string) => object | undefined,
): string[] {
  const read = JSON.stringify(json).matchAll(/data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g);
  const unmet = [...read].flatMap(([, state = '', output = '']) => {
    const stack = stackReadAs(state);
    const outputs = stack === undefined ? undefined : outputsOf(stack);
    return stack === undefined || !outputs || Object.hasOwn(outputs, output) ? [] : stack;
  });
  return [...new Set(unmet)];
}

/**
 * Has Terraform destroy what a state holds without a look at the configuration, and so without one at Azure: what is gone there
 * already is none the less taken out of the state.
 * @param environment of the Terraform, whose other arguments stay
 */
export function destroyingByState(environment: Readonly<Record<string, string | undefined>>): {
  readonly TF_CLI_ARGS_destroy: string;
} {
  return { TF_CLI_ARGS_destroy: `${environment['TF_CLI_ARGS_destroy'] ?? ''} ${byState}`.trim() };
}

/** Argument of `terraform plan` and `terraform destroy`. */
export const byState = '-refresh=false';
