import type { Assignment, UnitSize } from '../../candidate';
import { switchingOf } from '../../billing';
import { acceleratorOf, servedModels } from '../../pools/served-models';
import type { EngineBuild, MachineSchedule, ServedModel, UnitBase } from '../../unit';
import { unitBaseOf } from '../venue';
import type { MachineOffer } from './offers';
import { firstOf } from '../../collections';

/** A pool of like machines that all serve the same models. */
export interface MachineUnit extends UnitBase {
  /** Virtual machines. */
  readonly venue: 'vm';
  /** Whose machines they are. */
  readonly provider: 'azure' | 'aws';
  /** Processor of the machines. */
  readonly arch: 'amd64' | 'arm64';
  /** What the models run on. */
  readonly accelerator: 'cpu' | 'cuda';
  /** Build that the machines install; null until the environment names one for them. */
  readonly engine: EngineBuild | null;
  /** @default - on demand, always on */
  readonly billing?: 'scheduled' | 'spot';
  /** When the machines are started and stopped; only with `scheduled`. */
  readonly schedule?: MachineSchedule;
  /** What each of the machines has loaded. */
  readonly serves: readonly ServedModel[];
}

export function toUnit(
  id: string,
  members: readonly Assignment<MachineOffer>[],
  size: UnitSize,
): MachineUnit {
  const first = firstOf(members, 'a unit without workloads');
  const { offer } = first;
  return {
    ...unitBaseOf(id, 'vm', members, size),
    arch: offer.hardware.arch,
    accelerator: acceleratorOf(offer),
    engine: offer.build,
    ...paidAs(offer),
    serves: servedModels(members, size),
  };
}

/** Nothing for a machine that is always on. */
function paidAs({ billing }: MachineOffer): Pick<MachineUnit, 'billing' | 'schedule'> {
  if (billing.kind === 'on-demand') return {};
  return billing.kind === 'spot'
    ? { billing: 'spot' }
    : { billing: 'scheduled', schedule: switchingOf(billing.hours) };
}
