import type { AcceleratorType } from '../../../limits/managed-compute';
import type { Assignment, UnitSize } from '../../candidate';
import { firstOf } from '../../collections';
import type { UnitBase } from '../../unit';
import { unitBaseOf } from '../venue';
import type { ManagedComputeOffer } from './offers';

/** An open model on Foundry managed compute, which is in preview. */
export interface ManagedComputeUnit extends UnitBase {
  /** A deployment of an account, on accelerators that Microsoft runs. */
  readonly venue: 'managed-compute';
  /** Who runs it. */
  readonly provider: 'azure';
  /** `azureml://registries/…/models/…/versions/…` */
  readonly modelId: string;
  /** `azureml://registries/…/deploymenttemplates/…` */
  readonly template: string;
  /** What an instance runs on. */
  readonly acceleratorType: AcceleratorType;
  /** Of one instance. */
  readonly acceleratorsPerInstance: number;
}

export function toUnit(
  id: string,
  members: readonly Assignment<ManagedComputeOffer>[],
  size: UnitSize,
): ManagedComputeUnit {
  const { offer } = firstOf(members, 'a unit without workloads');
  return {
    ...unitBaseOf(id, 'managed-compute', members, size),
    modelId: offer.modelId,
    template: offer.template.id,
    acceleratorType: offer.template.acceleratorType,
    acceleratorsPerInstance: offer.template.accelerators,
  };
}
