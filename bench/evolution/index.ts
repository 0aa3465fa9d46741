import * as fc from 'fast-check';
import { edits } from './edits';
import { Life, restOf } from './life';
import type { PlayedLife, Step } from './life';
import { orderingEdges } from './ordering-edges';
import type { OrderingEdge } from './ordering-edges';
import { firstShop, refusedEdits, rows } from './rows';

/** The first deploy of the environment makes about so many writes. */
const firstWrites = 60;

const step: fc.Arbitrary<Step> = fc.record({
  edit: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...edits) }, fc.constantFrom(...refusedEdits)),
  pick: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  then: fc.oneof({ weight: 3, arbitrary: fc.constant('deploy' as const) }, fc.constantFrom(...restOf)),
});

const life: fc.Arbitrary<PlayedLife> = fc.record({
  shop: fc.constant(firstShop),
  isToldFirst: fc.boolean(),
  steps: fc
    .array(step, { minLength: 3, maxLength: 6, size: 'max' })
    .map(steps => [...steps.slice(0, -1), { ...(steps.at(-1) as Step), then: 'deploy' as const }]),
  faults: fc.array(
    fc.record({
      name: fc.constantFrom('server-error', 'conflict', 'timeout', 'answer-lost', 'insufficient-quota'),
      resource: fc.constant('*'),
      nth: fc.integer({ min: firstWrites, max: firstWrites + 160 }),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  delaysFrom: fc.nat(),
});

/** A life that a number gives: its edits, how far each is deployed, and the failures and delays of Azure in between. */
export function seededLife(seed: number): PlayedLife {
  const [played] = fc.sample(life, { seed, numRuns: 1 });
  return played as PlayedLife;
}

/**
 * Plays what the issue's table has, and then lives of several edits.
 * @param lives how many @param from the seed of the first one @param table whether the issue's table is played @param only part of a name of the lives that are played
 */
export async function reportEvolution(
  {
    lives,
    from,
    table,
    only = '',
  }: { readonly lives: number; readonly from: number; readonly table: boolean; readonly only?: string },
  tell: (line: string) => void,
): Promise<void> {
  const generated = Array.from({ length: lives }, (_, i) => seededLife(from + i));
  const played = [...(table ? rows : []), ...generated].filter(each => nameOf(each).includes(only));
  let right = 0;
  for (const each of played) {
    const problems = await Life.play(each, { previews: !generated.includes(each) });
    if (problems.length === 0) right++;
    tell(`${nameOf(each)}${problems.length === 0 ? '' : ':'}`);
    for (const problem of problems) tell(`  ${problem}`);
  }
  const editsOf = (some: readonly PlayedLife[]): number =>
    some.reduce((sum, { steps }) => sum + steps.length, 0);
  const own = played.filter(each => generated.includes(each));
  tell(
    `${right} of ${played.length} lives with ${editsOf(played)} edits went as an owner expects; ${own.length} of them, with ${editsOf(own)} edits, were generated`,
  );
}

/** Whether it is seen that an edge is missing. */
export async function isSeen({ life: played, without, seen }: OrderingEdge): Promise<boolean> {
  return (await Life.play(played, { without })).some(problem => seen.test(problem));
}

/** Plays each edge's life without it. */
export async function reportEdges(tell: (line: string) => void): Promise<void> {
  let missed = 0;
  for (const edge of orderingEdges) {
    const found = await isSeen(edge);
    if (!found) missed++;
    tell(`without "${edge.name}": ${found ? 'seen' : 'NOT SEEN'}`);
  }
  tell(
    `${orderingEdges.length - missed} of ${orderingEdges.length} ordering edges are missed when they are gone`,
  );
}

function nameOf({ steps }: PlayedLife): string {
  return steps.map(({ edit, then }) => `${edit.name}${then === 'deploy' ? '' : ` (${then})`}`).join(', ');
}
