import { machinesOf } from '../../catalog';
import { hardwareOfMachine } from '../../sizing';
import type { MachineOffer, Setting } from '../types';
import { loadableWeights } from './weights';

/** All weights on every machine that a region of the environment sells. */
export function machineOffers(setting: Setting): MachineOffer[] {
  const { environment, catalog } = setting;
  const places = [
    ...(environment.azure?.locations ?? []).map(region => ({ provider: 'azure' as const, region })),
    ...(environment.aws ? [{ provider: 'aws' as const, region: environment.aws.region }] : []),
  ];
  const weights = loadableWeights(setting);
  return places.flatMap(({ provider, region }) =>
    machinesOf(catalog, provider, region).flatMap(machine => {
      const hardware = hardwareOfMachine(catalog, machine.machine);
      return weights.map(({ artifact, ...loaded }): MachineOffer => ({
        venue: 'vm',
        provider,
        sku: machine.machine.sku,
        location: region,
        weights: artifact,
        hardware,
        machine,
        ...loaded,
      }));
    }),
  );
}
