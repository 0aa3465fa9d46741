import type { Verified, Workload } from '../../config/environment';
import type { OfferClass } from '../offer';
import type { Setting } from '../setting';

/** What the team measured of this model itself; what stands at the workload's pin comes first. */
export function verifiedFacts(
  offer: OfferClass,
  { pin }: Workload,
  { environment }: Setting,
): readonly Omit<Verified, 'model'>[] {
  const { name } = offer.facts;
  const pinned = pin?.measured && (pin.model === name || pin.model === offer.model) ? [pin.measured] : [];
  return [...pinned, ...environment.verified.filter(({ model }) => model === name)];
}

/** Key in the environment's `weights` of what an offer runs. */
export function fileOf({ weights }: OfferClass): string | undefined {
  return weights?.file?.id ?? undefined;
}

/** Whether the offer runs the team's own fine-tuned weights. */
export function isOwnWeights(offer: OfferClass, { environment }: Setting): boolean {
  return environment.weights[fileOf(offer) ?? '']?.fineTuned === true;
}
