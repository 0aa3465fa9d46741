import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** What only one construct of a stack may have, such as a port of a host or a name in a resource group. */
export class Claims {
  private readonly byStack = new WeakMap<TerraformStack, Map<string, string>>();

  /** Takes what nobody has. @returns of the rest, the path of who has it */
  take(owner: Construct, wanted: readonly string[]): ReadonlyMap<string, string> {
    const stack = TerraformStack.of(owner);
    const taken = this.byStack.get(stack) ?? new Map<string, string>();
    this.byStack.set(stack, taken);
    const held = wanted.flatMap(each => {
      const path = taken.get(each);
      return path === undefined ? [] : [[each, path] as const];
    });
    for (const each of wanted) if (!taken.has(each)) taken.set(each, owner.node.path);
    return new Map(held);
  }
}
