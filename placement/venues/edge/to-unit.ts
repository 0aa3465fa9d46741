import type { Assignment, UnitSize } from '../../candidate';
import { acceleratorOf, servedModels } from '../../pools/served-models';
import type { EngineBuild, ServedModel, UnitBase } from '../../unit';
import { unitBaseOf } from '../venue';
import type { DeviceOffer } from './offers';
import { firstOf } from '../../collections';

/** An owned device. */
export interface EdgeUnit extends UnitBase {
  /** An owned device. */
  readonly venue: 'edge';
  /** Who runs it. */
  readonly provider: 'own';
  /** Key in the environment's `devices`. */
  readonly device: string;
  /** Devices that are set up alike, each for its own site, that one the first of them. @default - only that one */
  readonly devices?: readonly string[];
  /** Processor of the device. */
  readonly arch: 'amd64' | 'arm64';
  /** What the model runs on; `cuda` for every device with a GPU. */
  readonly accelerator: 'cpu' | 'cuda';
  /** Build that the device installs; null until the environment names one for it. */
  readonly engine: EngineBuild | null;
  /** What is loaded on it. */
  readonly serves: readonly ServedModel[];
}

/** All devices of a unit. */
export function devicesOf({ device, devices }: Pick<EdgeUnit, 'device' | 'devices'>): readonly string[] {
  return devices ?? [device];
}

export function toUnit(id: string, members: readonly Assignment<DeviceOffer>[], size: UnitSize): EdgeUnit {
  const first = firstOf(members, 'a unit without workloads');
  const { offer } = first;
  return {
    ...unitBaseOf(id, 'edge', members, size),
    count: offer.devices.length,
    device: offer.device,
    ...(offer.devices.length > 1 ? { devices: offer.devices } : {}),
    arch: offer.hardware.arch,
    accelerator: acceleratorOf(offer),
    engine: offer.build,
    serves: servedModels(members, size),
  };
}
