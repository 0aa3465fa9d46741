import { findDevice } from '../../../catalog';
import type { Catalog } from '../../../catalog';
import type { Device } from '../../../config/environment';
import { hardwareOfDevice, hardwareOfMeasures, withMeasures } from '../../../sizing';
import type { Hardware } from '../../../sizing';
import { hoursPerMonth } from '../../needs';
import type { EngineNeed, Identity, Place, VenueTraits } from '../../offer';
import { loadableWeights } from '../../pools/loadable-weights';
import { factsOfOpen } from '../../pools/pool-offer';
import type { PoolTerms } from '../../pools/pool-offer';
import { engineBuildFor } from '../../pools/served-models';
import type { FileOffer } from '../../pools/served-models';
import type { Setting } from '../../setting';

/** Weights on an owned device. */
export interface DeviceOffer extends FileOffer {
  readonly venue: 'edge';
  readonly provider: 'own';
  readonly device: string;
  readonly owned: Device;
  /** Average draw that power is charged for; null where none is charged. */
  readonly watts: number | null;
}

/** A device is there once, whatever it serves. */
function identityOf(device: string): Identity {
  return { unitKey: `edge/${device}`, device, billing: '' };
}

/** Devices of ours beside their callers, with files of ours. */
export const traits: VenueTraits = {
  operatedBy: 'us',
  tenancy: 'dedicated',
  network: 'own',
  premises: 'ours',
  worksOffline: true,
  needsSite: true,
  tuning: 'files',
  serves: ['chat', 'embedding'],
};

/** All weights on every owned device. */
export function deviceOffers(setting: Setting): DeviceOffer[] {
  const { environment, catalog } = setting;
  const weights = loadableWeights(setting);
  return Object.entries(environment.devices).flatMap(([name, owned]) => {
    const described = describe(catalog, name, owned);
    if (!described) return [];
    const { sku, watts, peakWatts, runtime } = described;
    const hardware = withMeasures(described.hardware, environment.measured ?? [], name);
    const place: Place = {
      ...traits,
      name: `the device ${name}`,
      processing: 'site',
      connected: owned.connected,
      device: name,
    };
    const identity = identityOf(name);
    const draw = { watts: owned.power?.watts ?? peakWatts, hours: hoursPerMonth };
    const terms: PoolTerms = {
      usdPerMachine: owned.monthlyUsd + (powerUsdOf({ owned, watts }) ?? 0),
      rented: false,
      price: null,
      priceDate: null,
      hours: hoursPerMonth,
      most: 1,
      place: `edge/${name}`,
    };
    const at = { venue: 'edge', provider: 'own', sku, location: owned.site } as const;
    const engine = engineOn(hardware, runtime);
    const build = engineBuildFor(engine, environment);
    return weights.map(({ artifact, ...loaded }): DeviceOffer => {
      const { model, version, open, quantisation } = loaded;
      const runs = { open, quantisation, file: artifact, engine };
      return {
        ...at,
        ...loaded,
        hardware,
        weights: artifact,
        build,
        device: name,
        owned,
        watts,
        identity,
        terms,
        draw,
        class: { ...at, model, version, place, facts: factsOfOpen(open), weights: runs },
      };
    });
  });
}

interface Described {
  readonly sku: string;
  readonly hardware: Hardware;
  /** Of its GPU; null without one. Measures of the environment's own count as CUDA. */
  readonly runtime: 'cuda' | 'metal' | 'vulkan' | null;
  /** Average draw that power is charged for; null where none is charged. */
  readonly watts: number | null;
  /** Of the device table; null is unknown. */
  readonly peakWatts: number | null;
}

function engineOn({ arch, kind, name }: Hardware, runtime: Described['runtime']): EngineNeed {
  if (kind === 'cpu') return { arch, accelerator: 'cpu' };
  return {
    arch,
    accelerator: runtime === 'cuda' ? 'cuda' : { unsupported: `${name} has another accelerator` },
  };
}

function describe(catalog: Catalog, name: string, { hardware, power }: Device): Described | undefined {
  if (typeof hardware !== 'string') {
    return {
      sku: `${hardware.memoryGib}gib-${hardware.runsOn}-${hardware.arch}`,
      hardware: hardwareOfMeasures(name, hardware),
      runtime: hardware.runsOn === 'gpu' ? 'cuda' : null,
      watts: power?.watts ?? null,
      peakWatts: null,
    };
  }
  const device = findDevice(catalog, hardware);
  if (!device.found) return undefined;
  const { runtime, peakPowerWatt } = device.value;
  return {
    sku: hardware,
    hardware: hardwareOfDevice(catalog, device.value),
    runtime,
    watts: power ? (power.watts ?? peakPowerWatt) : null,
    peakWatts: peakPowerWatt,
  };
}

/** USD a month for power; undefined where none is charged apart. */
export function powerUsdOf({ owned, watts }: Pick<DeviceOffer, 'owned' | 'watts'>): number | undefined {
  if (!owned.power || watts === null) return undefined;
  return (watts / 1000) * hoursPerMonth * owned.power.usdPerKwh;
}
