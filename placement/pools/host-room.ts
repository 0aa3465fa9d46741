import { hostLimits, recipeBytesOf, recipeRoom } from '../../limits/host';
import { buildOf } from '../../limits/verified';
import { groupBy } from '../collections';
import type { Setting } from '../setting';
import type { Verdict } from '../verdict';
import type { PoolOffer } from './pool-offer';

/**
 * What limits the models of one host besides its memory: how many it serves, each under a name of its own, and, in a
 * cloud, what its recipe is brought in.
 */

/** What is wrong with a host that serves these; nothing where there is room for all. @param offers in any order */
export function roomVerdicts(offers: readonly PoolOffer[], setting: Setting): Verdict[] {
  const served = distinctFiles(offers);
  const [first] = served;
  if (!first || !isHost(first)) return [];
  const named = [...groupBy(served, ({ model }) => model)].filter(([, files]) => files.length > 1);
  const twice = named.map(([model]) => model).join(', ');
  const bytes = served.reduce((sum, offer) => sum + bytesOf(offer), 0);
  const room = roomOf(first, setting);
  const broken = [
    served.length > hostLimits.models &&
      `a host serves at most ${hostLimits.models} models, and these are ${served.length}`,
    twice !== '' && `a host serves a model in one file, and ${twice} is asked for in several`,
    bytes > room &&
      `the models take ${bytes} bytes of the recipe that AWS brings, and ${Math.max(0, room)} are left`,
  ];
  return broken.flatMap(message =>
    message === false ? [] : [{ rule: 'host', verdict: 'fail' as const, message }],
  );
}

/**
 * The least share of a machine that each of its weights is counted for, in their order, so that those whose memory fits on
 * one machine never exceed what a host may serve. All zero, unless so many workloads ask for so many models. Whatever
 * counts for its memory alone would be let through, and what counts for more here is at times kept apart for nothing.
 * @param workloads those that are on any of them
 */
export function leastShares(
  parts: readonly PoolOffer[],
  workloads: number,
  setting: Setting,
): readonly number[] {
  const [first] = parts;
  const none = parts.map(() => 0);
  if (!first || !isHost(first)) return none;
  const room = roomOf(first, setting);
  const shares = parts.map(offer => Math.max(1 / hostLimits.models, bytesOf(offer) / room));
  const most = shares
    .toSorted((a, b) => b - a)
    .slice(0, workloads)
    .reduce((sum, share) => sum + share, 0);
  const least = room <= 0 ? parts.map(() => Infinity) : most > 1 ? shares : none;
  // A second file of a model has its machines for itself.
  return least.map((share, i) => (isSecondFile(parts, i) ? Math.max(1, share) : share));
}

function isSecondFile(parts: readonly PoolOffer[], index: number): boolean {
  return parts.findIndex(({ model }) => model === parts[index]?.model) < index;
}

/** Whether Berth itself installs what serves the weights; else the provider does. */
function isHost({ class: { weights } }: PoolOffer): boolean {
  return weights?.file !== undefined;
}

function distinctFiles(offers: readonly PoolOffer[]): readonly PoolOffer[] {
  return [...new Map(offers.map(offer => [`${offer.model} ${offer.quantisation.name}`, offer])).values()];
}

function bytesOf({ model, class: { weights } }: PoolOffer): number {
  return recipeBytesOf(model, weights?.file ?? { url: null });
}

/** Bytes for all models of a machine; a device of ours is set up in another way, without a limit. */
function roomOf({ provider, class: { weights } }: PoolOffer, { environment }: Setting): number {
  const accelerator = weights?.engine?.accelerator;
  if (provider === 'own' || !weights?.engine || typeof accelerator !== 'string') return Infinity;
  const build = buildOf(environment.engines, { arch: weights.engine.arch, accelerator });
  return recipeRoom(provider, build ?? { url: null });
}
