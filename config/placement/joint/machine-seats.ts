import type { Workload } from '../../environment';
import {
  defaultMaxCount,
  machineSeconds,
  maxUtilisation,
  memoryNeededGib,
  parallelSteps,
  predictThroughput,
  sizePool,
  tokensHeld,
} from '../../sizing';
import type { PoolDemand, Throughput } from '../../sizing';
import { usdPerMachine } from '../billing';
import { groupBy } from '../group-by';
import { isFeasible } from '../size';
import { demandOf, mostMachines, sizeMachines } from '../size-machines';
import type { PoolOffer } from '../size-machines';
import { unitKeyOf } from '../types';
import type { JointProblem } from './joint-problem';
import { withoutBeatenParts } from './parts';
import type { Part } from './parts';

/** A workload on some weights of a machine, at a number of parallel sequences. */
interface MachineSeat {
  readonly workload: Workload;
  readonly offer: PoolOffer;
  readonly demand: PoolDemand;
  readonly load: number;
  readonly memoryGib: number;
  readonly minCount: number;
}

/** Machines, endpoints and devices of one place: every part may stand beside every other on any of its machines. */
export function addMachineSeats(joint: JointProblem, parts: readonly Part[], workloads: number): void {
  const worthIt = withoutBeatenParts(parts, joint.setting);
  const onMachines = worthIt.flatMap(({ offers, guests }) => offers.map(offer => ({ offer, guests })));
  for (const [key, uses] of groupBy(onMachines, ({ offer }) => unitKeyOf(offer)))
    addMachine(joint, key, uses, workloads);
}

interface Use {
  readonly offer: PoolOffer;
  readonly guests: Part['guests'];
}

/** One kind of pool for each number of parallel sequences that could pay. */
function addMachine(joint: JointProblem, key: string, uses: readonly Use[], workloads: number): void {
  const [first] = uses;
  const usdPerCount = first ? usdPerMachine(first.offer) : null;
  if (!first || usdPerCount === null) return;
  const guests = uses.flatMap(({ offer, guests: own }) =>
    [...own].map(workload => ({ workload, offer, demand: demandOf({ workload, offer }) })),
  );
  const kept: MachineSeat[][] = [];
  const predict = rememberedPredictions(first.offer);
  for (const parallel of parallelSteps) {
    const seats = guests.flatMap(guest => seatAt(guest, parallel, predict));
    if (seats.length === 0 || kept.some(fewer => carriesAsMuch(fewer, seats))) continue;
    kept.push(seats);
    addKind(joint, `${key}/${parallel}`, parallel, seats, usdPerCount, workloads);
  }
}

/** Speeds of one machine's models, which are the same for all workloads whose sequences are as long. */
function rememberedPredictions({ hardware }: PoolOffer) {
  const known = new Map<string, Throughput>();
  return (demand: PoolDemand, parallel: number): Throughput => {
    const { model, quantisation } = demand;
    const tokens = tokensHeld(demand);
    const key = `${model.id} ${quantisation.name} ${parallel} ${tokens}`;
    const throughput = known.get(key) ?? predictThroughput(hardware, model, quantisation, parallel, tokens);
    known.set(key, throughput);
    return throughput;
  };
}

function seatAt(
  { workload, offer, demand }: Pick<MachineSeat, 'workload' | 'offer' | 'demand'>,
  parallel: number,
  predict: (demand: PoolDemand, parallel: number) => Throughput,
): MachineSeat[] {
  // What the team measured counts instead of what is predicted, and may be too slow.
  if (workload.pin?.measured && !isFeasible(sizeMachines([{ workload, offer }]))) return [];
  const { hardware } = offer;
  const { model, quantisation, contextTokens } = demand;
  const memoryGib = memoryNeededGib(model, quantisation, contextTokens, parallel, hardware.kind);
  if (memoryGib > hardware.usableMemoryGib) return [];
  const throughput = predict(demand, parallel);
  const load =
    demand.peakRequestsPerSecond *
    machineSeconds(demand, { model, quantisation, contextTokens, parallel, memoryGib, throughput });
  if (Number.isNaN(load)) return [];
  const minCount = workload.latency ? countAt(offer, [demand], parallel) : 1;
  return minCount < Infinity ? [{ workload, offer, demand, load, memoryGib, minCount }] : [];
}

/** Whether these sequences do all that more do: with as little load on everything, in less memory. */
function carriesAsMuch(fewer: readonly MachineSeat[], more: readonly MachineSeat[]): boolean {
  if (more.some(({ demand }) => demand.firstTokenSeconds !== undefined)) return false;
  const loads = new Map(fewer.map(({ demand, load }) => [demand, load]));
  return more.every(({ demand, load }) => (loads.get(demand) ?? Infinity) <= load * (1 + 1e-9));
}

function countAt(offer: PoolOffer, demands: readonly PoolDemand[], parallel: number): number {
  const limits = { minParallel: parallel, maxParallel: parallel, maxCount: mostMachines(offer) };
  const size = sizePool(offer.hardware, demands, limits);
  return size.fits ? size.count : Infinity;
}

function addKind(
  joint: JointProblem,
  id: string,
  parallel: number,
  seats: readonly MachineSeat[],
  usdPerCount: number,
  workloads: number,
): void {
  const [first] = seats;
  if (!first) return;
  const { offer } = first;
  const byId = new Map<string, MachineSeat>();
  const owned = offer.venue === 'edge';
  joint.addUnit({
    id,
    usdPerCount,
    memoryGib: offer.hardware.usableMemoryGib,
    loadPerCount: maxUtilisation,
    maxCount: mostMachines(offer) ?? defaultMaxCount,
    copies: owned ? 1 : workloads,
    // However many sequences it runs, a device is there once.
    ...(owned ? { usesPerCount: [{ quota: joint.quota(`device/${offer.device}`, 1), amount: 1 }] } : {}),
    ...(seats.some(isInAHurry) ? { countOf: waitingCounts(offer, byId, parallel) } : {}),
  });
  for (const seat of seats) {
    const part = `${seat.offer.model} ${seat.offer.quantisation.name}`;
    const seatId = joint.addSeat(seat, `${id}/${part}`, {
      usd: 0,
      unit: id,
      part: { id: part, memoryGib: seat.memoryGib },
      load: seat.load,
      minCount: seat.minCount,
    });
    byId.set(seatId, seat);
  }
}

function isInAHurry({ demand }: MachineSeat): boolean {
  return demand.firstTokenSeconds !== undefined;
}

/** Machines that let no workload wait too long for the others; remembered, because it is asked again and again. */
function waitingCounts(
  offer: PoolOffer,
  byId: ReadonlyMap<string, MachineSeat>,
  parallel: number,
): (ids: readonly string[]) => number {
  const known = new Map<string, number>();
  return ids => {
    const seats = ids.toSorted().flatMap(id => byId.get(id) ?? []);
    if (!seats.some(isInAHurry)) return 1;
    const key = seats
      .map(({ workload, offer: { model, quantisation } }) => `${workload.name} ${model} ${quantisation.name}`)
      .join();
    const count =
      known.get(key) ??
      countAt(
        offer,
        seats.map(({ demand }) => demand),
        parallel,
      );
    known.set(key, count);
    return count;
  };
}
