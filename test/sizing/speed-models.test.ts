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
    severalLayer: 100,
    slicing: 1.2,
    chips: { slow: 1.5 },
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
    gpus: 1,
    share: 1,
    chip: null,
    sharedMemory: false,
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

  it('takes longer on a chip that was measured to, and on a part of one', () => {
    expect(stepMs({ chip: 'slow' })).toBeCloseTo(15, 9);
    expect(stepMs({ share: 0.5 })).toBeCloseTo(12, 9);
  });

  it('never passes several GPUs faster than their layers can be started', () => {
    expect(stepMs({ gpus: 2, layers: 240 })).toBeCloseTo(Math.hypot(10, 24), 9);
    expect(stepMs({ gpus: 1, layers: 240 })).toBeCloseTo(10, 9);
  });
});

describe('reading prompts', () => {
  const board = { rate: 100, unpackedGain: 2, attention: 0 };
  const coefficients: PrefillCoefficients = {
    ...prefillCoefficients,
    classes: {
      ...prefillCoefficients.classes,
      'nvidia-graphics': board,
      apple: { ...board, attention: 4 },
      cpu: board,
    },
    instructions: { neon: 0.5, avx2: 0.7, avx512: 1, amx: 2 },
    passing: 300,
    piece: 0,
    mixture: 1.5,
    slicing: 1.1,
    chips: { fast: 0.8 },
    pipeline: 1,
  };
  const features: PrefillFeatures = {
    class: 'nvidia-graphics',
    vectorTflops: 40,
    instructions: null,
    chip: null,
    bandwidthGbs: 1000,
    gpus: 1,
    share: 1,
    activeParametersBillion: 1,
    mixture: false,
    layers: 10,
    heads: 10,
    promptTokens: 1024,
    unpacked: false,
  };
  const rate = (given: Partial<PrefillFeatures>, piece = 0): number =>
    prefillRate({ ...features, ...given }, { ...coefficients, piece });

  it.each<[string, Partial<PrefillFeatures>, number]>([
    ['grows with compute', { vectorTflops: 80 }, 8000],
    ['gains where weights need no unpacking', { unpacked: true }, 8000],
    ['loses where experts share the tokens', { mixture: true }, 4000 / 1.5],
    ['is what a chip was measured to do', { chip: 'fast' }, 5000],
    ['loses on a part of a GPU', { share: 0.5 }, 4000 / 1.1],
  ])('%s', (_, given, expected) => {
    expect(rate(given)).toBeCloseTo(expected, 6);
  });

  it('on a CPU depends on its instructions, and weights pass by the cores at the bandwidth of the socket', () => {
    const cpu = { class: 'cpu' as const, vectorTflops: 1 };
    expect(rate({ ...cpu, instructions: 'amx' })).toBeCloseTo(1e3 / (5 + 0.3), 6);
    expect(rate({ ...cpu, instructions: 'avx2' })).toBeCloseTo(1e3 / (1e3 / 70 + 0.3), 6);
    expect(rate({ ...cpu, instructions: null })).toBe(rate({ ...cpu, instructions: 'neon' }));
  });

  it('starts every layer once for each piece of 512 tokens', () => {
    const milliseconds = (promptTokens: number): number => (1e3 * promptTokens) / rate({ promptTokens }, 400);
    expect(milliseconds(128)).toBeCloseTo(128 / 4 + 4, 6);
    expect(milliseconds(1024)).toBeCloseTo(1024 / 4 + 8, 6);
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
