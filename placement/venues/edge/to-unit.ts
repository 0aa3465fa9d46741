import type { Assignment, UnitSize } from '../../candidate';
import { acceleratorOf, servedModels } from '../../pools/served-models';
import type { ServedModel, UnitBase } from '../../unit';
import { unitBaseOf } from '../venue';
import type { DeviceOffer } from './identity';

/** An owned device. */
export interface EdgeUnit extends UnitBase {
  readonly venue: 'edge';
  readonly provider: 'own';
  /** Key in the environment's `devices`. */
  readonly device: string;
  readonly arch: 'amd64' | 'arm64';
  /** What the model runs on; `cuda` for every device with a GPU. */
  readonly accelerator: 'cpu' | 'cuda';
  readonly serves: readonly ServedModel[];
}

export function toUnit(id: string, members: readonly Assignment<DeviceOffer>[], size: UnitSize): EdgeUnit {
  const [first] = members;
  if (!first) throw new Error('a unit without members is asked for, which is a fault in the placement');
  const { offer } = first;
  return {
    ...unitBaseOf(id, 'edge', members, size),
    device: offer.device,
    arch: offer.hardware.arch,
    accelerator: acceleratorOf(offer),
    serves: servedModels(members, size),
  };
}
