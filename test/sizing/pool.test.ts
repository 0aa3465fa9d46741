import fc from 'fast-check';
import { hardwareOfDevice, hardwareOfMachine, sizePool } from '../../sizing';
import type { Hardware, PoolDemand, PoolFailure, PoolSize } from '../../sizing';
import { tables } from '../tables';

function one<T>(rows: readonly T[], is: (row: T) => boolean): T {
  const found = rows.find(is);
  if (!found) throw new Error('not in the catalogue');
  return found;
}

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
const t4 = machine('Standard_NC4as_T4_v3');

function demand(change: Partial<PoolDemand> & { id?: string } = {}): PoolDemand {
  const { id = 'llama-3.2-3b-instruct', ...rest } = change;
  return {
    workload: 'classifier',
    model: one(tables.openModels, row => row.id === id),
    quantisation: one(tables.quantisations, row => row.name === 'Q4_K_M'),
    peakRequestsPerSecond: 1,
    inputTokens: 500,
    outputTokens: 20,
    contextTokens: 2048,
    ...rest,
  };
}

function sized(hardware: Hardware, ...demands: PoolDemand[]): PoolSize {
  const size = sizePool(hardware, demands);
  if (!size.fits) throw new Error(size.message);
  return size;
}

function refused(hardware: Hardware, demands: PoolDemand[], maxCount?: number): PoolFailure {
  const size = sizePool(hardware, demands, { maxCount });
  if (size.fits) throw new Error('it fits');
  return size;
}

describe('the size of a pool', () => {
  it('is one machine with one sequence when that carries the peak', () => {
    const size = sized(t4, demand());
    expect([size.count, size.models[0]?.parallel, size.basis]).toEqual([1, 1, 'fitted']);
    expect(size.utilisation).toBeCloseTo(0.6, 1);
  });

  it('uses sequences side by side before a second machine', () => {
    const size = sized(t4, demand({ peakRequestsPerSecond: 1.5 }));
    expect(size.count).toBe(1);
    expect(size.models[0]?.parallel).toBeGreaterThan(1);
  });

  it('lets a first token wait for what is thought before it, at the speed of one sequence', () => {
    const plain = sized(t4, demand({ outputTokens: 320, peakRequestsPerSecond: 0.01 }));
    const asked = { outputTokens: 320, peakRequestsPerSecond: 0.01, hiddenTokens: 300 };
    const thinking = sized(t4, demand(asked));
    const [first = 0, later = 0] = [plain, thinking].map(size => size.firstTokenSeconds.classifier ?? 0);
    const each = thinking.models[0]?.throughput.plannedDecodeTokensPerSecond ?? 0;
    expect(later - first).toBeCloseTo(300 / each, 9);
    const impatient = refused(t4, [demand({ ...asked, firstTokenSeconds: 1 })]);
    expect(impatient.rule).toBe('first-token');
  });

  it('follows again from the figures that it gives, whatever is predicted by now', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 15, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(undefined, 2, 5),
        (peakRequestsPerSecond, outputTokens, firstTokenSeconds) => {
          const asked = demand({
            peakRequestsPerSecond,
            outputTokens,
            ...(firstTokenSeconds === undefined ? {} : { firstTokenSeconds }),
          });
          const size = sizePool(t4, [asked]);
          fc.pre(size.fits);
          const again = sizePool(machine('Standard_D8as_v6'), [asked], {}, size.figures);
          const told = (each: PoolSize | PoolFailure): unknown =>
            each.fits ? [each.count, each.models[0]?.parallel, each.figures] : each;
          expect(told(again)).toEqual(told(size));
        },
      ),
      { numRuns: 50, seed: 5 },
    );
  });

  it('keeps every machine at or below 70 % of its time at the peak, and could not do with one less', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 15, noNaN: true }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 1, max: 400 }),
        (peak, input, output) => {
          const { count, utilisation } = sized(
            t4,
            demand({ peakRequestsPerSecond: peak, inputTokens: input, outputTokens: output }),
          );
          expect(utilisation).toBeLessThanOrEqual(0.7 + 1e-9);
          if (count > 1) expect((utilisation * count) / (count - 1)).toBeGreaterThan(0.7 - 1e-9);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('never shrinks when traffic grows', () => {
    const rates = fc.double({ min: 0.01, max: 50, noNaN: true });
    fc.assert(
      fc.property(rates, rates, (a, b) => {
        const count = (peak: number): number => sized(t4, demand({ peakRequestsPerSecond: peak })).count;
        expect(count(Math.max(a, b))).toBeGreaterThanOrEqual(count(Math.min(a, b)));
      }),
      { numRuns: 50 },
    );
  });

  it('adds the memory and the time of several models on one machine', () => {
    const light = { peakRequestsPerSecond: 0.5 };
    const small = sized(t4, demand(light));
    const other = sized(t4, demand({ ...light, workload: 'router', id: 'qwen3-1.7b' }));
    const both = sized(t4, demand(light), demand({ ...light, workload: 'router', id: 'qwen3-1.7b' }));
    expect(both.models.map(({ model }) => model.id)).toEqual(['llama-3.2-3b-instruct', 'qwen3-1.7b']);
    expect(both.memoryGib).toBeCloseTo(small.memoryGib + other.memoryGib, 6);
    expect(both.utilisation).toBeCloseTo(small.utilisation + other.utilisation, 6);
  });

  it('loads a model once for all workloads that share it, at the longest of their contexts', () => {
    const size = sized(t4, demand(), demand({ workload: 'second', contextTokens: 8192 }));
    expect(size.models.map(({ contextTokens }) => contextTokens)).toEqual([8192]);
  });

  it('adds machines when only the waiting makes the first token late', () => {
    const load = { peakRequestsPerSecond: 3, outputTokens: 60 };
    const patient = sized(t4, demand(load));
    const hasty = sized(t4, demand({ ...load, firstTokenSeconds: 0.25 }));
    expect(hasty.count).toBeGreaterThan(patient.count);
    expect(hasty.firstTokenSeconds['classifier']).toBeLessThanOrEqual(0.25);
  });
});

describe('a pool that does not carry the load says', () => {
  it('how much memory is missing', () => {
    expect(refused(t4, [demand({ id: 'qwen3-32b' })])).toEqual({
      fits: false,
      rule: 'memory-fit',
      unverified: false,
      message:
        'qwen3-32b Q4_K_M needs 21.5 GiB, and Standard_NC4as_T4_v3 (NVIDIA T4) leaves 13.4 of its 16 GiB',
    });
  });

  it('how many machines it would take', () => {
    const { rule, message } = refused(device('raspberry-pi-5-8gb'), [demand()], 1);
    expect(rule).toBe('throughput');
    expect(message).toMatch(
      /^the busiest hour takes [\d.]+ machines' whole time, and at most 1 may run at 70 %$/,
    );
  });

  it('that its speed is unknown', () => {
    expect(refused(machine('Standard_B16s_v2'), [demand()])).toEqual({
      fits: false,
      rule: 'throughput',
      unverified: true,
      message: 'the speed of llama-3.2-3b-instruct Q4_K_M on Standard_B16s_v2 is unknown',
    });
  });

  it('how fast it would answer, when a prompt alone takes too long', () => {
    const { rule, unverified } = refused(t4, [demand({ inputTokens: 30000, firstTokenSeconds: 0.25 })]);
    expect([rule, unverified]).toEqual(['first-token', false]);
  });

  it('how many tokens a second it makes', () => {
    const { rule, message } = refused(t4, [demand({ id: 'phi-4', tokensPerSecond: 60 })]);
    expect(rule).toBe('tokens-per-second');
    expect(message).toMatch(
      /^classifier asks for 60 tokens a second, and phi-4 makes [\d.]+ with 1 at a time$/,
    );
  });
});
