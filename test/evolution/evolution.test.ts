import { firstShop, playSeeded, seededLife } from '../../bench/evolution';
import { edits } from '../../bench/evolution/edits';
import { Life } from '../../bench/evolution/life';

/** A life is six rehearsed deploys or more. `npm run bench -- evolution` plays all edits, and as many lives as it is told. */
jest.setTimeout(900_000);

function edited(name: string, pick: number, letsGoAtOnce = false): Promise<string[]> {
  const edit = edits.find(each => each.name === name);
  if (!edit) throw new Error(`${name} is no edit`);
  return Life.play(firstShop, [{ edit, pick, isLeft: false }], { letsGoAtOnce });
}

describe('an environment that is edited', () => {
  it('serves throughout when two workloads change places', async () => {
    expect(await edited('two workloads change places', 0)).toEqual([]);
  });

  it('serves throughout a life of edits, placements that nobody deploys and failures of Azure', async () => {
    expect(await playSeeded(seededLife(3))).toEqual([]);
  });

  it('would be seen not to serve, were what goes let go before its successor stands', async () => {
    expect(await edited('to machines, or back', 0, true)).toEqual([
      expect.stringMatching(/^to machines, or back: chat is served by nobody after delete of /),
    ]);
  });
});
