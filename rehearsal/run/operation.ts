import type { State } from '../terraform/state-file';
import type { StackResult } from './result';
import type { Stack } from './stack';

/** What to do with a set of stacks. */
export interface Operation {
  readonly command: 'deploy' | 'destroy';
  readonly stacks: readonly Stack[];
  readonly stateOf: (stack: string) => State;
  /** Told of each line that Terraform says for people. */
  readonly hear: (stack: string, text: string) => void;
  /** Told of each stack that is done. */
  readonly complete: (stack: string) => void;
}

/** The result of a stack that was not tried. */
export function skippedResult(name: string, { deployed }: State): StackResult {
  return {
    name,
    ok: false,
    skipped: true,
    summary: { add: 0, change: 0, remove: 0 },
    created: [],
    changed: [],
    destroyed: [],
    diagnostics: [],
    outputs: {},
    resources: deployed,
  };
}
