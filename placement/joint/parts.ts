import type { OpenModel, Quantisation } from '../../catalog';
import type { Workload } from '../../config/environment';
import { engineOf, isMixture, kvBytesOfSequence, weightsGib } from '../../sizing';
import { contextNeeded } from '../needs';
import type { PoolOffer } from '../size-machines';
import { taskQuality } from '../ties';
import type { Setting } from '../types';

/** Weights in one place, with the workloads that no rule keeps from them. */
export interface Part {
  /** The same weights on each machine that is worth sizing. At least one. */
  readonly offers: readonly PoolOffer[];
  readonly guests: ReadonlySet<Workload>;
}

/**
 * Drops weights that others beat wherever they stand: at least as fast and as small on all hardware, as good for every
 * task, and allowed to all that these are. Who stands on the ones may stand on the others at no more cost.
 */
export function withoutBeatenParts(parts: readonly Part[], setting: Setting): readonly Part[] {
  const described = parts.map(part => describe(part, setting));
  return described.filter(b => !described.some(a => a !== b && beats(a, b))).map(({ part }) => part);
}

interface Described {
  readonly part: Part;
  readonly open: OpenModel;
  readonly quantisation: Quantisation;
  readonly name: string;
  /** By task, in which a model is as good as in any other workload of the same task. */
  readonly quality: ReadonlyMap<Workload, number>;
}

function describe(part: Part, setting: Setting): Described {
  const [offer] = part.offers;
  if (!offer) throw new Error('weights stand on no machine, which is a fault in the placement');
  const quality = new Map([...part.guests].map(guest => [guest, taskQuality(offer, guest, setting)]));
  const { open, quantisation } = offer;
  return { part, open, quantisation, name: `${offer.model}/${offer.version}/${quantisation.name}`, quality };
}

function beats(a: Described, b: Described): boolean {
  if (a.part.guests.size < b.part.guests.size || !standsWherever(a, b) || !runsNowhereWorse(a, b))
    return false;
  let equal = true;
  for (const [guest, quality] of b.quality) {
    const other = a.quality.get(guest);
    if (other === undefined || other < quality || contextNeeded(guest) > b.open.contextTokens) return false;
    equal &&= other === quality;
  }
  return !equal || a.name < b.name;
}

function standsWherever(a: Described, b: Described): boolean {
  const skus = new Set(a.part.offers.map(({ sku }) => sku));
  return b.part.offers.every(({ sku }) => skus.has(sku));
}

/** Whether predictions say so for any hardware, any number of sequences and any context: they rise with each of these. */
function runsNowhereWorse(a: Described, b: Described): boolean {
  return (
    a.open.kind === b.open.kind &&
    engineOf(a.quantisation) === engineOf(b.quantisation) &&
    a.quantisation.bitsPerWeight >= 16 === b.quantisation.bitsPerWeight >= 16 &&
    (!isMixture(a.open) || isMixture(b.open)) &&
    weightsGib(a.open, a.quantisation) <= weightsGib(b.open, b.quantisation) &&
    a.open.activeParametersBillion <= b.open.activeParametersBillion &&
    readBytes(a) <= readBytes(b) &&
    a.open.shape.layers <= b.open.shape.layers &&
    widthOf(a) <= widthOf(b) &&
    headsOf(a) <= headsOf(b) &&
    keepsNoMore(a.open, b.open)
  );
}

function readBytes({ open, quantisation }: Described): number {
  return (weightsGib(open, quantisation) * open.activeParametersBillion) / open.parametersBillion;
}

function widthOf({ open: { shape } }: Described): number {
  return shape.layers * shape.hidden;
}

/** Attention over a prompt. */
function headsOf({ open: { shape } }: Described): number {
  return shape.layers * shape.heads;
}

/** Caches are straight lines between the windows of both, so that it is enough to compare there. */
function keepsNoMore(a: OpenModel, b: OpenModel): boolean {
  const bends = [1, a.shape.slidingWindow ?? 1, b.shape.slidingWindow ?? 1, 1e8];
  return bends.every(tokens => kvBytesOfSequence(a.shape, tokens) <= kvBytesOfSequence(b.shape, tokens));
}
