import { findDevice } from '../../catalog';
import type { Catalog } from '../../catalog';
import type { Device } from '../../config/environment';
import { hardwareOfDevice, hardwareOfMeasures } from '../../sizing';
import type { DeviceOffer, Setting } from '../types';
import { loadableWeights } from './weights';

/** All weights on every owned device. */
export function deviceOffers(setting: Setting): DeviceOffer[] {
  const { environment, catalog } = setting;
  const weights = loadableWeights(setting);
  return Object.entries(environment.devices).flatMap(([name, owned]) => {
    const described = describe(catalog, name, owned);
    if (!described) return [];
    return weights.map(({ artifact, ...loaded }): DeviceOffer => ({
      venue: 'edge',
      provider: 'own',
      location: owned.site,
      weights: artifact,
      device: name,
      owned,
      ...described,
      ...loaded,
    }));
  });
}

function describe(
  catalog: Catalog,
  name: string,
  { hardware, power }: Device,
): Pick<DeviceOffer, 'sku' | 'hardware' | 'runtime' | 'watts'> | undefined {
  if (typeof hardware !== 'string') {
    return {
      sku: `${hardware.memoryGib}gib-${hardware.runsOn}-${hardware.arch}`,
      hardware: hardwareOfMeasures(name, hardware),
      runtime: hardware.runsOn === 'gpu' ? 'cuda' : null,
      watts: power?.watts ?? null,
    };
  }
  const device = findDevice(catalog, hardware);
  return device.found
    ? {
        sku: hardware,
        hardware: hardwareOfDevice(catalog, device.value),
        runtime: device.value.runtime,
        watts: power ? (power.watts ?? device.value.peakPowerWatt) : null,
      }
    : undefined;
}
