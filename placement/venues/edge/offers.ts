import { findDevice } from '../../../catalog';
import type { Catalog } from '../../../catalog';
import type { Device, Environment } from '../../../config/environment';
import { siteClasses } from '../../../config/site-classes';
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
  /** Devices of other sites that are alike and have the same work; that one is the first of them. */
  readonly devices: readonly string[];
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
  stage: 'GA',
  serves: ['chat', 'embedding'],
};

/** All weights on every owned device; of devices that are alike and have the same work, on the first for all of them. */
export function deviceOffers(setting: Setting): DeviceOffer[] {
  const { environment, catalog } = setting;
  const weights = loadableWeights(setting);
  const classes = siteClasses(environment).flatMap(({ devices, isServed }) =>
    // Of those that nobody asks for, the first is an example.
    devices.map(alike => (isServed ? alike : alike.slice(0, 1))),
  );
  return classes.flatMap(devices => {
    const [name = ''] = devices;
    const owned = environment.devices[name];
    const described = owned && describe(catalog, name, owned);
    if (!described) return [];
    const alike = devices.length;
    const { sku, watts, peakWatts, runtime } = described;
    const hardware = measuredOnAny(described.hardware, environment, devices);
    const place: Place = {
      ...traits,
      name: alike === 1 ? `the device ${name}` : `each of the ${alike} devices like ${name}`,
      processing: 'site',
      connected: owned.connected,
      device: name,
    };
    const identity = identityOf(name);
    const drawn = owned.power?.watts ?? peakWatts;
    const draw = { watts: drawn === null ? null : drawn * alike, hours: hoursPerMonth };
    const terms: PoolTerms = {
      usdPerMachine: alike * (owned.monthlyUsd + (powerUsdOf({ owned, watts }) ?? 0)),
      rented: false,
      price: null,
      priceDate: null,
      hours: hoursPerMonth,
      most: 1,
      ...(alike > 1 ? { alike } : {}),
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
        devices,
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

/** What was measured on one of the devices holds for all of them. */
function measuredOnAny(
  hardware: Hardware,
  { measured = [] }: Environment,
  devices: readonly string[],
): Hardware {
  const own = devices.find(name => measured.some(({ on }) => on === name));
  return own === undefined ? hardware : withMeasures(hardware, measured, own);
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
