import type { Workload } from '../config/environment';

type Text = Exclude<Workload['task'], 'embedding' | 'image-generation'>;

/**
 * What a workload needs that states no quality, as the general index at its lower end, where gpt-4o-mini is 0. About -0.6 is
 * Gemma-2-9B or Qwen2.5-7B, about -1.2 is Phi-4-mini or Qwen3-1.7B: what is below them loses the thread of a conversation
 * or invents fields. `quality: any` lifts it.
 */
const floors: Readonly<Record<Text, Readonly<Record<Workload['scope'], number>>>> = {
  chat: { general: -0.6, focused: -1.2 },
  completion: { general: -0.8, focused: -1.2 },
  summarisation: { general: -0.8, focused: -1.2 },
  classification: { general: -1, focused: -1.2 },
  extraction: { general: -0.8, focused: -1.2 },
  translation: { general: -0.6, focused: -0.8 },
  code: { general: -0.4, focused: -0.6 },
};

/** Undefined for embeddings and images, of which too few are measured. */
export function floorOf({ task, scope }: Workload): number | undefined {
  return task === 'embedding' || task === 'image-generation' ? undefined : floors[task][scope];
}
