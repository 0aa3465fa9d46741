import { isBatchSku } from '../../../catalog';
import type { TunedModel } from '../../../config/environment';
import type { Assignment, UnitSize } from '../../candidate';
import type { UnitBase } from '../../unit';
import { unitBaseOf } from '../venue';
import type { HostedOffer } from './offers';
import { firstOf } from '../../collections';

/** A deployment on an Azure AI Foundry account. */
export interface HostedUnit extends UnitBase {
  /** A deployment of a service. */
  readonly venue: 'hosted';
  /** Who runs it. */
  readonly provider: 'azure';
  /** Model format as the account names it, such as `OpenAI` or `Mistral AI`. */
  readonly format: string;
  /** `batch`: jobs that may take a day, on a `*Batch` SKU. */
  readonly api: 'chat' | 'embeddings' | 'images' | 'batch';
  /**
   * Thousands of tokens a minute; provisioned throughput units for a `*ProvisionedManaged` SKU; thousands of tokens that
   * may wait at once for a `*Batch` SKU.
   */
  readonly capacity: number;
  /** What it comes from, of a tuned model. @default - it is a publisher's own */
  readonly tuned?: TunedModel;
}

export function toUnit(id: string, members: readonly Assignment<HostedOffer>[], size: UnitSize): HostedUnit {
  const first = firstOf(members, 'a unit without workloads');
  const {
    hosted,
    class: { tuned },
  } = first.offer;
  return {
    ...unitBaseOf(id, 'hosted', members, size),
    format: hosted.format,
    api: apiOf(first.offer),
    capacity: size.capacity,
    ...(tuned ? { tuned } : {}),
  };
}

function apiOf({ hosted, sku }: HostedOffer): HostedUnit['api'] {
  if (isBatchSku(sku)) return 'batch';
  if (hosted.kind === 'image') return 'images';
  return hosted.kind === 'embedding' ? 'embeddings' : 'chat';
}
