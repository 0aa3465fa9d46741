/** A workload of an environment that is edited. */
export interface ShopWorkload {
  readonly name: string;
  readonly formerly?: string;
  /** Where it is pinned to. */
  readonly on: 'service' | 'machines';
  /** Deployment SKU or machine size. @default - Berth's choice */
  readonly sku?: string;
  readonly model: string;
  readonly requestsPerDay: number;
}

/** An environment that is edited. */
export interface Shop {
  /** In the order of the file. */
  readonly locations: readonly string[];
  readonly workloads: readonly ShopWorkload[];
}

const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';

/** Models of machines, in the environment's own files. */
export const machineModels = ['qwen3-1.7b', 'qwen3-4b'] as const;

/** The environment as its file says it. */
export function shopFile({ locations, workloads }: Shop): string {
  return JSON.stringify(
    {
      name: 'shop',
      azure: { subscriptionId: '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11', locations },
      weights: Object.fromEntries(machineModels.map(model => [idOf(model), weightsOf(model)])),
      engines: ['cpu', 'cuda'].map(accelerator => ({
        arch: 'amd64',
        accelerator,
        version: 'b9000',
        url: `https://models.example.com/${accelerator}.tar.gz`,
        sha256,
      })),
      workloads: workloads.map(({ on, sku, model, requestsPerDay, ...named }) => ({
        ...named,
        task: 'classification',
        scope: 'focused',
        traffic: { requestsPerDay, inputTokens: 260, outputTokens: 6 },
        ...(on === 'machines' ? { residency: 'own-network', weights: idOf(model) } : {}),
        pin: {
          venue: on === 'machines' ? 'vm' : 'hosted',
          ...(on === 'machines' ? {} : { model }),
          ...(sku === undefined ? {} : { sku }),
        },
      })),
    },
    null,
    2,
  );
}

function idOf(model: string): string {
  return model.replace(/[^a-z0-9]+/g, '-');
}

function weightsOf(model: string): object {
  return {
    model,
    fineTuned: true,
    quantisation: 'Q8_0',
    url: `https://models.example.com/${idOf(model)}.gguf`,
    revision: 'v7',
    sha256,
    measuredQuality: 0.4,
  };
}
