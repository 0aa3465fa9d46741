import { machinesOf } from '../../catalog';
import type { PricedMachine } from '../../catalog';
import type { Environment } from '../../config/environment';
import { hardwareOfMachine } from '../../sizing';
import type { Billing } from '../billing';
import { hoursKey } from '../hours';
import type { MachineOffer, Setting } from '../types';
import { loadableWeights } from './weights';

/** All weights on every machine that a region of the environment sells, in every way of paying that may be used. */
export function machineOffers(setting: Setting): MachineOffer[] {
  const { environment, catalog } = setting;
  const places = [
    ...(environment.azure?.locations ?? []).map(region => ({ provider: 'azure' as const, region })),
    ...(environment.aws ? [{ provider: 'aws' as const, region: environment.aws.region }] : []),
  ];
  const weights = loadableWeights(setting);
  // One object in all regions, so that what is reckoned of it is reckoned once.
  const hardwares = new Map(
    catalog.machines.map(machine => [machine, hardwareOfMachine(catalog, machine)] as const),
  );
  return places.flatMap(({ provider, region }) =>
    machinesOf(catalog, provider, region).flatMap(machine => {
      const hardware = hardwares.get(machine.machine) ?? hardwareOfMachine(catalog, machine.machine);
      return billings(machine, environment).flatMap(billing =>
        weights.map(({ artifact, ...loaded }): MachineOffer => ({
          venue: 'vm',
          provider,
          sku: machine.machine.sku,
          location: region,
          weights: artifact,
          hardware,
          machine,
          billing,
          ...loaded,
        })),
      );
    }),
  );
}

/**
 * Always on; in the hours of any workload, because one may fit into those of another; spot where a workload allows it and
 * the price is known. Others could never win, and would only be judged for nothing.
 */
function billings({ spotUsdPerHour }: PricedMachine, { workloads }: Environment): Billing[] {
  const hours = workloads.flatMap(({ traffic: { activeHours } }) => activeHours ?? []);
  const distinct = [...new Map(hours.map(each => [hoursKey(each), each])).entries()];
  const scheduled = distinct
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]): Billing => ({ kind: 'scheduled', hours: each }));
  const spot = spotUsdPerHour !== null && workloads.some(({ interruptible }) => interruptible);
  return [{ kind: 'on-demand' }, ...scheduled, ...(spot ? [{ kind: 'spot' } as const] : [])];
}
