import { hosted, threeMachines } from './edits';
import type { PlayedLife, Without } from './life';
import { deployed, firstShop, named } from './rows';
import type { Shop } from './shop';

/** An edge of the order in which things are done, which keeps something that serves. */
export interface OrderingEdge {
  readonly name: string;
  readonly without: Without;
  /** A life in which it has something to keep. */
  readonly life: PlayedLife;
  /** What is seen without it. */
  readonly seen: RegExp;
}

const onService: Shop = { ...firstShop, workloads: [hosted('chat')] };
const machines = 3;
/** Of the larger size; as many of the smaller one take their place as there are edges. */
const onMachines: Shop = {
  ...firstShop,
  workloads: [{ ...threeMachines('law'), sku: 'Standard_D16as_v6' }],
};
const otherSku = named('another deployment SKU');

/**
 * All of them: the steps of a deploy and the records that they go by, and of the plan's graph each dependency of a name
 * on the health of a machine. Stacks of what moves are ordered too, which nothing depends on as long as the others hold.
 */
export const orderingEdges: readonly OrderingEdge[] = [
  {
    name: 'all that is wanted stands before anything is let go',
    without: 'stand before letting go',
    life: { shop: onService, steps: [deployed(otherSku)] },
    seen: /^another deployment SKU: the first step has azurerm_cognitive_deployment\S+ destroyed, of chat, which serves$/,
  },
  {
    name: 'what goes is kept through placements',
    without: 'going through placements',
    life: {
      shop: onService,
      steps: [{ edit: otherSku, pick: 0, then: 'nothing' }, deployed(named('another hosted model'))],
    },
    seen: /^another hosted model: chat is served by nobody after delete of \S+\/deployments\/chat$/,
  },
  {
    name: 'what goes and nobody said to be deployed is held where a state has it',
    without: 'held by states',
    life: { shop: onService, isToldFirst: false, steps: [deployed(otherSku)] },
    seen: /^another deployment SKU: the first step has azurerm_cognitive_deployment\S+ destroyed, of chat, which serves$/,
  },
  ...Array.from({ length: machines }, (_, i) => ({
    name: `machine ${i + 1} of ${machines} is healthy before the name leads to it`,
    without: { healthBeforeName: i },
    life: { shop: onMachines, steps: [deployed(named('another size of a machine'))] },
    seen: /^another size of a machine: azurerm_private_dns_a_record\S+ leads to law-2 before that is known to serve$/,
  })),
];
