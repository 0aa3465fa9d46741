import type { ModelShape, OpenModel, Quantisation } from '../catalog';
import { usableShareOfGpuMemory } from './hardware';
import type { Hardware } from './hardware';

const bytesPerGib = 2 ** 30;
/** Keys and values are kept in 16 bits. */
const kvBytesPerElement = 2;
/** Loaded weights over their file: kaito-project/kaito nodesestimator, 2026-08 (Apache-2.0). */
const loadedOverFile = 1.02;
/** Activations and fragmentation, as a share of the weights: the same source. */
const activationShare = 0.05;

/**
 * What an engine keeps besides weights and caches, in GiB. vLLM: the figure of the kaito estimator. llama.cpp on a GPU:
 * about 0.65 for the CUDA context and 0.35 for its compute buffers; without a GPU the buffers alone.
 */
const engineOverheadGib = { vllm: 2.3, 'llama.cpp gpu': 1.0, 'llama.cpp cpu': 0.35 } as const;

/** Engine that serves a format: GGUF runs in llama.cpp, safetensors in vLLM. */
export function engineOf(quantisation: Quantisation): 'llama.cpp' | 'vllm' {
  return quantisation.format === 'gguf' ? 'llama.cpp' : 'vllm';
}

/** Size of the weights file in GiB. A publisher's own file size wins over parameters times bits. */
export function weightsGib(model: OpenModel, quantisation: Quantisation): number {
  if (model.nativeFileGib !== null && model.nativeQuantisation === quantisation.name)
    return model.nativeFileGib;
  return (model.parametersBillion * 1e9 * quantisation.bitsPerWeight) / 8 / bytesPerGib;
}

/** Bytes of keys and values that one layer keeps for one token. */
function kvBytesPerTokenAndLayer(kvHeads: number, headDim: number): number {
  return 2 * kvHeads * headDim * kvBytesPerElement;
}

/** Cache of one sequence in bytes: windowed layers keep no more than their window, others a state of one size. */
export function kvBytesOfSequence(shape: ModelShape, contextTokens: number): number {
  const { kvHeads, headDim, fullContextLayers: full } = shape;
  const windowed = shape.windowLayers ?? shape.layers - full;
  const kept = Math.min(contextTokens, shape.slidingWindow ?? contextTokens);
  return (
    kvBytesPerTokenAndLayer(shape.fullKvHeads ?? kvHeads, shape.fullHeadDim ?? headDim) *
      full *
      contextTokens +
    kvBytesPerTokenAndLayer(kvHeads, headDim) * windowed * kept +
    (shape.stateBytes ?? 0)
  );
}

/** Cache of all parallel sequences in GiB. Embedding models keep none between requests. */
export function kvGib(model: OpenModel, contextTokens: number, parallel: number): number {
  if (model.kind === 'embedding') return 0;
  return (kvBytesOfSequence(model.shape, contextTokens) * parallel) / bytesPerGib;
}

/**
 * Memory that one served model needs in GiB: loaded weights, caches of all parallel sequences at their full context,
 * activations, and the engine itself.
 * @param contextTokens context of one sequence, in tokens
 * @param parallel sequences at the same time, at least 1
 */
export function memoryNeededGib(
  model: OpenModel,
  quantisation: Quantisation,
  contextTokens: number,
  parallel: number,
  kind: Hardware['kind'] = 'gpu',
): number {
  const weights = weightsGib(model, quantisation);
  const engine =
    engineOf(quantisation) === 'vllm' ? 'vllm' : kind === 'gpu' ? 'llama.cpp gpu' : 'llama.cpp cpu';
  return (
    weights * (loadedOverFile + activationShare) +
    kvGib(model, contextTokens, parallel) +
    engineOverheadGib[engine]
  );
}

/** Most that llama-server keeps where nobody says how much: its default of `--cache-ram`, ggml-org/llama.cpp PR 16391, 2025-10. */
const mostCacheRamMib = 8192;
const mibPerGib = 1024;

/**
 * Memory in which llama-server may keep prompts that come again, MiB for each model: a power of two of what the models leave, so
 * that a figure that moves a little moves no machine; 0 where less than 256 MiB are left. It grows with use, so a machine on which nobody
 * limits it takes up to 8 GiB that weights and caches need.
 * @param leftGib of the memory that models may use @param models that answer, at least 0
 */
export function cacheRamMib(leftGib: number, models: number): number {
  const each = (leftGib * mibPerGib) / Math.max(1, models);
  if (models === 0 || each < 256) return 0;
  return Math.min(mostCacheRamMib, 2 ** Math.floor(Math.log2(each)));
}

/**
 * GPUs that vLLM needs for a model, by the rule of the kaito estimator; undefined when the cache alone fills them.
 * @param weightsFileGib size of the weights file
 * @param kvTotalGib cache of all sequences, spread over the GPUs of a node
 * @param gpuMemoryGib memory of one GPU
 */
export function gpusNeeded(
  weightsFileGib: number,
  kvTotalGib: number,
  gpuMemoryGib: number,
  gpusPerNode: number,
): number | undefined {
  const fixed = engineOverheadGib.vllm + kvTotalGib / gpusPerNode;
  const room = (gpuMemoryGib * usableShareOfGpuMemory - fixed) / (1 + activationShare);
  return room <= 0 ? undefined : Math.floor((weightsFileGib * loadedOverFile) / room) + 1;
}
