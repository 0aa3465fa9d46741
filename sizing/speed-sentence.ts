import { round, speedText } from './latency';
import type { PoolModel, PoolSize } from './pool-types';
import { maxUtilisation } from './queue';

/** The sentence of a pool's size: its load with the headroom, its memory, and each model's speed with its error. */
export function speedSentence(size: PoolSize): string {
  const load = `${Math.round(size.utilisation * 100)} % of their time`;
  const headroom = `${Math.round(maxUtilisation * 100)} % at most, the rest is headroom for queueing`;
  const memory = `${round(size.memoryGib)} of ${round(size.usableMemoryGib)} GiB`;
  return `carry the peak at ${load} (${headroom}) with ${memory}: ${size.models.map(modelSentence).join('; ')}`;
}

/** Planned speeds, which nine devices in ten reach, and how far the prediction behind them may be off. */
function modelSentence({ model, quantisation, parallel, throughput }: PoolModel): string {
  const name = `${model.id} ${quantisation.name}`;
  const parts = [
    speedText(
      `${parallel} at a time, each`,
      throughput.plannedDecodeTokensPerSecond,
      throughput.basis,
      throughput.errorP90,
    ),
    throughput.plannedPrefillTokensPerSecond === null
      ? 'prompts unverified, never measured on such hardware'
      : speedText(
          'prompts',
          throughput.plannedPrefillTokensPerSecond,
          throughput.prefillBasis,
          throughput.prefillErrorP90,
        ),
  ];
  return `${name} ${parts.join(', ')}`;
}
