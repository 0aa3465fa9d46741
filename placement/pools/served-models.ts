import type { Assignment, UnitSize } from '../candidate';
import type { Environment, Workload } from '../../config/environment';
import { buildOf } from '../../limits/verified';
import { kindOf } from '../needs';
import type { EngineNeed } from '../offer';
import type { EngineBuild, ServedModel, WeightsArtifact } from '../unit';
import type { PoolOffer } from './pool-offer';

/** Weights that a machine of ours installs from a file. */
export interface FileOffer extends PoolOffer {
  readonly weights: WeightsArtifact;
  /** Build of the engine that the environment names for the machine; null where it names none. */
  readonly build: EngineBuild | null;
}

/** The environment's build of the engine for a machine. */
export function engineBuildFor(need: EngineNeed, { engines }: Environment): EngineBuild | null {
  const { arch, accelerator } = need;
  return typeof accelerator === 'string' ? (buildOf(engines, { arch, accelerator }) ?? null) : null;
}

/** Each distinct file once, at the context and number of sequences it was sized for. */
export function servedModels(members: readonly Assignment<FileOffer>[], size: UnitSize): ServedModel[] {
  return (size.pool?.models ?? []).flatMap(({ model, quantisation, contextTokens, parallel }) => {
    const member = members.find(
      ({ offer }) => offer.model === model.id && offer.quantisation.name === quantisation.name,
    );
    if (!member) return [];
    const { offer, workload } = member;
    const { version, weights } = offer;
    const api = apiOf(workload);
    const cache = size.pool?.figures?.cacheRamMib;
    const { pooling } = offer.open;
    const kept =
      cache === undefined || isBeforeCacheRam(offer.build)
        ? {}
        : { cacheRamMib: api === 'chat' ? cache : 0, ...(pooling ? { pooling } : {}) };
    return [{ model: offer.model, version, api, weights, contextTokens, parallel, ...kept }];
  });
}

/**
 * Whether a build knows no `--cache-ram`, and keeps no prompts in host memory: by its number, releases of llama.cpp from before
 * October 2025 (ggml-org/llama.cpp PR 16391, merged between b6709 and b6800). A build of another name is taken as newer.
 */
function isBeforeCacheRam(build: EngineBuild | null): boolean {
  const number = /^b(\d+)$/.exec(build?.version ?? '')?.[1];
  return number !== undefined && Number(number) < 6800;
}

export function apiOf(workload: Workload): 'chat' | 'embeddings' {
  return kindOf(workload) === 'embedding' ? 'embeddings' : 'chat';
}

/** What the engine of a machine of ours computes on: a unit has one that llama.cpp is installed for. */
export function acceleratorOf({ class: { weights } }: FileOffer): 'cpu' | 'cuda' {
  const accelerator = weights?.engine?.accelerator ?? 'cpu';
  return typeof accelerator === 'string' ? accelerator : 'cpu';
}
