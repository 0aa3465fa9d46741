import { shown } from '../../../text/shown';
import { ConstructError } from '../../errors';
import { whenGiven } from '../../required-props';
import type { Shape } from '../../required-props';

/**
 * What one machine serves, and with which build of which engine. Framework-free: an Azure VM, an EC2 instance and an
 * edge device are made from the same description.
 */

/** A model's weights as a machine downloads and verifies them. */
export interface WeightsSpec {
  /** Where the file is; https, without credentials in it. */
  readonly url: string | null;
  /** Commit or release the file belongs to, for people; the hash is what machines check. */
  readonly revision: string | null;
  /** SHA-256 of the file, 64 lower-case hex digits. */
  readonly sha256: string | null;
  /** What llama.cpp loads. */
  readonly format: 'gguf';
}

/** One model as one machine serves it. */
export interface ServedModelSpec {
  /** What callers put in the `model` field: letters, digits, `.`, `_` and `-`, 1 to 63 of them. */
  readonly model: string;
  /** What callers ask of it. */
  readonly api: 'chat' | 'embeddings';
  /** File of the model. */
  readonly weights: WeightsSpec;
  /** Context of one sequence, in tokens, at least 1. */
  readonly contextTokens: number;
  /** Sequences served at the same time, 1 to 256. */
  readonly parallel: number;
  /**
   * Host memory in which the engine may keep prompts that come again, MiB, 0 to 1,048,576; all models of a machine have it, or none.
   * @default - the engine's own limit, 8 GiB of llama-server
   */
  readonly cacheRamMib?: number;
  /** How an embedding model makes one vector of those of its tokens; only beside `cacheRamMib`. @default - as its file says */
  readonly pooling?: 'cls' | 'mean' | 'last';
}

/** A build of llama.cpp's `llama-server`. */
export interface EngineSpec {
  /** Release, such as `b6900`. */
  readonly version: string;
  /** A `.tar.gz` that holds `llama-server` and its libraries; https, without credentials in it. */
  readonly url: string | null;
  /** SHA-256 of the archive, 64 lower-case hex digits. */
  readonly sha256: string | null;
  /** Processor that the build is for. */
  readonly arch: 'amd64' | 'arm64';
  /** What the build computes on. */
  readonly accelerator: 'cpu' | 'cuda';
}

/** Whether url and hash are known is judged by what is made from them. */
export const engineShape: Shape<EngineSpec> = {
  version: 'string',
  url: 'anything',
  sha256: 'anything',
  arch: 'string',
  accelerator: 'string',
};

export const servedModelShape: Shape<ServedModelSpec> = {
  model: 'string',
  api: 'string',
  weights: { url: 'anything', revision: 'anything', sha256: 'anything', format: 'string' },
  contextTokens: 'number',
  parallel: 'number',
  cacheRamMib: whenGiven('number'),
  pooling: whenGiven('string'),
};

/** Everything a machine needs to know to serve its models. */
export interface RecipeSpec {
  /** Name of the unit: starts with a letter, then lower-case letters, digits and single hyphens, 1 to 40. */
  readonly unit: string;
  /** Host name or IPv4 address that callers use; it goes into the certificate. */
  readonly address: string;
  /** TLS port of the first model, 1024 to 55000; the next model has the next port. @default 8443 */
  readonly port?: number;
  readonly engine: EngineSpec;
  /** 1 to 16 models. */
  readonly models: readonly ServedModelSpec[];
  /** Host memory of which an engine that takes more is ended and started again, MiB, 64 to 16,777,216. @default - no limit */
  readonly memoryMib?: number;
  /** Whether an operator brings engine and weights along, instead of the machine downloading them. @default false */
  readonly uploaded?: boolean;
}

/** TLS port of the first model. */
export const defaultPort = 8443;

/**
 * TLS port of one of a machine's models: the models of a machine have ports of their own, so that each has its own
 * health check and an OpenAI base URL that ends in `/v1`.
 * @throws ConstructError naming the served models when the machine serves no model of this name.
 */
export function portOf(
  spec: {
    readonly unit: string;
    readonly port?: number;
    readonly models: readonly Pick<ServedModelSpec, 'model'>[];
  },
  model: string,
): number {
  const index = spec.models.findIndex(served => served.model === model);
  if (index < 0) {
    const known = spec.models.map(served => served.model).join(', ');
    throw new ConstructError(
      spec.unit,
      `${spec.unit}: serves no model '${shown(model)}'; it serves: ${known}`,
    );
  }
  return (spec.port ?? defaultPort) + index;
}
