import { catalog, findDevice } from '../../catalog';
import type { DeviceHardware, Machine } from '../../catalog';
import { hardwareOfDevice, hardwareOfMachine, hardwareOfMeasures } from '../../sizing';
import { tables } from '../tables';

function machine(sku: string): Machine {
  const found = tables.machines.find(candidate => candidate.sku === sku);
  if (!found) throw new Error(sku);
  return found;
}

function device(id: string): DeviceHardware {
  const lookup = findDevice(tables, id);
  if (!lookup.found) throw new Error(lookup.problem);
  return lookup.value;
}

describe('the hardware of a machine', () => {
  it.each([
    ['Standard_NC4as_T4_v3', 'nvidia-graphics', 16, 320, 1, 16.3],
    ['Standard_NC48ads_A100_v4', 'nvidia-datacentre', 160, 1935, 2, 39],
    ['Standard_NV12ads_A10_v5', 'nvidia-graphics', 8, 200, 0.3333, 10.39896],
    ['g6.xlarge', 'nvidia-graphics', 24, 300, 1, 30.3],
    ['inf2.xlarge', 'unknown', 32, 820, 1, null],
  ])(
    '%s is %s with %d GiB, %d GB/s each of %d GPUs and %p TFLOPS',
    (sku, group, memory, bandwidth, count, tflops) => {
      expect(hardwareOfMachine(tables, machine(sku))).toMatchObject({
        kind: 'gpu',
        class: group,
        memoryGib: memory,
        usableMemoryGib: memory * 0.84 - 2.3 * Math.max(0, count - 1),
        memoryBandwidthGbs: bandwidth,
        gpuCount: count,
        compute: { vectorTflops: tflops === null ? null : expect.closeTo(tflops, 6) },
      });
    },
  );

  it.each([
    ['the bandwidth of its socket, which it shares', 'Standard_D32s_v5', 204.8],
    ['the same with few cores, which bound it', 'Standard_D2s_v5', 204.8],
    ['no figure where the family mixes generations', 'Standard_F8s_v2', null],
    ['no figure where it runs on credits', 'Standard_B16s_v2', null],
  ])('without a GPU gets %s', (_, sku, bandwidth) => {
    const { kind, class: group, memoryBandwidthGbs } = hardwareOfMachine(tables, machine(sku));
    expect([kind, group, memoryBandwidthGbs]).toEqual(['cpu', 'cpu', bandwidth]);
  });
});

describe('the compute of a CPU', () => {
  it.each([
    ['half as many cores as hyper-threads', 'Standard_D32s_v5', 16, 1.328, 'avx512'],
    ['as many cores as vCPUs on Arm', 'Standard_D4ps_v6', 4, 0.216, 'neon'],
    ['as many cores as vCPUs where each has one thread', 'm7a.xlarge', 4, 0.448, 'avx512'],
  ])('of a machine is that of its share: %s', (_, sku, cores, vectorTflops, instructions) => {
    const { compute } = hardwareOfMachine(tables, machine(sku));
    expect(compute).toEqual({
      cores,
      vectorTflops: expect.closeTo(vectorTflops, 6),
      matrixTflops: null,
      boardWatt: null,
      instructions,
      chip: null,
    });
  });

  it('of a device is that of the processor its name mentions', () => {
    const cores = (id: string): number | null => hardwareOfDevice(tables, device(id)).compute.cores;
    expect([
      cores('raspberry-pi-5-8gb'),
      cores('intel-n150-16gb'),
      cores('nuc-core-ultra-32gb-ddr5'),
    ]).toEqual([4, 4, 14]);
  });
});

describe('the hardware of a device', () => {
  it.each([
    ['jetson-orin-nano-8gb', 'gpu', 'embedded', 5.5],
    ['raspberry-pi-5-8gb', 'cpu', 'cpu', 5.5],
    ['mac-mini-m4-32gb', 'gpu', 'apple', 23.5],
    ['pc-rtx-4090-24gb', 'gpu', 'nvidia-graphics', 20.16],
  ])('%s runs models on its %s, of the group %s, in %d GiB', (id, kind, group, usable) => {
    const hardware = hardwareOfDevice(tables, device(id));
    expect([hardware.kind, hardware.class]).toEqual([kind, group]);
    expect(hardware.usableMemoryGib).toBeCloseTo(usable, 6);
  });

  it('is known for every device of the table', () => {
    const hardware = catalog.devices.map(row => hardwareOfDevice(catalog, row));
    expect(hardware.filter(({ known }) => !known)).toEqual([]);
  });
});

describe('hardware by its measures', () => {
  it.each([
    ['gpu', 'arm64', 'embedded'],
    ['gpu', 'amd64', 'other-gpu'],
    ['cpu', 'amd64', 'cpu'],
  ] as const)('on a %s of %s is taken for the group %s, and not known', (runsOn, arch, group) => {
    const measures = { memoryGib: 16, memoryBandwidthGbs: 100, runsOn, arch };
    expect(hardwareOfMeasures('kiosk', measures)).toMatchObject({
      class: group,
      known: false,
      usableMemoryGib: 11.5,
    });
  });
});
