import type { OpenModel, Quantisation } from '../../catalog';
import type { Workload } from '../../config/environment';
import { engineOf, isMixture, kvBytesOfSequence, weightsGib } from '../../sizing';
import { withoutDominated } from '../dominance';
import type { Dimension } from '../dominance';
import { contextNeeded } from '../needs';
import { thinkingWorkload } from '../reasoning';
import { taskQuality } from '../ties';
import type { Setting } from '../setting';
import { hiddenTokensOn } from './pool-offer';
import type { PoolOffer } from './pool-offer';

/** Weights in one place, with the workloads that no rule keeps from them. */
export interface Part<O extends PoolOffer = PoolOffer> {
  /** The same weights on each machine that is worth sizing. At least one. */
  readonly offers: readonly O[];
  readonly allowed: ReadonlySet<Workload>;
}

interface Described<O extends PoolOffer = PoolOffer> {
  readonly part: Part<O>;
  readonly open: OpenModel;
  readonly quantisation: Quantisation;
  readonly name: string;
  readonly skus: ReadonlySet<string>;
  /** By workload: how good it is at what the workload is judged by. */
  readonly quality: ReadonlyMap<Workload, number>;
}

/**
 * Drops weights that others beat wherever they stand: at least as fast and as small on all hardware, as good for every
 * task, and allowed to all that these are. Who stands on the ones may stand on the others at no more cost. What is deployed
 * stays among them.
 */
export function withoutBeatenParts<O extends PoolOffer>(
  parts: readonly Part<O>[],
  setting: Setting,
): readonly Part<O>[] {
  const described = parts.map(part => describe(part, setting));
  const dimensions = [...modelDimensions, ...cacheDimensions(described), ...placeDimensions(described)];
  const worthIt = new Set(withoutDominated(described, dimensions, isTakenBefore));
  const isDeployed = ({ part }: Described<O>): boolean =>
    part.offers.some(offer => setting.incumbents?.hold(offer));
  return described.filter(each => worthIt.has(each) || isDeployed(each)).map(({ part }) => part);
}

function describe<O extends PoolOffer>(part: Part<O>, setting: Setting): Described<O> {
  const [offer] = part.offers;
  if (!offer) throw new Error('weights stand on no machine, which is a fault in the placement');
  const quality = new Map(
    [...part.allowed].map(workload => [workload, taskQuality(offer, workload, setting)]),
  );
  const skus = new Set(part.offers.map(({ sku }) => sku));
  const { open, quantisation } = offer;
  const name = `${offer.model}/${offer.version}/${quantisation.name}`;
  return { part, open, quantisation, name, skus, quality };
}

/** The better for any workload of the other comes first; of equals, the earlier name. */
function isTakenBefore(a: Described, b: Described): boolean {
  const equal = [...b.quality].every(([workload, quality]) => a.quality.get(workload) === quality);
  return !equal || a.name < b.name;
}

function figure(id: string, of: (described: Described) => number): Dimension<Described> {
  return { id, better: 'less', of };
}

/** What predictions for any hardware and any number of sequences read of weights: they rise with each of these. */
const modelDimensions: readonly Dimension<Described>[] = [
  { id: 'allowed', better: 'more', of: ({ part }) => part.allowed.size },
  { id: 'kind', better: 'same', of: ({ open }) => open.kind },
  // A measure moves what is predicted, up or down.
  { id: 'measured', better: 'same', of: measuresOf },
  { id: 'engine', better: 'same', of: ({ quantisation }) => engineOf(quantisation) },
  { id: 'sixteen-bits', better: 'same', of: ({ quantisation }) => quantisation.bitsPerWeight >= 16 },
  figure('mixture', ({ open }) => (isMixture(open) ? 1 : 0)),
  figure('weights', ({ open, quantisation }) => weightsGib(open, quantisation)),
  figure('active-parameters', ({ open }) => open.activeParametersBillion),
  figure(
    'bytes-read',
    ({ open, quantisation }) =>
      (weightsGib(open, quantisation) * open.activeParametersBillion) / open.parametersBillion,
  ),
  figure('layers', ({ open }) => open.shape.layers),
  figure('width', ({ open: { shape } }) => shape.layers * shape.hidden),
  // Attention over a prompt.
  figure('heads', ({ open: { shape } }) => shape.layers * shape.heads),
];

/** What was measured of the weights, on any machine. */
function measuresOf({ part, quantisation }: Described): string {
  const own = part.offers.flatMap(({ model, sku, hardware }) =>
    (hardware.measured ?? [])
      .filter(each => each.model === model && each.quantisation === quantisation.name)
      .map(each => ({ ...each, on: sku })),
  );
  return own.length > 0 ? JSON.stringify(own) : '';
}

/** Caches are straight lines between the windows of all, so that it is enough to compare there. */
function cacheDimensions(all: readonly Described[]): Dimension<Described>[] {
  const bends = new Set([1, ...all.map(({ open }) => open.shape.slidingWindow ?? 1), 1e8]);
  return [...bends].map(tokens =>
    figure(`cache-${tokens}`, ({ open }) => kvBytesOfSequence(open.shape, tokens)),
  );
}

/** Where they stand, whom they are allowed to, and how good they are there: what is not there is worse than anything. */
function placeDimensions(all: readonly Described[]): Dimension<Described>[] {
  const skus = new Set(all.flatMap(each => [...each.skus]));
  const workloads = new Set(all.flatMap(({ part }) => [...part.allowed]));
  return [
    ...[...skus].map((sku): Dimension<Described> => ({
      id: `on-${sku}`,
      better: 'more',
      of: ({ skus: own }) => (own.has(sku) ? 1 : 0),
    })),
    ...[...workloads].flatMap((workload): Dimension<Described>[] => [
      {
        id: `quality-${workload.name}`,
        better: 'more',
        of: ({ quality }) => quality.get(workload) ?? -Infinity,
      },
      figure(`tokens-${workload.name}`, ({ open, part }) =>
        part.allowed.has(workload)
          ? Math.min(
              contextNeeded(thinkingWorkload(workload, hiddenTokensOn({ open }, workload))),
              open.contextTokens,
            )
          : Infinity,
      ),
      figure(`hidden-${workload.name}`, ({ open }) => hiddenTokensOn({ open }, workload)),
    ]),
  ];
}
