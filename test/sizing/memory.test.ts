import fc from 'fast-check';
import { findOpenModel, findQuantisation } from '../../catalog';
import type { OpenModel, Quantisation } from '../../catalog';
import { gpusNeeded, kvGib, memoryNeededGib, weightsGib } from '../../sizing';
import { kvBytesOfSequence } from '../../sizing/memory';
import { tables } from '../tables';

function model(id: string): OpenModel {
  const lookup = findOpenModel(tables, id);
  if (!lookup.found) throw new Error(lookup.problem);
  return lookup.value;
}

function quantisation(name: string): Quantisation {
  const lookup = findQuantisation(tables, name);
  if (!lookup.found) throw new Error(lookup.problem);
  return lookup.value;
}

const q4 = quantisation('Q4_K_M');

describe('weights', () => {
  it('of Llama 3.1 8B at Q4_K_M take the 4.58 GiB that llama.cpp publishes', () => {
    expect(weightsGib(model('llama-3.1-8b-instruct'), q4)).toBeCloseTo(4.58, 1);
  });

  it('take the size of the publisher’s own file where it is known', () => {
    expect(weightsGib(model('gpt-oss-20b'), quantisation('MXFP4'))).toBe(12.8);
  });

  it.each([
    ['Q4_K_M', 8.38],
    ['Q8_0', 14.55],
    ['F16', 27.38],
  ])('of phi-4 at %s take %d GiB', (name, gib) => {
    expect(weightsGib(model('phi-4'), quantisation(name))).toBeCloseTo(gib, 1);
  });
});

describe('the cache', () => {
  it('of Llama 3.1 8B takes 128 KiB a token, and 4 GiB for four sequences of 8,192 tokens', () => {
    const llama = model('llama-3.1-8b-instruct');
    expect(kvBytesOfSequence(llama.shape, 1)).toBe(131072);
    expect(kvGib(llama, 8192, 4)).toBe(4);
  });

  it('of windowed layers stops growing at the window', () => {
    const { shape } = model('gemma-3-4b-it');
    const perLayer = 2 * 4 * 256 * 2;
    expect(kvBytesOfSequence(shape, 1024)).toBe(34 * 1024 * perLayer);
    expect(kvBytesOfSequence(shape, 8192)).toBe((5 * 8192 + 29 * 1024) * perLayer);
  });

  it('of an embedding model is empty', () => {
    expect(kvGib(model('bge-m3'), 8192, 8)).toBe(0);
  });
});

describe('the memory of a served model', () => {
  it.each([
    ['llama-3.2-3b-instruct', 'Q4_K_M', 4096, 1, 'gpu', 3.39],
    ['llama-3.2-3b-instruct', 'Q4_K_M', 4096, 1, 'cpu', 2.74],
    ['phi-4', 'Q4_K_M', 16384, 1, 'gpu', 13.09],
    ['phi-4', 'BF16', 16384, 1, 'gpu', 34.72],
  ] as const)(
    '%s at %s with %i tokens and %i at a time on a %s is %d GiB',
    (id, name, context, parallel, kind, gib) => {
      expect(memoryNeededGib(model(id), quantisation(name), context, parallel, kind)).toBeCloseTo(gib, 2);
    },
  );

  it('never shrinks with more context, more sequences or more bits', () => {
    const models = fc.constantFrom(...tables.openModels);
    const sizes = fc.integer({ min: 1, max: 65536 });
    const sequences = fc.integer({ min: 1, max: 32 });
    const gguf = tables.quantisations
      .filter(row => row.format === 'gguf')
      .toSorted((a, b) => a.bitsPerWeight - b.bitsPerWeight);
    fc.assert(
      fc.property(
        models,
        sizes,
        sizes,
        sequences,
        sequences,
        fc.nat(gguf.length - 2),
        (m, c1, c2, p1, p2, i) => {
          const [small, large] = [gguf[i] ?? q4, gguf[i + 1] ?? q4];
          fc.pre(m.nativeFileGib === null);
          const less = memoryNeededGib(m, small, Math.min(c1, c2), Math.min(p1, p2));
          expect(memoryNeededGib(m, large, Math.max(c1, c2), Math.max(p1, p2))).toBeGreaterThanOrEqual(less);
        },
      ),
    );
  });
});

describe('the GPUs that vLLM needs', () => {
  it.each([
    ['phi-4 on A100 80 GB, 16,384 tokens', 27.31, 204800, 16384, 80, 1, 1],
    ['llama-3.3-70b on 4 × A100 80 GB, 8,192 tokens', 131.42, 327680, 8192, 80, 4, 3],
    ['phi-4 on T4 16 GB, 2,048 tokens', 27.31, 204800, 2048, 16, 1, 3],
  ])('for %s are as many as kaito says', (_, weights, bytesPerToken, context, memory, perNode, gpus) => {
    expect(gpusNeeded(weights, (bytesPerToken * context) / 2 ** 30, memory, perNode)).toBe(gpus);
  });

  it('do not exist when the cache alone fills them', () => {
    expect(gpusNeeded(4, 12, 16, 1)).toBeUndefined();
  });
});
