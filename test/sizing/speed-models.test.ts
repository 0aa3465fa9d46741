import { decodeCoefficients, prefillCoefficients } from '../../sizing/coefficients';
import { decodeRate } from '../../sizing/decode-model';
import type { DecodeCoefficients, DecodeFeatures } from '../../sizing/decode-model';
import { prefillRate } from '../../sizing/prefill-model';
import type { PrefillCoefficients, PrefillFeatures } from '../../sizing/prefill-model';

describe('decoding in batches', () => {
  const free = { bandwidthLoss: 0, compute: 0, layer: 0, width: 0 };
  /** Reading is all that takes time. */
  const reading: DecodeCoefficients = {
    ...decodeCoefficients,
    gpu: { ...decodeCoefficients.gpu, 'nvidia-datacentre': free },
    mixtureLayer: 0,
    batchCompute: 0,
    batchLayer: 0,
  };
  const features: DecodeFeatures = {
    class: 'nvidia-datacentre',
    bandwidthGbs: 1000,
    vectorTflops: 40,
    matrixTflops: 300,
    cores: null,
    layers: 32,
    hidden: 4096,
    activeParametersBillion: 8,
    mixture: true,
    weightBytes: 10e9,
    allWeightBytes: 40e9,
    cacheBytes: 0,
    parallel: 1,
    slowHost: false,
  };
  const stepMs = (given: Partial<DecodeFeatures>): number =>
    (1e3 * (given.parallel ?? 1)) / decodeRate({ ...features, ...given }, reading);

  it.each([
    [1, 10],
    [2, 40 * (1 - 0.75 ** 2)],
    [8, 40 * (1 - 0.75 ** 8)],
  ])('of %d sequences reads the experts that at least one of them picks', (parallel, ms) => {
    expect(stepMs({ parallel })).toBeCloseTo(ms, 9);
  });

  it('reads dense weights once', () => {
    expect(stepMs({ mixture: false, parallel: 8 })).toBeCloseTo(10, 9);
  });
});

describe('reading prompts', () => {
  const board = { rate: 100, perWatt: 10, unpackedGain: 2, attention: 0 };
  const coefficients: PrefillCoefficients = {
    ...prefillCoefficients,
    classes: {
      'nvidia-graphics': board,
      'nvidia-datacentre': { ...board, perWatt: null },
      apple: { ...board, perWatt: null, attention: 4 },
    },
    pipeline: 1,
  };
  const features: PrefillFeatures = {
    class: 'nvidia-graphics',
    vectorTflops: 40,
    boardWatt: 300,
    bandwidthGbs: 1000,
    gpus: 1,
    activeParametersBillion: 1,
    layers: 10,
    heads: 10,
    promptTokens: 1024,
    unpacked: false,
  };
  const rate = (given: Partial<PrefillFeatures>): number =>
    prefillRate({ ...features, ...given }, coefficients);

  it('is bound by the clocks of a graphics board and by its power limit', () => {
    expect(rate({})).toBeCloseTo(1 / Math.hypot(1 / 4000, 1 / 3000), 6);
    expect(rate({ boardWatt: 1e9 })).toBeCloseTo(4000, 6);
  });

  it('spares power, not clocks, where weights need no unpacking', () => {
    expect(rate({ unpacked: true })).toBeCloseTo(1 / Math.hypot(1 / 4000, 1 / 6000), 6);
  });

  it('is not bound by power in a data centre, and gains in full there', () => {
    expect(rate({ class: 'nvidia-datacentre' })).toBeCloseTo(4000, 6);
    expect(rate({ class: 'nvidia-datacentre', unpacked: true })).toBeCloseTo(8000, 6);
  });

  it('attends by half in the time of bandwidth and by half in that of compute', () => {
    const token = 1 / 4000 + (2 * 1024 * 100) / 1000 / 1e9 + (2 * 1024 * 100) / (20 * 40) / 1e9;
    expect(rate({ class: 'apple' })).toBeCloseTo(1 / token, 6);
  });

  it('keeps several GPUs busy with pieces of the whole prompt', () => {
    const single = rate({ promptTokens: 8192 });
    expect(rate({ promptTokens: 8192, gpus: 4 }) / single).toBeCloseTo((16 * 4) / (16 + 3), 9);
    expect(rate({ promptTokens: 512, gpus: 4 })).toBeCloseTo(rate({ promptTokens: 512 }), 9);
  });
});
