import type { Catalog, OpenModel, PricedMachine } from '../config/catalog';
import { findQuantisation, machinesOf } from '../config/catalog';
import { tokenCostOf } from '../config/catalog';
import type { Offer, Problem, SharedUnit } from '../config/optimum/problem';

const secondsPerDay = 86_400;
const hoursPerMonth = 730;
const daysPerMonth = hoursPerMonth / 24;
const peakFactor = 3;
const usableShare = 0.7;

/** Deterministic numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Demand {
  readonly id: string;
  readonly requestsPerDay: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly contextTokens: number;
  /** Open models below this many parameters are not good enough for it. */
  readonly billions: number;
  /** Hosted models below this USD per million output tokens are not good enough for it. */
  readonly outputPrice: number;
  readonly ownNetwork: boolean;
  /** Index into the priced regions, or null for any. */
  readonly region: number | null;
}

function demandOf(index: number, regions: number, random: () => number): Demand {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const bell = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const tier = Math.floor(random() ** 2 * 5);
  return {
    id: `workload-${String(index).padStart(4, '0')}`,
    requestsPerDay: Math.round(3000 * Math.exp(1.8 * bell)) + 10,
    inputTokens: pick([200, 500, 1000, 2000, 4000]),
    outputTokens: pick([10, 50, 150, 400, 800]),
    contextTokens: pick([2048, 4096, 8192, 16384]),
    billions: [0, 3, 7, 12, 30][tier] ?? 0,
    outputPrice: [0.4, 0.5, 1.5, 4, 10][tier] ?? 0,
    ownNetwork: random() < 0.4,
    region: random() < 0.6 ? Math.floor(random() * regions) : null,
  };
}

interface Served {
  readonly model: OpenModel;
  readonly partGib: number;
  readonly kvBytesPerToken: number;
}

function servedModels(catalog: Catalog): Served[] {
  const quantisation = findQuantisation(catalog, 'Q4_K_M');
  if (!quantisation.found) throw new Error(quantisation.problem);
  const bits = quantisation.value.bitsPerWeight;
  return catalog.openModels
    .filter(model => model.kind === 'chat' && model.shape !== null)
    .map(model => ({
      model,
      partGib: (model.parametersBillion * 1e9 * bits) / 8 / 2 ** 30 + 1,
      kvBytesPerToken: 4 * model.shape.layers * model.shape.kvHeads * model.shape.headDim,
    }))
    .sort((a, b) => a.partGib - b.partGib || (a.model.id < b.model.id ? -1 : 1));
}

interface Kind {
  readonly unit: SharedUnit;
  readonly memoryGib: number;
  readonly bandwidthGbs: number;
  readonly region: number;
}

function kindOf(priced: PricedMachine, region: number, catalog: Catalog): Kind[] {
  const { machine, usdPerHour } = priced;
  const { gpu } = machine;
  const cpu = catalog.cpuPlatforms.find(platform => platform.name === machine.cpuPlatform);
  if (usdPerHour === null || machine.burstable || (!gpu && !cpu)) return [];
  const memoryGib = gpu ? gpu.totalMemoryGib * 0.9 : machine.memoryGib * 0.8;
  const bandwidthGbs = gpu
    ? gpu.bandwidthGbs * Math.max(1, gpu.count)
    : ((cpu?.socketBandwidthGbs ?? 0) * machine.vcpu) / (cpu?.vcpuPerSocket ?? 1);
  const unit = {
    id: `${machine.sku}/${region}`,
    usdPerCount: usdPerHour * hoursPerMonth,
    memoryGib,
    loadPerCount: usableShare,
    maxCount: 1000,
    copies: 1000,
  };
  return [{ unit, memoryGib, bandwidthGbs, region }];
}

function machineOffers(
  demand: Demand,
  kinds: readonly Kind[],
  models: readonly Served[],
  most: number,
): Offer[] {
  const good = models.filter(({ model }) => model.parametersBillion >= demand.billions).slice(0, most);
  const outputPerSecond = (demand.requestsPerDay * demand.outputTokens * peakFactor) / secondsPerDay;
  const inputPerSecond = (demand.requestsPerDay * demand.inputTokens * peakFactor) / secondsPerDay;
  return kinds
    .filter(kind => demand.region === null || demand.region === kind.region)
    .flatMap(kind =>
      good.flatMap(served => {
        const alone = (kind.bandwidthGbs * 0.6) / (served.partGib * 1.07);
        const parallel = Math.max(1, Math.min(8, Math.ceil(outputPerSecond / alone)));
        const memoryGib = (served.kvBytesPerToken * demand.contextTokens * parallel) / 2 ** 30;
        if (served.partGib + memoryGib > kind.memoryGib) return [];
        const load = outputPerSecond / (alone * parallel ** 0.8) + inputPerSecond / (alone * 25);
        return [
          {
            id: `${demand.id}/${kind.unit.id}/${served.model.id}`,
            workload: demand.id,
            usd: 0,
            unit: kind.unit.id,
            part: { id: served.model.id, memoryGib: served.partGib },
            memoryGib,
            load,
            quality: Math.log(served.model.parametersBillion),
          },
        ];
      }),
    );
}

function tokenOffers(demand: Demand, catalog: Catalog): Offer[] {
  if (demand.ownNetwork) return [];
  return catalog.hostedModels.flatMap(model => {
    const cost =
      model.kind === 'chat' ? tokenCostOf(catalog, model, 'GlobalStandard', 'swedencentral') : null;
    if (!cost || cost.input === null || cost.output === null || cost.output < demand.outputPrice) return [];
    const perRequest = (cost.input * demand.inputTokens + cost.output * demand.outputTokens) / 1e6;
    const usd = perRequest * demand.requestsPerDay * daysPerMonth;
    const id = `${demand.id}/${model.name}/${model.version}`;
    return [{ id, workload: demand.id, usd, quality: Math.log(cost.output) }];
  });
}

/**
 * Random workloads, each with its offers over every priced machine, open model and token price of the catalogue. The
 * speeds are rough on purpose: what matters here is the shape and the size of the problem.
 */
export function randomInstance(catalog: Catalog, count: number, seed: number): Problem {
  const random = seededRandom(seed);
  const regions = catalog.machinePrices;
  const models = servedModels(catalog);
  const kinds = regions.flatMap(({ cloud, region }, index) =>
    machinesOf(catalog, cloud, region).flatMap(priced => kindOf(priced, index, catalog)),
  );
  const demands = Array.from({ length: count }, (_, index) => demandOf(index, regions.length, random));
  const offers = demands.flatMap(demand => [
    ...machineOffers(demand, kinds, models, 3),
    ...tokenOffers(demand, catalog),
  ]);
  const units = kinds.map(kind => kind.unit);
  return { workloads: demands.map(demand => demand.id), offers, units, quotas: [] };
}
