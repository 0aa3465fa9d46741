import { seededRandom } from '../../tools/seeded-random';
import { edits, hosted, machine } from './edits';
import { Life } from './life';
import type { Step } from './life';
import type { Shop } from './shop';

/** The environment that lives begin with. */
export const firstShop: Shop = {
  locations: ['swedencentral', 'francecentral'],
  workloads: [hosted('chat'), { ...hosted('drafts'), model: 'gpt-5-nano' }, machine('law')],
};

/** A life that a number gives: its edits and the failures of Azure in between. */
interface SeededLife {
  readonly steps: readonly Step[];
  /** Which write of all fails, counted from 1. */
  readonly failing: readonly number[];
}

/** The first deploy of the environment makes about so many writes. */
const firstWrites = 60;

export function seededLife(seed: number): SeededLife {
  const random = seededRandom(seed);
  const steps = Array.from({ length: 3 + Math.floor(random() * 4) }, () => ({
    edit: edits[Math.floor(random() * edits.length)] as (typeof edits)[number],
    pick: random(),
    isLeft: random() < 0.25,
  }));
  const failing = Array.from({ length: 3 }, () => Math.floor(firstWrites + random() * 40 * steps.length));
  return { steps, failing };
}

/** @returns what goes wrong */
export function playSeeded({ steps, failing }: SeededLife): Promise<string[]> {
  const faults = failing.map(nth => ({ name: 'server-error', resource: '*', nth }) as const);
  return Life.play(firstShop, steps, { faults });
}

/**
 * Plays every edit by itself, and then lives of several.
 * @param lives how many @param from the seed of the first one
 */
export async function reportEvolution(
  { lives, from }: { readonly lives: number; readonly from: number },
  tell: (line: string) => void,
): Promise<void> {
  const alone = edits.map(edit => ({ steps: [{ edit, pick: 0.5, isLeft: false }], failing: [] }));
  const several = Array.from({ length: lives }, (_, i) => seededLife(from + i));
  let right = 0;
  for (const life of [...alone, ...several]) {
    const problems = await playSeeded(life);
    if (problems.length === 0) right++;
    tell(`${life.steps.map(({ edit }) => edit.name).join(', ')}${problems.length === 0 ? '' : ':'}`);
    for (const problem of problems) tell(`  ${problem}`);
  }
  const played = several.reduce((sum, { steps }) => sum + steps.length, alone.length);
  tell(`${right} of ${alone.length + lives} lives with ${played} edits went as an owner expects`);
}
