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
  /** Whether it would take away what the environment stands on, so that it has to be refused. @default false */
  readonly isRefused?: boolean;
}

type Change = (workload: ShopWorkload) => ShopWorkload | undefined;

const machineSizes = ['Standard_D8as_v6', 'Standard_D16as_v6'] as const;
export const endpointModels = ['mistral-7b-instruct-v0.3', 'phi-4'] as const;

/** Requests a day that one machine of the first size serves, and three. */
const [one, three] = [400, 14_000];
/** More machines only cost time. */
const mostOnMachines = three;
/** A pool as large as lives have it. */
export const threeMachines = (name: string): ShopWorkload => ({ ...machine(name), requestsPerDay: three });

/** Edits as an owner makes them, each of one thing. */
export const edits: readonly Edit[] = [
  adding('a hosted workload before all others', hosted('aaa')),
  adding('a hosted workload behind all others', hosted('zzz')),
  adding('a workload on machines', machine('kit')),
  { name: 'remove a workload', apply: removed },
  { name: 'remove the last hosted workload', apply: without('service') },
  { name: 'rename a workload, with formerly', apply: renamed },
  changing('ten times the traffic', each => ({
    ...each,
    requestsPerDay: Math.min(each.requestsPerDay * 10, each.on === 'service' ? 1e9 : mostOnMachines),
  })),
  changing('a hundredth of the traffic', each => ({
    ...each,
    requestsPerDay: Math.max(10, Math.round(each.requestsPerDay / 100)),
  })),
  changing('machines from one to three', requests(three)),
  changing('machines to one', requests(one)),
  changing('another hosted model', toggled('service', 'model', ['gpt-5-mini', 'gpt-5-nano'])),
  changing('another deployment SKU', toggled('service', 'sku', ['GlobalStandard', 'DataZoneStandard'])),
  changing('other weights on a machine', toggled('machines', 'model', machineModels)),
  changing('another size of a machine', toggled('machines', 'sku', machineSizes)),
  changing('a longer context on a machine', each =>
    each.on === 'machines' ? { ...each, contextTokens: (each.contextTokens ?? 4000) + 1000 } : undefined,
  ),
  {
    name: 'another engine',
    apply: shop => ({ ...shop, engine: shop.engine === 'b9001' ? 'b9002' : 'b9001' }),
  },
  changing('to machines, or back', elsewhere),
  { name: 'two workloads change places', apply: swapped },
  {
    name: 'another location first',
    apply: ({ locations, ...rest }) => ({ ...rest, locations: locations.toReversed() }),
  },
  { name: 'a location more', apply: shop => located(shop, [...shop.locations, 'germanywestcentral']) },
  {
    name: 'another size is 0.001 USD cheaper',
    apply: shop => ({ ...shop, prices: { Standard_D2s_v6: 0.096 } }),
  },
];

export function hosted(name: string): ShopWorkload {
  return { name, on: 'service', model: 'gpt-5-mini', sku: 'GlobalStandard', requestsPerDay: 1000 };
}

export function machine(name: string): ShopWorkload {
  return { name, on: 'machines', model: machineModels[0], sku: machineSizes[0], requestsPerDay: 1000 };
}

function adding(what: string, workload: ShopWorkload): Edit {
  return {
    name: `add ${what}`,
    apply: ({ workloads, ...rest }) =>
      workloads.some(each => each.name === workload.name || each.formerly === workload.name)
        ? undefined
        : { ...rest, workloads: [workload, ...workloads] },
  };
}

export function changing(name: string, change: Change): Edit {
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

/** From one value to the other and back. */
export function toggled(
  on: ShopWorkload['on'],
  key: 'model' | 'sku',
  [first, second]: readonly [string, string],
): Change {
  return each => (each.on === on ? { ...each, [key]: each[key] === first ? second : first } : undefined);
}

function requests(requestsPerDay: number): Change {
  return each =>
    each.on === 'machines' && each.requestsPerDay !== requestsPerDay
      ? { ...each, requestsPerDay }
      : undefined;
}

function removed({ workloads, ...rest }: Shop, pick: number): Shop | undefined {
  const at = Math.floor(pick * workloads.length);
  return workloads.length < 2 ? undefined : { ...rest, workloads: workloads.toSpliced(at, 1) };
}

/** All workloads of a venue go. */
export function without(on: ShopWorkload['on']): Edit['apply'] {
  return ({ workloads, ...rest }) => {
    const others = workloads.filter(each => each.on !== on);
    return others.length === 0 || others.length === workloads.length
      ? undefined
      : { ...rest, workloads: others };
  };
}

function renamed(shop: Shop, pick: number): Shop | undefined {
  const { apply } = changing('', each =>
    each.formerly === undefined ? { ...each, name: `${each.name}-new`, formerly: each.name } : undefined,
  );
  return apply(shop, pick);
}

function located(shop: Shop, locations: readonly string[]): Shop | undefined {
  return new Set(locations).size === locations.length ? { ...shop, locations } : undefined;
}

function elsewhere(each: ShopWorkload): ShopWorkload | undefined {
  if (each.on !== 'service' && each.on !== 'machines') return undefined;
  const { name, formerly, requestsPerDay } = each;
  const there = each.on === 'service' ? machine(name) : hosted(name);
  const most = there.on === 'machines' ? mostOnMachines : requestsPerDay;
  return {
    ...there,
    requestsPerDay: Math.min(requestsPerDay, most),
    ...(formerly === undefined ? {} : { formerly }),
  };
}

function swapped({ workloads, ...rest }: Shop): Shop | undefined {
  const one = workloads.find(({ on }) => on === 'service');
  const other = workloads.find(({ on }) => on === 'machines');
  if (!one || !other) return undefined;
  return {
    ...rest,
    workloads: workloads.map(each => (each === one || each === other ? (elsewhere(each) ?? each) : each)),
  };
}
