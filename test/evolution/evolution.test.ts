import { seededLife } from '../../bench/evolution';
import { hosted, machine } from '../../bench/evolution/edits';
import { Life } from '../../bench/evolution/life';
import type { PlayedLife, orderingEdges } from '../../bench/evolution/life';
import { deployed, firstShop, named } from '../../bench/evolution/rows';
import type { Shop } from '../../bench/evolution/shop';

/** A life is six rehearsed deploys or more. `npm run bench -- evolution` plays all edits, and as many lives as it is told. */
jest.setTimeout(900_000);

const onService: Shop = { ...firstShop, workloads: [hosted('chat')] };
const onMachines: Shop = { ...firstShop, workloads: [machine('law')] };
const otherSku = named('another deployment SKU');

/** A life in which each edge of the order has something to keep, and what is seen without it. */
const edges: readonly [(typeof orderingEdges)[number], PlayedLife, RegExp][] = [
  [
    'stand before letting go',
    { shop: onService, steps: [deployed(otherSku)] },
    /^another deployment SKU: the first step has azurerm_cognitive_deployment\S+ destroyed, of chat, which serves$/,
  ],
  [
    'going through placements',
    {
      shop: onService,
      steps: [{ edit: otherSku, pick: 0, then: 'nothing' }, deployed(named('another hosted model'))],
    },
    /^another hosted model: chat is served by nobody after delete of \S+\/deployments\/chat$/,
  ],
  [
    'held by states',
    { shop: onService, isToldFirst: false, steps: [deployed(otherSku)] },
    /^another deployment SKU: the first step has azurerm_cognitive_deployment\S+ destroyed, of chat, which serves$/,
  ],
  [
    'health before name',
    { shop: onMachines, steps: [deployed(named('another size of a machine'))] },
    /^another size of a machine: azurerm_private_dns_a_record\S+ leads to law-2 before that is known to serve$/,
  ],
];

describe('an environment that is edited', () => {
  it('serves throughout when two workloads change places, and the preview names all that goes', async () => {
    const swap = { shop: firstShop, steps: [deployed(named('two workloads change places'))] };
    expect(await Life.play(swap, { previews: true })).toEqual([]);
  });

  it('serves throughout a life of edits, placements that nobody deploys and failures of Azure', async () => {
    expect(await Life.play(seededLife(3))).toEqual([]);
  });

  // With all edges the bench plays these lives; here it is that a fault would be seen.
  it.each(edges)('is seen to lose what serves without the edge %s', async (edge, life, seen) => {
    expect(await Life.play(life, { without: edge })).toContainEqual(expect.stringMatching(seen));
  });
});
