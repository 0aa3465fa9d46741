import fc from 'fast-check';
import type { OpenModel, Quantisation } from '../../catalog';
import { hardwareOfDevice, hardwareOfMachine, hardwareOfMeasures, predictThroughput } from '../../sizing';
import type { Hardware } from '../../sizing';
import { tables } from '../tables';

function one<T>(rows: readonly T[], is: (row: T) => boolean): T {
  const found = rows.find(is);
  if (!found) throw new Error('not in the catalogue');
  return found;
}

const model = (id: string): OpenModel => one(tables.openModels, row => row.id === id);
const quantisation = (name: string): Quantisation => one(tables.quantisations, row => row.name === name);
const machine = (sku: string): Hardware =>
  hardwareOfMachine(
    tables,
    one(tables.machines, row => row.sku === sku),
  );
const device = (id: string): Hardware =>
  hardwareOfDevice(
    tables,
    one(tables.devices, row => row.id === id),
  );
const llama = model('llama-3.1-8b-instruct');
const q4 = quantisation('Q4_K_M');

describe('the predicted speed', () => {
  it.each([
    ['an RTX 4090', device('pc-rtx-4090-24gb'), llama, 'Q4_K_M', 127.74],
    ['an RTX 4090', device('pc-rtx-4090-24gb'), llama, 'F16', 54.34],
    ['an A100 80 GB', machine('Standard_NC24ads_A100_v4'), llama, 'Q4_K_M', 138.31],
    ['an RTX A4000', device('pc-rtx-a4000-16gb'), model('llama-3.2-3b-instruct'), 'Q4_K_M', 149.44],
    ['a Mac mini M4', device('mac-mini-m4-32gb'), model('llama-3.2-3b-instruct'), 'Q4_K_M', 41.31],
    ['a DGX Spark', device('dgx-spark-gb10'), model('gpt-oss-20b'), 'MXFP4', 87.97],
    ['a Raspberry Pi 5', device('raspberry-pi-5-8gb'), model('llama-3.2-3b-instruct'), 'Q4_K_M', 4.61],
  ])('of %s is within its stated error of what was measured', (_, hardware, served, name, measured) => {
    const { decodeTokensPerSecond, errorP90 } = predictThroughput(
      hardware,
      served,
      quantisation(name),
      1,
      1024,
    );
    expect(Math.abs((decodeTokensPerSecond ?? 0) / measured - 1)).toBeLessThan(errorP90 ?? 0);
  });

  it.each([
    ['a T4, inside what was measured', machine('Standard_NC4as_T4_v3'), 1, 'fitted'],
    ['a T4 with sequences side by side in llama.cpp', machine('Standard_NC4as_T4_v3'), 4, 'extrapolated'],
    ['an Orin Nano, slower than any measured board', device('jetson-orin-nano-8gb'), 1, 'extrapolated'],
    ['an AGX Orin, whose chip was measured', device('jetson-agx-orin-64gb'), 1, 'fitted'],
    ['a Raspberry Pi 5, one of nine measured CPUs', device('raspberry-pi-5-8gb'), 1, 'fitted'],
    [
      'a device that no table lists',
      hardwareOfMeasures('kiosk', { memoryGib: 16, memoryBandwidthGbs: 100, runsOn: 'cpu', arch: 'amd64' }),
      1,
      'extrapolated',
    ],
    ['a machine of several GPUs', machine('Standard_NC48ads_A100_v4'), 1, 'fitted'],
    ['a third of an A10', machine('Standard_NV12ads_A10_v5'), 1, 'extrapolated'],
    ['a machine that has some cores of a measured CPU', machine('Standard_D8s_v5'), 1, 'fitted'],
    ['an Inferentia chip, which was never measured', machine('inf2.xlarge'), 1, 'unknown'],
    ['a machine on credits', machine('Standard_B16s_v2'), 1, 'unknown'],
  ])('on %s is called what it is', (_, hardware, parallel, basis) => {
    expect(predictThroughput(hardware, llama, q4, parallel, 1024).basis).toBe(basis);
  });

  it('is null in every figure when it is unknown', () => {
    const { basis, prefillBasis, ...figures } = predictThroughput(machine('inf2.xlarge'), llama, q4, 1, 1024);
    expect([basis, prefillBasis]).toEqual(['unknown', 'unknown']);
    expect(new Set(Object.values(figures))).toEqual(new Set([null]));
  });

  it('plans with less than it predicts', () => {
    const speed = predictThroughput(machine('Standard_NC4as_T4_v3'), llama, q4, 1, 1024);
    expect(speed.plannedDecodeTokensPerSecond).toBeLessThan(speed.decodeTokensPerSecond ?? 0);
    expect(speed.plannedPrefillTokensPerSecond).toBeLessThan(speed.prefillTokensPerSecond ?? 0);
  });

  it('of hardware that no table lists errs by more than of listed hardware', () => {
    const pi = device('raspberry-pi-5-8gb');
    const unlisted = { ...pi, compute: { ...pi.compute, vectorTflops: null, cores: null } };
    const error = (hardware: Hardware): number =>
      predictThroughput(hardware, llama, q4, 1, 1024).errorP90 ?? 0;
    expect(error(unlisted)).toBeGreaterThan(error(pi));
  });

  it('of a mixture with many sequences is bound by all of its weights, and no more', () => {
    const mixture = model('qwen3-30b-a3b');
    const a100 = machine('Standard_NC24ads_A100_v4');
    const step = (parallel: number): number =>
      1e3 / (predictThroughput(a100, mixture, quantisation('BF16'), parallel, 0).decodeTokensPerSecond ?? 0);
    expect(step(64) - step(63)).toBeLessThan(step(2) - step(1));
  });

  it('of several GPUs is that of one or a little less, because a token passes them one after another', () => {
    const single = predictThroughput(machine('Standard_NC24ads_A100_v4'), llama, q4, 1, 1024);
    const double = predictThroughput(machine('Standard_NC48ads_A100_v4'), llama, q4, 1, 1024);
    const loss = (double.decodeTokensPerSecond ?? 0) / (single.decodeTokensPerSecond ?? 1);
    // Measured on A100, H100 and RTX PRO 6000 boards with a 7B model: 0.79 to 0.88.
    expect(loss).toBeGreaterThan(0.79);
    expect(loss).toBeLessThan(1);
  });
});

describe('the prompt speed', () => {
  it('is extrapolated where prompts were never measured, far above the speed of decoding', () => {
    for (const hardware of [device('jetson-agx-orin-64gb'), device('framework-ryzen-ai-max-395-128gb')]) {
      const speed = predictThroughput(hardware, llama, q4, 1, 1024);
      expect(speed.prefillBasis).toBe('extrapolated');
      expect(speed.plannedPrefillTokensPerSecond).toBeGreaterThan(5 * (speed.decodeTokensPerSecond ?? 0));
    }
  });

  it('of hardware that no table lists errs by more', () => {
    const measures = { memoryGib: 16, memoryBandwidthGbs: 100, runsOn: 'cpu', arch: 'amd64' } as const;
    const own = predictThroughput(hardwareOfMeasures('kiosk', measures), llama, q4, 1, 1024);
    const listed = predictThroughput(device('intel-n150-16gb'), llama, q4, 1, 1024);
    expect(own.prefillBasis).toBe('extrapolated');
    expect(own.prefillErrorP90).toBeGreaterThan(listed.prefillErrorP90 ?? 0);
  });

  it('of embeddings is that of reading them', () => {
    const l4 = machine('g6.xlarge');
    const bge = predictThroughput(l4, model('bge-large-en-v1.5'), quantisation('F16'), 1, 512);
    // 47,000 to 62,000 were measured with engines that fill a board with many texts at once.
    expect(bge.plannedPrefillTokensPerSecond).toBeGreaterThan(10_000);
    expect(bge.plannedPrefillTokensPerSecond).toBeLessThan(62_192);
    expect(bge.prefillBasis).toBe('extrapolated');
  });

  it.each([
    ['a measured board and a measured size', device('pc-rtx-4090-24gb'), llama, 'fitted'],
    ['a T4', machine('Standard_NC4as_T4_v3'), llama, 'fitted'],
    ['some cores of a CPU', machine('Standard_D8s_v5'), llama, 'fitted'],
    ['a third of an A10', machine('Standard_NV12ads_A10_v5'), llama, 'extrapolated'],
    [
      'a model smaller than any measured',
      device('pc-rtx-4090-24gb'),
      model('llama-3.2-1b-instruct'),
      'extrapolated',
    ],
    ['a mixture', device('pc-rtx-4090-24gb'), model('qwen3-30b-a3b'), 'extrapolated'],
    ['an A100, one of too few modules', machine('Standard_NC24ads_A100_v4'), llama, 'extrapolated'],
  ])('of %s is called what it is', (_, hardware, served, basis) => {
    expect(predictThroughput(hardware, served, q4, 1, 1024).prefillBasis).toBe(basis);
  });

  it('of an A100 is within its stated error of the 5,800 tokens a second that were measured', () => {
    const speed = predictThroughput(machine('Standard_NC24ads_A100_v4'), llama, q4, 1, 1024);
    expect(Math.abs((speed.prefillTokensPerSecond ?? 0) / 5800.48 - 1)).toBeLessThan(
      speed.prefillErrorP90 ?? 0,
    );
  });
});

describe('a prompt on several GPUs', () => {
  it('is read in pieces at the same time, less than twice as fast on two', () => {
    const single = predictThroughput(machine('Standard_NC24ads_A100_v4'), llama, q4, 1, 1024);
    const double = predictThroughput(machine('Standard_NC48ads_A100_v4'), llama, q4, 1, 1024);
    const gain = (double.prefillTokensPerSecond ?? 0) / (single.prefillTokensPerSecond ?? 1);
    // Measured on two A100 boards: 0.98 with a 7B model, 1.23 with a 70B one.
    expect(gain).toBeGreaterThan(0.98);
    expect(gain).toBeLessThan(1.4);
    expect(double.prefillBasis).toBe('fitted');
  });
});

describe('sequences side by side', () => {
  it('bring at most three times one sequence in llama.cpp on a GPU, and nothing without one', () => {
    const total = (hardware: Hardware, parallel: number): number =>
      predictThroughput(hardware, llama, q4, parallel, 1024).totalDecodeTokensPerSecond ?? 0;
    const gpu = machine('Standard_NC4as_T4_v3');
    const cpu = device('nuc-core-i7-32gb-ddr4');
    expect(total(gpu, 64)).toBeLessThanOrEqual(3 * total(gpu, 1) * (1 + 1e-12));
    expect(total(cpu, 8)).toBeLessThanOrEqual(total(cpu, 1));
  });
});

describe('a prediction', () => {
  const models = fc.constantFrom(...tables.openModels);
  const gguf = tables.quantisations
    .filter(row => row.format === 'gguf')
    .toSorted((a, b) => a.bitsPerWeight - b.bitsPerWeight);
  const bandwidth = fc.double({ min: 10, max: 5000, noNaN: true });
  const runsOn = fc.constantFrom('cpu' as const, 'gpu' as const);
  const of = (memoryBandwidthGbs: number, kind: 'cpu' | 'gpu'): Hardware =>
    hardwareOfMeasures('any', { memoryGib: 64, memoryBandwidthGbs, runsOn: kind, arch: 'arm64' });

  it('is never slower with more bandwidth', () => {
    fc.assert(
      fc.property(
        models,
        bandwidth,
        bandwidth,
        runsOn,
        fc.integer({ min: 1, max: 16 }),
        (m, a, b, kind, parallel) => {
          const slow =
            predictThroughput(of(Math.min(a, b), kind), m, q4, parallel, 1024).decodeTokensPerSecond ?? 0;
          const fast =
            predictThroughput(of(Math.max(a, b), kind), m, q4, parallel, 1024).decodeTokensPerSecond ?? 0;
          expect(fast).toBeGreaterThanOrEqual(slow);
        },
      ),
    );
  });

  it('is never faster with more bits, more context, or more sequences for each of them', () => {
    fc.assert(
      fc.property(
        models,
        bandwidth,
        runsOn,
        fc.nat(gguf.length - 1),
        fc.nat(8192),
        fc.integer({ min: 1, max: 16 }),
        (m, b, kind, i, context, parallel) => {
          const hardware = of(b, kind);
          // The file of a publisher's own format is larger than its nominal bits say: it counts as it is, so bits do not order it.
          const nominal = { ...m, nativeFileGib: null };
          const rate = (q: Quantisation, c: number, p: number): number =>
            predictThroughput(hardware, nominal, q, p, c).decodeTokensPerSecond ?? 0;
          const small = gguf[i] ?? q4;
          const large = gguf[i + 1] ?? small;
          const slack = 1 + 1e-9;
          expect(rate(large, context, parallel)).toBeLessThanOrEqual(rate(small, context, parallel) * slack);
          expect(rate(small, context + 512, parallel)).toBeLessThanOrEqual(
            rate(small, context, parallel) * slack,
          );
          expect(rate(small, context, parallel + 1)).toBeLessThanOrEqual(
            rate(small, context, parallel) * slack,
          );
        },
      ),
    );
  });

  it('is never faster with more parameters of the same shape', () => {
    fc.assert(
      fc.property(
        models,
        bandwidth,
        runsOn,
        fc.double({ min: 1, max: 3, noNaN: true }),
        (m, b, kind, times) => {
          const larger = {
            ...m,
            nativeFileGib: null,
            parametersBillion: m.parametersBillion * times,
            activeParametersBillion: m.activeParametersBillion * times,
          };
          const rate = (each: OpenModel): number =>
            predictThroughput(of(b, kind), each, q4, 1, 1024).decodeTokensPerSecond ?? 0;
          expect(rate(larger)).toBeLessThanOrEqual(rate({ ...m, nativeFileGib: null }) * (1 + 1e-9));
        },
      ),
    );
  });

  it('is either unknown or a finite number above zero, whatever the hardware', () => {
    const listed = [
      ...tables.machines.map(row => hardwareOfMachine(tables, row)),
      ...tables.devices.map(row => hardwareOfDevice(tables, row)),
    ];
    const own = fc
      .record({
        memoryGib: fc.double({ min: 0.5, max: 2000, noNaN: true }),
        memoryBandwidthGbs: fc.double({ min: 1, max: 20000, noNaN: true }),
        runsOn,
        arch: fc.constantFrom('amd64' as const, 'arm64' as const),
      })
      .map(measures => hardwareOfMeasures('own', measures));
    const hardware = fc.oneof(fc.constantFrom(...listed), own);
    const quantisations = fc.constantFrom(...tables.quantisations);
    const sequences = fc.constantFrom(1, 2, 8, 64);
    fc.assert(
      fc.property(
        hardware,
        models,
        quantisations,
        sequences,
        fc.nat(131072),
        (h, m, q, parallel, context) => {
          const { basis, prefillBasis, ...figures } = predictThroughput(h, m, q, parallel, context);
          const known = Object.values(figures).filter(figure => figure !== null);
          expect(known.filter(figure => !Number.isFinite(figure) || figure <= 0)).toEqual([]);
          expect(figures.decodeTokensPerSecond === null).toBe(basis === 'unknown');
          expect(figures.prefillTokensPerSecond === null).toBe(prefillBasis === 'unknown');
        },
      ),
    );
  });
});
