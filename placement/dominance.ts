import type { Hardware } from '../sizing';
import { usdPerMachine } from './billing';
import type { MachineOffer, Offer } from './types';

/**
 * Drops virtual machines that another of the same class beats: at least as much memory, nowhere slower, and cheaper, or
 * as dear with the earlier name. Whatever runs on the one runs on no more of the other.
 * @param keep SKUs that are kept all the same, such as pinned ones, which others may share
 */
export function withoutBeatenMachines(offers: readonly Offer[], keep: ReadonlySet<string>): readonly Offer[] {
  const machines = offers.filter(offer => offer.venue === 'vm');
  if (machines.length < offers.length) return offers;
  const priced = machines.map((offer): Priced => ({ offer, usd: usdPerMachine(offer) }));
  return priced
    .filter(each => keep.has(each.offer.sku) || !priced.some(other => beats(other, each)))
    .map(({ offer }) => offer);
}

interface Priced {
  readonly offer: MachineOffer;
  /** USD a month; null is unknown. */
  readonly usd: number | null;
}

function beats({ offer: a, usd: usdA }: Priced, { offer: b, usd: usdB }: Priced): boolean {
  if (a === b || usdA === null || usdB === null || usdA > usdB) return false;
  return isNowhereWorse(a.hardware, b.hardware) && (usdA < usdB || a.sku < b.sku);
}

/** Whether every model runs on `a` if it runs on `b`, and at least as fast: predictions rise with each of these but the cores. */
function isNowhereWorse(a: Hardware, b: Hardware): boolean {
  return (
    a.class === b.class &&
    a.kind === b.kind &&
    a.known === b.known &&
    a.gpuCount === b.gpuCount &&
    a.usableMemoryGib >= b.usableMemoryGib &&
    atLeast(a.memoryBandwidthGbs, b.memoryBandwidthGbs) &&
    atLeast(a.compute.vectorTflops, b.compute.vectorTflops) &&
    atLeast(a.compute.matrixTflops, b.compute.matrixTflops) &&
    atLeast(a.compute.boardWatt, b.compute.boardWatt) &&
    // Every thread costs something.
    atLeast(b.compute.cores, a.compute.cores)
  );
}

/** An unknown figure compares with no known one. */
function atLeast(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : a >= b;
}
