const sha256 = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';
const [weights, engine] = ['https://models.example.com/i.gguf', 'https://models.example.com/e.tar.gz'];

/** What the machines of a shop download, and its sha256. */
export const shopDownloads: Readonly<Record<string, string>> = { [weights]: sha256, [engine]: sha256 };

/** An environment with weights of its own, and a build of the engine for them. @param workloads lines of `workloads` */
export function shopOf(workloads: string, locations = ['swedencentral']): string {
  return `name: shop
azure: { subscriptionId: 7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11, locations: [${locations.join(', ')}] }
weights:
  intents:
    { model: qwen3-1.7b, fineTuned: true, quantisation: Q8_0, url: ${weights}, revision: v7, sha256: ${sha256}, measuredQuality: 0.4 }
engines:
  - { arch: amd64, accelerator: cuda, version: b9000, url: ${engine}, sha256: ${sha256} }
workloads:
${workloads}`;
}

/** A workload that any model can serve. @param more further lines of it */
export function sorter(name: string, more = ''): string {
  return `  - name: ${name}
    task: classification
    scope: focused
    quality: { index: -2 }
    traffic: { requestsPerDay: 1000, inputTokens: 260, outputTokens: 6 }
${more}`;
}

/** What has a workload of a shop served by machines. */
export const onOwnMachines = '    residency: own-network\n    weights: intents\n';
