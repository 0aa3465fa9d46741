import { hardwareOfMachine, predictThroughput, sizePool, speedSentence, withMeasures } from '../../sizing';
import type { Hardware, PoolDemand } from '../../sizing';
import { tables } from '../tables';

function one<T>(rows: readonly T[], is: (row: T) => boolean): T {
  const found = rows.find(is);
  if (!found) throw new Error('not in the catalogue');
  return found;
}

const model = one(tables.openModels, ({ id }) => id === 'llama-3.2-3b-instruct');
const quantisation = one(tables.quantisations, ({ name }) => name === 'Q4_K_M');
const t4 = one(tables.machines, ({ sku }) => sku === 'Standard_NC4as_T4_v3');
const burstable = one(tables.machines, each => each.burstable && each.memoryGib >= 16);
const found = {
  on: t4.sku,
  model: model.id,
  quantisation: 'Q4_K_M',
  promptTokensPerSecond: 1000,
  decodeTokensPerSecond: 30,
  by: 'us',
};
const plain = hardwareOfMachine(tables, t4);
const measured = withMeasures(plain, [found], t4.sku);
const speed = (hardware: Hardware, parallel = 1, tokens = 64) =>
  predictThroughput(hardware, model, quantisation, parallel, tokens);

describe('what was measured of a model on some hardware', () => {
  it('counts instead of a prediction, less what another machine of its size may fall short of it', () => {
    const { decodeTokensPerSecond, plannedDecodeTokensPerSecond, basis, errorP90 } = speed(measured);
    expect(decodeTokensPerSecond).toBeCloseTo(30, 9);
    expect([plannedDecodeTokensPerSecond, basis, errorP90]).toEqual([27.03, 'measured', 0.11]);
  });

  it('moves the speed of more and longer sequences, and of longer prompts, by as much', () => {
    const factor = 30 / (speed(plain).decodeTokensPerSecond ?? 0);
    for (const [parallel, tokens] of [
      [1, 4000],
      [8, 64],
      [32, 2000],
    ] as const)
      expect(speed(measured, parallel, tokens).totalDecodeTokensPerSecond).toBeCloseTo(
        factor * (speed(plain, parallel, tokens).totalDecodeTokensPerSecond ?? 0),
        9,
      );
    // Prompts of 512 tokens are measured, and those of 1024 take a little longer each.
    expect(speed(measured).prefillTokensPerSecond).toBeGreaterThan(900);
    expect(speed(measured).prefillTokensPerSecond).toBeLessThan(1000);
  });

  it('says nothing of other hardware, weights or models', () => {
    expect(withMeasures(plain, [found], 'Standard_NC8as_T4_v3')).toBe(plain);
    const other = withMeasures(plain, [{ ...found, quantisation: 'Q8_0' }], t4.sku);
    expect(speed(other)).toEqual(speed(plain));
  });

  it('is all that is known of hardware of which nothing is predicted', () => {
    const unknown = hardwareOfMachine(tables, burstable);
    expect(speed(unknown).plannedDecodeTokensPerSecond).toBeNull();
    const known = speed(withMeasures(unknown, [{ ...found, on: burstable.sku }], burstable.sku), 4);
    expect([
      known.plannedTotalDecodeTokensPerSecond,
      known.basis,
      known.plannedPrefillTokensPerSecond,
    ]).toEqual([27.03, 'extrapolated', 900.9]);
  });

  it('is called measured where a size is explained', () => {
    const demand: PoolDemand = {
      workload: 'w',
      model,
      quantisation,
      peakRequestsPerSecond: 0.1,
      inputTokens: 100,
      outputTokens: 20,
      contextTokens: 500,
    };
    const size = sizePool(measured, [demand]);
    if (!size.fits) throw new Error(size.message);
    expect(size.basis).toBe('measured');
    expect(speedSentence(size)).toContain('tokens a second (measured, ±11 % at the 90th percentile)');
  });
});
