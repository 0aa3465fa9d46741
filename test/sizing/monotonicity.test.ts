import { hardwareOfMachine, parallelSteps, predictThroughput } from '../../sizing';
import type { Hardware } from '../../sizing';
import { tables } from '../tables';

/** The placement leaves out machines and weights that others beat, which is right only where predictions rise like this. */
const machines = tables.machines
  .map(machine => hardwareOfMachine(tables, machine))
  .filter(({ memoryBandwidthGbs, class: known }) => memoryBandwidthGbs !== null && known !== 'unknown');
const samples = [
  ...new Map(machines.map(hardware => [`${hardware.class}/${hardware.gpuCount}`, hardware])).values(),
];
const models = tables.openModels.filter(({ kind, shape }) => kind === 'chat' && shape !== null).slice(0, 6);
const quantisations = tables.quantisations.filter(({ name }) => ['Q4_K_M', 'F16'].includes(name));

/** Seconds of a machine for a request of 1,000 tokens in and 100 out. */
function seconds(
  hardware: Hardware,
  model: (typeof models)[number],
  quantisation: (typeof quantisations)[number],
  parallel: number,
): number {
  const speed = predictThroughput(hardware, model, quantisation, parallel, 1050);
  const [prefill, decode] = [speed.plannedPrefillTokensPerSecond, speed.plannedTotalDecodeTokensPerSecond];
  return 1000 / (prefill ?? Infinity) + 100 / (decode ?? Number.NaN);
}

const times = (value: number | null, factor: number): number | null =>
  value === null ? null : value * factor;

describe.each([
  [
    'more bandwidth',
    (hardware: Hardware): Hardware => ({
      ...hardware,
      memoryBandwidthGbs: times(hardware.memoryBandwidthGbs, 1.3),
    }),
  ],
  [
    'faster vectors',
    (hardware: Hardware): Hardware => ({
      ...hardware,
      compute: { ...hardware.compute, vectorTflops: times(hardware.compute.vectorTflops, 1.3) },
    }),
  ],
  [
    'faster matrices',
    (hardware: Hardware): Hardware => ({
      ...hardware,
      compute: { ...hardware.compute, matrixTflops: times(hardware.compute.matrixTflops, 1.3) },
    }),
  ],
  [
    'a higher power limit',
    (hardware: Hardware): Hardware => ({
      ...hardware,
      compute: { ...hardware.compute, boardWatt: times(hardware.compute.boardWatt, 1.3) },
    }),
  ],
])('%s', (_, better) => {
  test.each(samples.map(hardware => [hardware.name, hardware] as const))(
    'never slows %s',
    (_name, hardware) => {
      const slower = models.flatMap(model =>
        quantisations.flatMap(quantisation =>
          parallelSteps.filter(
            parallel =>
              seconds(better(hardware), model, quantisation, parallel) >
              seconds(hardware, model, quantisation, parallel) * (1 + 1e-9),
          ),
        ),
      );

      expect(samples.length).toBeGreaterThan(3);
      expect(slower).toEqual([]);
    },
  );
});
