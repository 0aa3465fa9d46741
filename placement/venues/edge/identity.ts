import type { Device } from '../../../config/environment';
import { slug } from '../../offer';
import type { Identity } from '../../offer';
import type { FileOffer } from '../../pools/served-models';

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
export function identityOf(device: string): Identity {
  return { unitKey: `edge/${device}`, unitId: slug(`edge-${device}`), device, billing: '' };
}
