import { machineModels } from './shop';
import type { Shop, ShopWorkload } from './shop';

/** An edit of an environment's file. */
export interface Edit {
  readonly name: string;
  /**
   * The environment after it; undefined where it has nothing to change.
   * @param pick a number from 0 to below 1 that chooses among workloads
   */
  readonly apply: (shop: Shop, pick: number) => Shop | undefined;
}

type Change = (workload: ShopWorkload) => ShopWorkload | undefined;

/** Edits as an owner makes them, each of one thing. */
export const edits: readonly Edit[] = [
  adding('a hosted workload before all others', () => `aaa`, hosted('aaa')),
  adding('a hosted workload behind all others', () => `zzz`, hosted('zzz')),
  adding('a workload on machines', () => `kit`, machine('kit')),
  { name: 'remove a workload', apply: removed },
  { name: 'rename a workload, with formerly', apply: renamed },
  changing('ten times the traffic', each => ({ ...each, requestsPerDay: each.requestsPerDay * 10 })),
  changing('a hundredth of the traffic', each => ({
    ...each,
    requestsPerDay: Math.max(10, Math.round(each.requestsPerDay / 100)),
  })),
  changing('another hosted model', each =>
    each.on === 'service'
      ? { ...each, model: each.model === 'gpt-5-mini' ? 'gpt-5-nano' : 'gpt-5-mini' }
      : undefined,
  ),
  changing('another deployment SKU', each =>
    each.on === 'service'
      ? { ...each, sku: each.sku === 'GlobalStandard' ? 'DataZoneStandard' : 'GlobalStandard' }
      : undefined,
  ),
  changing('other weights on a machine', each =>
    each.on === 'machines'
      ? { ...each, model: each.model === machineModels[0] ? machineModels[1] : machineModels[0] }
      : undefined,
  ),
  changing('another size of a machine', each =>
    each.on === 'machines'
      ? { ...each, sku: each.sku === machineSizes[0] ? machineSizes[1] : machineSizes[0] }
      : undefined,
  ),
  changing('to machines, or back', elsewhere),
  { name: 'two workloads change places', apply: swapped },
  {
    name: 'another location first',
    apply: ({ locations, workloads }) => ({ locations: locations.toReversed(), workloads }),
  },
];

const machineSizes = ['Standard_D8as_v6', 'Standard_D16as_v6'] as const;

export function hosted(name: string): ShopWorkload {
  return { name, on: 'service', model: 'gpt-5-mini', sku: 'GlobalStandard', requestsPerDay: 1000 };
}

export function machine(name: string): ShopWorkload {
  return { name, on: 'machines', model: machineModels[0], sku: 'Standard_D8as_v6', requestsPerDay: 1000 };
}

function adding(name: string, nameOf: () => string, workload: ShopWorkload): Edit {
  return {
    name: `add ${name}`,
    apply: ({ workloads, ...rest }) =>
      workloads.some(each => each.name === nameOf() || each.formerly === nameOf())
        ? undefined
        : { ...rest, workloads: [workload, ...workloads] },
  };
}

function changing(name: string, change: Change): Edit {
  return {
    name,
    apply: ({ workloads, ...rest }, pick) => {
      const able = workloads.filter(each => change(each) !== undefined);
      const chosen = able[Math.floor(pick * able.length)];
      return chosen === undefined
        ? undefined
        : { ...rest, workloads: workloads.map(each => (each === chosen ? (change(each) ?? each) : each)) };
    },
  };
}

function removed({ workloads, ...rest }: Shop, pick: number): Shop | undefined {
  const at = Math.floor(pick * workloads.length);
  return workloads.length < 2 ? undefined : { ...rest, workloads: workloads.toSpliced(at, 1) };
}

function renamed(shop: Shop, pick: number): Shop | undefined {
  const { apply } = changing('', each =>
    each.formerly === undefined ? { ...each, name: `${each.name}-new`, formerly: each.name } : undefined,
  );
  return apply(shop, pick);
}

function elsewhere(each: ShopWorkload): ShopWorkload {
  const { name, formerly, requestsPerDay } = each;
  const there = each.on === 'service' ? machine(name) : hosted(name);
  return { ...there, requestsPerDay, ...(formerly === undefined ? {} : { formerly }) };
}

function swapped({ workloads, ...rest }: Shop): Shop | undefined {
  const one = workloads.find(({ on }) => on === 'service');
  const other = workloads.find(({ on }) => on === 'machines');
  if (!one || !other) return undefined;
  return {
    ...rest,
    workloads: workloads.map(each => (each === one || each === other ? elsewhere(each) : each)),
  };
}
