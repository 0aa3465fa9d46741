import type { Stack } from '../rehearsal/run';
import { stackReadAs } from '../rehearsal/run/stack';

/** The stacks whose state a stack reads. */
export function readsOf({ json }: Stack): string[] {
  return Object.keys(json.data?.terraform_remote_state ?? {}).flatMap(state => stackReadAs(state) ?? []);
}
