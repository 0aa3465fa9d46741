import { z } from 'zod';
import { assetForm } from '../limits/asset';
import { acceleratorTypes } from '../limits/managed-compute';
import type { Reasoning } from './reasoning';

const positive = z.number().positive();
const count = z.number().int().positive();

/** What a transformer looks like, as far as memory and speed depend on it. */
const shapeSchema = z.strictObject({
  layers: count,
  hidden: count,
  heads: count,
  kvHeads: count,
  headDim: count,
  /** Tokens that a windowed layer keeps; null when every layer keeps the whole context. */
  slidingWindow: count.nullable(),
  /** Layers that keep the whole context. Where the pattern is unknown all of them count, which errs on the safe side. */
  fullContextLayers: z.number().int().nonnegative(),
  /** Key and value heads of these layers, and their size, where they differ from those of the windowed ones. */
  fullKvHeads: count.optional(),
  fullHeadDim: count.optional(),
  /** Layers that keep a window; absent: all others. Layers that use another's cache or keep a state are none. */
  windowLayers: z.number().int().nonnegative().optional(),
  /** What layers of linear attention keep of a sequence, whatever its length. */
  stateBytes: count.optional(),
});

/** An open model in a registry or workspace of Azure Machine Learning, as somebody states it. */
export const endpointModelSchema = z.strictObject({
  assetId: z
    .string()
    .refine(assetForm.holds, assetForm.allowed)
    .describe('Asset id of the model in the registry or workspace.'),
  instanceTypes: z
    .array(z.string().regex(/^Standard_\w+$/, 'a machine size such as Standard_NC24ads_A100_v4'))
    .min(1)
    .describe('Instance types that may run it, one at least.'),
  speaks: z
    .enum(['openai', 'score'])
    .default('score')
    .describe('What its container speaks: the OpenAI API, or its own format at /score.'),
});

/** An open model on Foundry managed compute, and what may run it there. Both ids are the service's own: neither follows from the other. */
export const managedComputeSchema = z.strictObject({
  /** Such as `azureml://registries/azure-huggingface/models/qwen--qwen3-32b/versions/3`. */
  modelId: z
    .string()
    .regex(
      /^azureml:\/\/registries\/[\w-]+\/models\/[\w.-]+\/versions\/[\w.-]+$/,
      'azureml://registries/<registry>/models/<name>/versions/<version>',
    )
    .describe('Asset id of the model in the registry.'),
  templates: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(
            /^azureml:\/\/registries\/[\w-]+\/deploymenttemplates\/[\w.-]+\/(versions|labels)\/[\w.-]+$/,
            'azureml://registries/<registry>/deploymenttemplates/<template>/labels/latest, or /versions/<version>',
          )
          .describe('Asset id of the deployment template.'),
        acceleratorType: z.enum(acceleratorTypes).describe('Kind of accelerator that it runs on.'),
        accelerators: count.describe('Accelerators of one instance.'),
        contextTokens: count
          .optional()
          .describe('Longest request that the template takes, in tokens. Default: unknown.'),
      }),
    )
    .min(1)
    .describe('Deployment templates that may run it, one at least.'),
});

/** A model whose weights are public. */
export const openModelSchema = z.strictObject({
  id: z.string(),
  huggingFace: z.string(),
  publisher: z.string(),
  kind: z.enum(['chat', 'embedding']),
  parametersBillion: positive,
  /** Parameters that one token uses; smaller than the whole for mixtures of experts. */
  activeParametersBillion: positive,
  contextTokens: count,
  license: z.string(),
  /** BCP 47 tags; null is unknown, which satisfies no stated requirement. */
  languages: z.array(z.string()).nullable(),
  shape: shapeSchema,
  shapeSource: z.string(),
  /** Quantisation that the publisher ships. */
  nativeQuantisation: z.string(),
  /** Size of the publisher's own file, where it is known and differs from parameters times bits. */
  nativeFileGib: positive.nullable(),
  /** How an embedding model makes one vector of those of its tokens; absent: as its file says. */
  pooling: z.enum(['cls', 'mean', 'last']).optional(),
  /** GGUF files whose sha256 somebody publishes, so that a machine can be given one as it comes. */
  files: z
    .array(
      z.strictObject({
        quantisation: z.string(),
        url: z.url(),
        /** Branch or commit; the hash says which content of it is meant. */
        revision: z.string(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        /** Who publishes the hash, and when it was read. */
        source: z.string(),
      }),
    )
    .optional(),
  /** Hugging Face repository with GGUF files; null when none was seen. */
  ggufRepository: z.string().nullable(),
  /** The same model among the hosted ones; null when Azure does not host it. */
  hostedName: z.string().nullable(),
  embeddingDimensions: count.nullable(),
  /** Average over the 56 English tasks of MTEB, 0 to 100. */
  mtebEnglish: z.number().nullable(),
  /** The same model in an Azure Machine Learning registry; null when it is in none. */
  azureMl: z
    .strictObject({
      /** Without `/versions/…` where the version was not read. */
      assetId: z.string(),
      archived: z.boolean().nullable(),
      /** Instance types that a managed online endpoint may run it on; null is unknown. */
      instanceTypes: z.array(z.string()).nullable(),
      /** Smallest instance, as `vCPU|GPU count|memory GB|disk GB`. */
      minimum: z.string().nullable(),
      /** What its container speaks; absent: its own format at `/score`. */
      speaks: z.enum(['openai', 'score']).optional(),
      /** Whether a serverless offer is declared; null is unknown. */
      serverless: z.boolean().nullable(),
    })
    .nullable(),
  /** The same model on Foundry managed compute; absent where no template of it was read. */
  managedCompute: managedComputeSchema.extend({ source: z.string() }).optional(),
  note: z.string().nullable(),
});

/** A model of an Azure Machine Learning registry and the instance types it may run on. */
export const azureMlModelSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  archived: z.boolean(),
  instanceTypes: z.array(z.string()),
  minimum: z.string(),
  /** Null: no fine-tuning. */
  fineTuneInstanceTypes: z.array(z.string()).nullable(),
  inferenceRetirementDate: z.string().nullable(),
});

export const quantisationSchema = z.strictObject({
  name: z.string(),
  /** Average over a whole file. */
  bitsPerWeight: positive,
  format: z.enum(['gguf', 'safetensors']),
});

/** @property reasoning how it thinks, where it does */
export type OpenModel = Readonly<z.output<typeof openModelSchema>> & { readonly reasoning?: Reasoning };
/** An open model on Foundry managed compute. */
export type ManagedComputeModel = Readonly<z.output<typeof managedComputeSchema>>;
export type ModelShape = Readonly<z.output<typeof shapeSchema>>;
export type AzureMlModel = Readonly<z.output<typeof azureMlModelSchema>>;
export type Quantisation = Readonly<z.output<typeof quantisationSchema>>;
