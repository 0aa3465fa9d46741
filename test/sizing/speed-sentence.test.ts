import { speedSentence } from '../../sizing';
import type { PoolModel, PoolSize } from '../../sizing';
import { tables } from '../tables';

const [model] = tables.openModels.filter(({ id }) => id === 'llama-3.2-3b-instruct');
const [quantisation] = tables.quantisations.filter(({ name }) => name === 'Q4_K_M');

function size(throughput: Partial<PoolModel['throughput']>): PoolSize {
  if (!model || !quantisation) throw new Error('not in the catalogue');
  const served: PoolModel = {
    model,
    quantisation,
    contextTokens: 2048,
    parallel: 4,
    memoryGib: 3.25,
    throughput: {
      basis: 'fitted',
      decodeTokensPerSecond: 40,
      totalDecodeTokensPerSecond: 160,
      errorP90: 0.162,
      plannedDecodeTokensPerSecond: 36.04,
      plannedTotalDecodeTokensPerSecond: 144.2,
      prefillBasis: 'fitted',
      prefillTokensPerSecond: 2858,
      prefillErrorP90: 0.166,
      plannedPrefillTokensPerSecond: 2489,
      ...throughput,
    },
  };
  return {
    fits: true,
    count: 1,
    models: [served],
    utilisation: 0.314,
    memoryGib: 3.251,
    usableMemoryGib: 13.44,
    basis: served.throughput.basis,
    firstTokenSeconds: {},
  };
}

const start =
  'carry the peak at 31 % of their time (70 % at most, the rest is headroom for queueing) with 3.25 of 13.4 GiB: ' +
  'llama-3.2-3b-instruct Q4_K_M 4 at a time, each ';

describe('the sentence of a pool', () => {
  it('says the planned speeds, and by how much predictions err', () => {
    expect(speedSentence(size({}))).toBe(
      `${start}36 tokens a second (predicted, ±16 % at the 90th percentile), ` +
        'prompts 2490 tokens a second (predicted, ±17 % at the 90th percentile)',
    );
  });

  it('says which speed is extrapolated, and that prompts were never measured', () => {
    const sentence = speedSentence(
      size({
        basis: 'extrapolated',
        errorP90: 0.346,
        prefillBasis: 'unknown',
        prefillErrorP90: null,
        plannedPrefillTokensPerSecond: null,
      }),
    );
    expect(sentence).toBe(
      `${start}36 tokens a second (extrapolated, ±35 % at the 90th percentile), ` +
        'prompts unverified, never measured on such hardware',
    );
  });
});
