import type { Stack } from '../rehearsal/run';

/** The stacks whose state a stack reads. */
export function readsOf({ json }: Stack): string[] {
  return Object.keys(json.data?.terraform_remote_state ?? {}).flatMap(
    state => /^cross-stack-reference-input-(.+)$/.exec(state)?.[1] ?? [],
  );
}
