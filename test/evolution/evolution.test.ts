import { isSeen, seededLife } from '../../bench/evolution';
import { Life } from '../../bench/evolution/life';
import { orderingEdges } from '../../bench/evolution/ordering-edges';
import { deployed, firstShop, named } from '../../bench/evolution/rows';
import { seededRandom } from '../../tools/seeded-random';

/** A life is six rehearsed deploys or more. `npm run bench -- evolution` plays all edits, and as many lives as it is told. */
jest.setTimeout(900_000);

describe('an environment that is edited', () => {
  it('serves throughout when two workloads change places, and the preview names all that goes', async () => {
    const swap = { shop: firstShop, steps: [deployed(named('two workloads change places'))] };
    expect(await Life.play(swap, { previews: true })).toEqual([]);
  });

  it('serves throughout a life of edits, placements that nobody deploys and failures of Azure', async () => {
    expect(await Life.play(seededLife(6))).toEqual([]);
  });

  // With all edges the bench plays these lives, and without each of them; here it is that a fault would be seen.
  it('is seen to lose what serves without an edge of the order', async () => {
    const at = Math.floor(seededRandom(20261125)() * orderingEdges.length);
    expect(await isSeen(orderingEdges[at] as (typeof orderingEdges)[number])).toBe(true);
  });
});
