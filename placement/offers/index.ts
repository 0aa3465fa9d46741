import type { Offer, Setting } from '../types';
import { catalogOffers } from './catalog';
import { deviceOffers } from './devices';
import { hostedOffers } from './hosted';
import { machineOffers } from './machines';

/** Everything that the catalogue and the environment offer to any workload. */
export function allOffers(setting: Setting): Offer[] {
  return [
    ...hostedOffers(setting),
    ...catalogOffers(setting),
    ...machineOffers(setting),
    ...deviceOffers(setting),
  ];
}
