import fc from 'fast-check';
import { withoutBeatenParts } from '../../placement/pools/weights-dominance';
import type { Part } from '../../placement/pools/weights-dominance';
import { vm } from '../../placement/venues/vm';
import type { MachineOffer } from '../../placement/venues/vm/offers';
import { machineSeconds, memoryNeededGib, parallelSteps, predictThroughput, tokensHeld } from '../../sizing';
import type { Hardware } from '../../sizing';
import { chat, environmentWith, settingOf } from './offers';

const setting = settingOf(environmentWith([chat()]));
const machines = vm.offers(setting);
const one = machines.filter(
  ({ sku, location }) => sku === 'Standard_ND96amsr_A100_v4' && location === 'eastus2',
);
const hardwares = [
  ...new Map(
    machines
      .filter(({ hardware }) => hardware.class !== 'unknown' && hardware.memoryBandwidthGbs !== null)
      .map(({ hardware }) => [JSON.stringify({ ...hardware, name: '' }), hardware]),
  ).values(),
];

/** Whether the first weights leave the second without a place, when nobody is assigned and the names say nothing else. */
function beats(a: MachineOffer, b: MachineOffer): boolean {
  const parts = [a, b].map((offer, i): Part => ({
    offers: [{ ...offer, model: i === 0 ? 'a' : 'b' }],
    allowed: new Set(),
  }));
  return withoutBeatenParts(parts, setting).length === 1;
}

const beaten = one.flatMap(b => one.filter(a => a !== b && beats(a, b)).map(a => ({ a, b })));

interface Load {
  readonly parallel: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Seconds of a machine for a request, and the memory of the weights. */
function needs({ open, quantisation }: MachineOffer, hardware: Hardware, load: Load): [number, number] {
  const { parallel, inputTokens, outputTokens } = load;
  const contextTokens = inputTokens + outputTokens;
  const tokens = tokensHeld({ inputTokens, outputTokens });
  const speed = predictThroughput(hardware, open, quantisation, parallel, tokens);
  const demand = { workload: 'w', model: open, quantisation, peakRequestsPerSecond: 1, contextTokens };
  return [
    machineSeconds({ ...demand, inputTokens, outputTokens }, speed),
    memoryNeededGib(open, quantisation, contextTokens, parallel, hardware.kind),
  ];
}

function isNoWorse({ a, b }: (typeof beaten)[number], hardware: Hardware, load: Load): boolean {
  const others = needs(b, hardware, load);
  return needs(a, hardware, load).every((need, i) => need <= (others[i] ?? Number.NaN) * (1 + 1e-9));
}

describe('weights that beat others take no more memory and time', () => {
  it('on any hardware, reading and writing', () => {
    expect(beaten.length).toBeGreaterThan(300);
    const loads: Load[] = [
      { parallel: 1, inputTokens: 4000, outputTokens: 0 },
      { parallel: 8, inputTokens: 0, outputTokens: 400 },
    ];
    const worse = beaten.filter(pair =>
      hardwares.some(hardware => loads.some(load => !isNoWorse(pair, hardware, load))),
    );
    expect(worse.map(({ a, b }) => `${a.model} ${b.model}`)).toEqual([]);
  });

  it('whatever the sequences', () => {
    const load = fc.record({
      parallel: fc.constantFrom(...parallelSteps),
      inputTokens: fc.integer({ min: 1, max: 100_000 }),
      outputTokens: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(fc.property(fc.constantFrom(...beaten), fc.constantFrom(...hardwares), load, isNoWorse), {
      numRuns: 20_000,
      seed: 20261126,
    });
  });
});
