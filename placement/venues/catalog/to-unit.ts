import type { Assignment, UnitSize } from '../../candidate';
import { apiOf } from '../../pools/served-models';
import type { UnitBase } from '../../unit';
import { unitBaseOf } from '../venue';
import type { CatalogOffer } from './offers';
import { firstOf } from '../../collections';

/** A managed online endpoint of Azure Machine Learning. */
export interface CatalogUnit extends UnitBase {
  /** A managed endpoint. */
  readonly venue: 'catalog';
  /** Who runs it. */
  readonly provider: 'azure';
  /** What callers ask of it. */
  readonly api: 'chat' | 'embeddings';
  /** `azureml://registries/…/models/…/versions/…`, or the ARM id of a model version of a workspace. */
  readonly assetId: string;
  /** Where its container speaks the OpenAI API. @default - its own format, at `/score` */
  readonly speaks?: 'openai';
}

export function toUnit(
  id: string,
  members: readonly Assignment<CatalogOffer>[],
  size: UnitSize,
): CatalogUnit {
  const first = firstOf(members, 'a unit without workloads');
  return {
    ...unitBaseOf(id, 'catalog', members, size),
    api: apiOf(first.workload),
    assetId: first.offer.assetId,
    ...(first.offer.speaks === 'openai' ? { speaks: 'openai' as const } : {}),
  };
}
