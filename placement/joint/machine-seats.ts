import type { Workload } from '../../config/environment';
import type { OfferTable, SharedUnit, TablePart } from '../solver/problem';
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
import { nameOf, retirementOf, taskQuality } from '../ties';
import { unitKeyOf } from '../types';
import type { JointProblem } from './joint-problem';
import { withoutBeatenParts } from './parts';
import type { Part } from './parts';

/** Weights with what they mean for each workload, which is the same on all machines. */
interface Weights extends Part {
  readonly id: string;
  /** By the index of the workload; NaN for who is no guest. */
  readonly quality: Float64Array;
  readonly demands: readonly Demand[];
}

interface Demand {
  readonly workload: Workload;
  /** Index of the workload. */
  readonly index: number;
  readonly demand: PoolDemand;
}

/** Weights on one machine. */
interface Use {
  readonly offer: PoolOffer;
  readonly weights: Weights;
}

/** A workload on some weights of a machine. */
interface Guest extends Demand {
  readonly offer: PoolOffer;
  /** Index of the weights among those of the machine. */
  readonly part: number;
}

/** Machines, endpoints and devices of one place: every part may stand beside every other on any of its machines. */
export function addMachineSeats(joint: JointProblem, parts: readonly Part[]): void {
  const worthIt = withoutBeatenParts(parts, joint.setting).map(part => weightsOf(part, joint));
  const onMachines = worthIt.flatMap(weights => weights.offers.map(offer => ({ offer, weights })));
  for (const [key, uses] of groupBy(onMachines, ({ offer }) => unitKeyOf(offer)))
    addMachine(joint, key, uses);
}

function weightsOf(part: Part, { workloads, setting }: JointProblem): Weights {
  const [offer] = part.offers;
  if (!offer) throw new Error('weights stand on no machine, which is a fault in the placement');
  const quality = new Float64Array(workloads.length).fill(Number.NaN);
  const demands = workloads.flatMap((workload, index): Demand[] => {
    if (!part.guests.has(workload)) return [];
    quality[index] = taskQuality(offer, workload, setting);
    return [{ workload, index, demand: demandOf({ workload, offer }) }];
  });
  return { ...part, id: `${offer.model} ${offer.quantisation.name}`, quality, demands };
}

/** One kind of pool for each number of parallel sequences that could pay. */
function addMachine(joint: JointProblem, key: string, uses: readonly Use[]): void {
  const [first] = uses;
  const usdPerCount = first ? usdPerMachine(first.offer) : null;
  if (!first || usdPerCount === null) return;
  // The same weights under two names are one part, and the last name counts.
  const parts = [...groupBy(uses, ({ weights }) => weights.id)].map(([id, alike]) => ({ id, alike }));
  const guests = parts.flatMap(({ alike }, part) => guestsOf(alike, part));
  const kept: Seats[] = [];
  for (const parallel of parallelSteps) {
    const seats = seatsAt(guests, parallel);
    if (seats.count === 0 || kept.some(fewer => carriesAsMuch(fewer, seats))) continue;
    kept.push(seats);
    const unit = `${key}/${parallel}`;
    joint.addUnit(unitOf(joint, unit, first.offer, usdPerCount, parallel, seats));
    joint.addSeats(
      tableOf(
        unit,
        guests,
        seats,
        parts.map(({ id, alike }) => partOf(id, alike, joint)),
      ),
      parts.map(({ alike }) => alike.map(({ offer, weights }) => ({ offer, guests: weights.guests }))),
    );
  }
}

function guestsOf(alike: readonly Use[], part: number): Guest[] {
  const guests = new Map<number, Guest>();
  for (const { offer, weights } of alike)
    for (const { workload, index, demand } of weights.demands) {
      // What was measured was measured on one machine.
      const own = workload.pin?.measured ? demandOf({ workload, offer }) : demand;
      guests.set(index, { workload, index, demand: own, offer, part });
    }
  return [...guests.values()];
}

function partOf(id: string, alike: readonly Use[], { setting }: JointProblem): TablePart {
  const [first, ...others] = alike;
  if (!first) throw new Error('a part has no weights, which is a fault in the placement');
  const { offer, weights } = first;
  const quality =
    others.length === 0
      ? weights.quality
      : weights.quality.map(
          (_, i) =>
            alike.findLast(use => !Number.isNaN(use.weights.quality[i]))?.weights.quality[i] ?? Number.NaN,
        );
  return { id, quality, retirement: retirementOf(offer), name: nameOf(offer, setting) };
}

/** The seats of all guests of a machine at one number of sequences, in columns. */
interface Seats {
  readonly count: number;
  /** Share of a machine's time; NaN where there is no seat. */
  readonly load: Float64Array;
  readonly partGib: Float64Array;
  readonly minCount: Float64Array;
  /** Whether anybody waits for a first token. */
  readonly hurried: boolean;
}

function seatsAt(guests: readonly Guest[], parallel: number): Seats {
  const load = new Float64Array(guests.length).fill(Number.NaN);
  const partGib = new Float64Array(guests.length);
  const minCount = new Float64Array(guests.length).fill(1);
  const predict = rememberedPredictions(parallel);
  let count = 0;
  let hurried = false;
  guests.forEach((guest, i) => {
    const seat = seatOf(guest, parallel, predict);
    if (!seat) return;
    count++;
    hurried ||= isInAHurry(guest);
    load[i] = seat.load;
    partGib[i] = seat.memoryGib;
    minCount[i] = seat.minCount;
  });
  return { count, load, partGib, minCount, hurried };
}

/** Speeds of one machine's models, which are the same for all workloads whose sequences are as long. */
function rememberedPredictions(parallel: number): (guest: Guest) => Throughput {
  const known = new Map<number, Map<number, Throughput>>();
  return ({ part, demand, offer: { hardware } }) => {
    const own = known.get(part) ?? new Map<number, Throughput>();
    known.set(part, own);
    const tokens = tokensHeld(demand);
    const throughput =
      own.get(tokens) ?? predictThroughput(hardware, demand.model, demand.quantisation, parallel, tokens);
    own.set(tokens, throughput);
    return throughput;
  };
}

function seatOf(
  guest: Guest,
  parallel: number,
  predict: (guest: Guest) => Throughput,
): { readonly load: number; readonly memoryGib: number; readonly minCount: number } | undefined {
  const { workload, offer, demand } = guest;
  // What the team measured counts instead of what is predicted, and may be too slow.
  if (workload.pin?.measured && !isFeasible(sizeMachines([{ workload, offer }]))) return undefined;
  const { hardware } = offer;
  const { model, quantisation, contextTokens } = demand;
  const memoryGib = memoryNeededGib(model, quantisation, contextTokens, parallel, hardware.kind);
  if (memoryGib > hardware.usableMemoryGib) return undefined;
  const load = demand.peakRequestsPerSecond * machineSeconds(demand, predict(guest));
  if (Number.isNaN(load)) return undefined;
  const minCount = workload.latency ? countAt(offer, [demand], parallel) : 1;
  return minCount < Infinity ? { load, memoryGib, minCount } : undefined;
}

/** Whether these sequences do all that more do: with as little load on everything, in less memory. */
function carriesAsMuch(fewer: Seats, more: Seats): boolean {
  return (
    !more.hurried &&
    more.load.every((load, i) => Number.isNaN(load) || (fewer.load[i] ?? Number.NaN) <= load * (1 + 1e-9))
  );
}

function countAt(offer: PoolOffer, demands: readonly PoolDemand[], parallel: number): number {
  const limits = { minParallel: parallel, maxParallel: parallel, maxCount: mostMachines(offer) };
  const size = sizePool(offer.hardware, demands, limits);
  return size.fits ? size.count : Infinity;
}

function unitOf(
  joint: JointProblem,
  id: string,
  offer: PoolOffer,
  usdPerCount: number,
  parallel: number,
  { hurried }: Seats,
): SharedUnit {
  const owned = offer.venue === 'edge';
  return {
    id,
    usdPerCount,
    memoryGib: offer.hardware.usableMemoryGib,
    loadPerCount: maxUtilisation,
    maxCount: mostMachines(offer) ?? defaultMaxCount,
    copies: owned ? 1 : joint.workloads.length,
    // However many sequences it runs, a device is there once.
    ...(owned ? { usesPerCount: [{ quota: joint.quota(`device/${offer.device}`, 1), amount: 1 }] } : {}),
    ...(hurried ? { countOf: waitingCounts(joint, offer, parallel) } : {}),
  };
}

function tableOf(
  unit: string,
  guests: readonly Guest[],
  { load, partGib, minCount, hurried }: Seats,
  parts: readonly TablePart[],
): OfferTable {
  const seated = Int32Array.from(guests.keys()).filter(i => !Number.isNaN(load[i]));
  const column = (of: (guest: Guest) => number): Int32Array => seated.map(i => of(guests[i] as Guest));
  const picked = (values: Float64Array): Float64Array => Float64Array.from(seated, i => values[i] ?? 0);
  return {
    unit,
    parts,
    workload: column(({ index }) => index),
    part: column(({ part }) => part),
    partGib: picked(partGib),
    load: picked(load),
    ...(minCount.some(count => count > 1) ? { minCount: picked(minCount) } : {}),
    ...(hurried ? { waits: column(guest => (isInAHurry(guest) ? 1 : 0)) } : {}),
  };
}

function isInAHurry({ demand }: Pick<Guest, 'demand'>): boolean {
  return demand.firstTokenSeconds !== undefined;
}

/** Machines that let no workload wait too long for the others; remembered, because it is asked again and again. */
function waitingCounts(
  joint: JointProblem,
  offer: PoolOffer,
  parallel: number,
): (ids: readonly string[]) => number {
  const demands = new Map<string, PoolDemand>();
  const demandAt = (id: string): PoolDemand => {
    const known = demands.get(id) ?? seatedDemand(joint, id);
    demands.set(id, known);
    return known;
  };
  const counts = new Map<string, number>();
  return ids => {
    const sorted = ids.toSorted();
    const seats = sorted.map(demandAt);
    if (!seats.some(demand => isInAHurry({ demand }))) return 1;
    const key = sorted.join();
    const count = counts.get(key) ?? countAt(offer, seats, parallel);
    counts.set(key, count);
    return count;
  };
}

function seatedDemand(joint: JointProblem, id: string): PoolDemand {
  const { workload, offer } = joint.seatedAt(id);
  if (offer.venue === 'hosted') throw new Error(`${id} is on no machine, which is a fault in the placement`);
  return demandOf({ workload, offer });
}
