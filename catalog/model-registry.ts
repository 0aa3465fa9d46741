import { z } from 'zod';

/** A registry of Azure Machine Learning whose models managed online endpoints deploy. */
export const modelRegistrySchema = z.strictObject({
  name: z.string(),
  /** Whether it holds whatever its publisher has, under names that follow from theirs, or only what is named at a model. */
  holds: z.enum(['any', 'named']),
  /** What containers of its models speak: the OpenAI API under `/v1`, or their own format at `/score`. */
  speaks: z.enum(['openai', 'score']),
  /** Instance types of its models, taken together. */
  instanceTypes: z.array(z.string()),
  /** By open model: types that the publisher's own examples run it on. */
  examples: z.record(z.string(), z.array(z.string())),
  source: z.string(),
});

/** A registry of Azure Machine Learning. */
export type ModelRegistry = Readonly<z.output<typeof modelRegistrySchema>>;

/** A model in the registry of Hugging Face: the newest version, since their numbers are published nowhere else. */
export function huggingFaceAsset(hubId: string): string {
  return `azureml://registries/HuggingFace/models/${hubId.toLowerCase().replaceAll(/[/_]/g, '-')}/labels/latest`;
}

/** Licences that Hugging Face wants accepted with an account of one's own before it gives the files away. */
export function isGated(license: string): boolean {
  return /^(llama|gemma)\b/i.test(license);
}
