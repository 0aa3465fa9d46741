import type { Hardware } from '../../sizing';
import { withoutDominated } from '../dominance';
import type { Dimension } from '../dominance';
import { limitedDimensions } from '../rules/capacity';
import type { Setting } from '../setting';
import type { PoolOffer } from './pool-offer';

type OnHardware = { readonly hardware: Hardware };

/** A figure of the hardware. */
function figure(
  id: string,
  better: 'less' | 'more',
  of: (hardware: Hardware) => number | null,
): Dimension<OnHardware> {
  return { id, better, of: ({ hardware }) => of(hardware) };
}

/**
 * What predictions of speed and memory read of hardware: every model that runs on the worse runs on the better, at least
 * as fast. Predictions rise with each of these but the cores, of which every thread costs something.
 */
const hardwareDimensions: readonly Dimension<OnHardware>[] = [
  { id: 'class', better: 'same', of: ({ hardware }) => hardware.class },
  { id: 'kind', better: 'same', of: ({ hardware }) => hardware.kind },
  { id: 'known', better: 'same', of: ({ hardware }) => hardware.known },
  { id: 'gpus', better: 'same', of: ({ hardware }) => hardware.gpuCount },
  { id: 'chip', better: 'same', of: ({ hardware }) => hardware.compute.chip },
  { id: 'instructions', better: 'same', of: ({ hardware }) => hardware.compute.instructions },
  { id: 'shared-memory', better: 'same', of: ({ hardware }) => hardware.sharedMemory },
  // A measure moves what is predicted, up or down.
  { id: 'measured', better: 'same', of: ({ hardware }) => JSON.stringify(hardware.measured ?? []) },
  figure('memory', 'more', hardware => hardware.usableMemoryGib),
  figure('bandwidth', 'more', hardware => hardware.memoryBandwidthGbs),
  figure('vector-compute', 'more', hardware => hardware.compute.vectorTflops),
  figure('matrix-compute', 'more', hardware => hardware.compute.matrixTflops),
  figure('cores', 'less', hardware => hardware.compute.cores),
];

interface Priced<O extends PoolOffer> extends OnHardware {
  readonly offer: O;
  /** Of one machine a month; null is unknown. */
  readonly usd: number | null;
}

/**
 * Drops machines that another of the same class beats: at least as much memory, nowhere slower, no more of anything that
 * a workload limits, and cheaper, or as dear with the earlier name. Whatever runs on the one runs on no more of the other.
 * @param keep SKUs that are kept all the same, such as pinned ones, which others may share
 */
export function withoutBeatenMachines<O extends PoolOffer>(
  offers: readonly O[],
  keep: ReadonlySet<string>,
  setting: Setting,
): readonly O[] {
  if (offers.length < 2) return offers;
  const priced = offers.map((offer): Priced<O> => ({
    offer,
    hardware: offer.hardware,
    usd: offer.terms.usdPerMachine,
  }));
  const dimensions: readonly Dimension<Priced<O>>[] = [
    { id: 'usd', better: 'less', of: ({ usd }) => usd },
    ...hardwareDimensions,
    ...limitedDimensions(setting),
  ];
  const worthIt = new Set(withoutDominated(priced, dimensions, isTakenBefore));
  return priced.filter(each => keep.has(each.offer.sku) || worthIt.has(each)).map(({ offer }) => offer);
}

/** A machine without a price beats none, and none beats it. */
function isTakenBefore(a: Priced<PoolOffer>, b: Priced<PoolOffer>): boolean {
  if (a.usd === null || b.usd === null) return false;
  return a.usd < b.usd || (a.usd === b.usd && a.offer.sku < b.offer.sku);
}
