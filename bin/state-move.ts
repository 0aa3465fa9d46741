import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { findTerraform } from '../rehearsal/run';
import { PrivateDirectories } from '../rehearsal/process/private-directories';
import { StateBackend, StateUnreachable } from './state-backend';
import type { BackendBlock, TerraformState } from './state-backend';

/** A stack and where its state goes from and to. */
export interface StateMove {
  readonly stack: string;
  readonly from: BackendBlock;
  readonly to: BackendBlock;
}

/** What became of one state. */
export interface Moved extends StateMove {
  /** Resources in it; 0 where there was no state. */
  readonly resources: number;
}

/**
 * Copies states with Terraform's own `state pull` and `state push`, which locks where it writes and refuses to write over a
 * state of something else or over a newer one. Run again after an interruption, it goes on.
 * @throws StateUnreachable naming the stack, also when a state changed meanwhile; TerraformUnusable
 */
export async function moveStates(moves: readonly StateMove[]): Promise<Moved[]> {
  const { path } = await findTerraform();
  // States hold secrets, and a guard removes them also when this process is killed.
  const directories = new PrivateDirectories();
  try {
    const opened = [];
    for (const move of moves) {
      const [from, to] = [
        join(directories.files, move.stack, 'from'),
        join(directories.files, move.stack, 'to'),
      ];
      const source = new StateBackend(path, from, move.stack, move.from);
      const target = new StateBackend(path, to, move.stack, move.to);
      const state = await source.open();
      const there = await target.open();
      checkTarget(move.stack, state, there);
      opened.push({ move, source, target, state, arrived: holdsSame(state, there) });
    }
    for (const { state, target, arrived } of opened) if (state && !arrived) await target.push(state);
    for (const { move, state, source, target } of opened) await checkMoved(move.stack, state, source, target);
    return opened.map(({ move, state }) => ({ ...move, resources: state?.resources.length ?? 0 }));
  } finally {
    await directories.close();
  }
}

function checkTarget(
  stack: string,
  state: TerraformState | undefined,
  there: TerraformState | undefined,
): void {
  if (!there || there.lineage === state?.lineage || holdsSame(state, there)) return;
  throw new StateUnreachable(
    `${stack}: where its state would go there is another one (${there.resources.length} resources); choose another backend.keyPrefix, or delete it if it is a copy of this one`,
  );
}

/** By content: Terraform gives a state that it copies to an empty place a lineage of its own. */
function holdsSame(state: TerraformState | undefined, there: TerraformState | undefined): boolean {
  return (
    isDeepStrictEqual(there?.resources, state?.resources) && isDeepStrictEqual(there?.outputs, state?.outputs)
  );
}

async function checkMoved(
  stack: string,
  state: TerraformState | undefined,
  source: StateBackend,
  target: StateBackend,
): Promise<void> {
  if ((await source.pull())?.serial !== state?.serial)
    throw new StateUnreachable(
      `${stack}: its state changed while it was moved; end the other deploy and run this again`,
    );
  if (state && !holdsSame(state, await target.pull()))
    throw new StateUnreachable(
      `${stack}: its state did not arrive as it was sent; nothing was changed where it was, run this again`,
    );
}
