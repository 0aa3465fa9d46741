import {
  acceleratorClassOf,
  catalog,
  findAccelerator,
  findDevice,
  findHostedModel,
  findMachine,
  findOpenModel,
  findQuantisation,
  findRegion,
  machinesOf,
} from '../../catalog';
import type { Lookup } from '../../catalog';

function problemOf(lookup: Lookup<unknown>): string | undefined {
  return lookup.found ? undefined : lookup.problem;
}

describe('a look-up', () => {
  it('finds a hosted model by name and version, and its youngest version without one', () => {
    const exact = findHostedModel(catalog, 'gpt-4o', '2024-08-06');
    const youngest = findHostedModel(catalog, 'gpt-4o');
    expect(exact.found && exact.value.version).toBe('2024-08-06');
    expect(youngest.found && youngest.value.version).toBe('2024-11-20');
  });

  it.each([
    [
      'a misspelt hosted model',
      findHostedModel(catalog, 'gpt-5-mimi'),
      'the hosted model gpt-5-mimi is not in the catalogue; closest known models: gpt-5-mini, gpt-4o-mini, gpt-5.4-mini',
    ],
    [
      'an unknown version of a hosted model',
      findHostedModel(catalog, 'gpt-4o', '2024-11-21'),
      'version 2024-11-21 of the hosted model gpt-4o is not in the catalogue; closest known versions: 2024-11-20',
    ],
    [
      'an open model in the wrong case',
      findOpenModel(catalog, 'Phi-4'),
      'the open model Phi-4 is not in the catalogue; closest known models: phi-4, phi-4-mini-instruct',
    ],
    [
      'an unknown device',
      findDevice(catalog, 'raspberry-pi-5'),
      'the device hardware raspberry-pi-5 is not in the catalogue; closest known devices: raspberry-pi-5-16gb, raspberry-pi-5-8gb',
    ],
    [
      'a machine without a price table in the region',
      findMachine(catalog, 'aws', 'g6.xlarge', 'eu-west-1'),
      'a price table of the aws region eu-west-1 is not in the catalogue; closest known regions: us-east-1',
    ],
    [
      'a machine that the region does not sell',
      findMachine(catalog, 'azure', 'Standard_ND96asr_v4', 'swedencentral'),
      'a price of Standard_ND96asr_v4 in swedencentral is not in the catalogue; closest known regions that sell it: southcentralus',
    ],
    [
      'an unknown machine',
      findMachine(catalog, 'azure', 'Standard_NC4as_T4_v4', 'swedencentral'),
      'the azure machine Standard_NC4as_T4_v4 is not in the catalogue; closest known sizes: Standard_NC4as_T4_v3, Standard_NC64as_T4_v3, Standard_NC8as_T4_v3',
    ],
    [
      'an unknown region',
      findRegion(catalog, 'swedeneast'),
      'the region swedeneast is not in the catalogue; closest known regions: swedensouth, japaneast, canadaeast',
    ],
    [
      'an unknown quantisation',
      findQuantisation(catalog, 'Q4_K'),
      'the quantisation Q4_K is not in the catalogue; closest known quantisations: Q4_K_M, Q4_K_S, Q2_K',
    ],
  ])('of %s names what is known', (_, lookup, problem) => {
    if (lookup.found) throw new Error('found');
    expect(problemOf(lookup)).toBe(problem);
  });

  it.each(['dall-e-3', 'DALL-E 3', 'DALL·E 3', 'dalle3'])(
    'of %s says when it was retired and what succeeds it',
    name => {
      const lookup = findHostedModel(catalog, name);
      expect(lookup).toMatchObject({
        found: false,
        problem:
          'dall-e-3 was retired on 2026-03-04; use its successors gpt-image-2, gpt-image-1.5, gpt-image-1',
        closest: ['gpt-image-2', 'gpt-image-1.5', 'gpt-image-1'],
        retired: { retiredOn: '2026-03-04' },
      });
    },
  );

  it('of a retired model without a successor says so', () => {
    const lookup = findHostedModel(catalog, 'Stable-Image-Core');
    expect(problemOf(lookup)).toBe(
      'Stable-Image-Core (version 1) was retired on 2026-07-31; Azure names no successor',
    );
  });

  it('gives a machine its price in the region, with day and source', () => {
    const lookup = findMachine(catalog, 'aws', 'g6.xlarge', 'us-east-1');
    expect(lookup).toMatchObject({ found: true, value: { usdPerHour: 0.8048, priceAsOf: '2026-07-20' } });
  });

  it('lists every machine that a region sells', () => {
    expect(machinesOf(catalog, 'azure', 'swedencentral')).toHaveLength(80);
  });

  it('estimates what machines cost in a region from another one, at the upper end, and lists what is sold there', () => {
    const machines = machinesOf(catalog, 'aws', 'eu-north-1');
    expect(machines.find(({ machine }) => machine.sku === 'g6.xlarge')).toMatchObject({
      usdPerHour: 0.86918,
      priceFrom: 'the price in us-east-1 × 1.06 to 1.08, at the upper end',
    });
    expect(machines.filter(({ machine }) => machine.sku.startsWith('p4d'))).toEqual([]);
  });

  it('lists all machines of a region without a price table, at an unknown price', () => {
    const machines = machinesOf(catalog, 'aws', 'us-gov-west-1');
    expect(machines).toHaveLength(catalog.machines.filter(({ cloud }) => cloud === 'aws').length);
    expect(new Set(machines.map(({ usdPerHour }) => usdPerHour))).toEqual(new Set([null]));
  });

  it.each([
    ['Intel 265K Custom PC (Nvidia RTX 4070 Ti) [GPU]', 'NVIDIA RTX 4070 Ti'],
    ['Ryzen 9 7950X (Nvidia 4070 Ti Super) [GPU]', 'NVIDIA RTX 4070 Ti Super'],
    ['A100 PCIe 40GB', 'NVIDIA A100 40GB PCIe'],
    ['M1 7\u2011Core GPU 8GB', 'Apple M1, 7 GPU cores'],
    ['Raspberry Pi 5 8GB', undefined],
  ])('knows the accelerator of %s', (hardware, name) => {
    expect(findAccelerator(catalog, hardware)?.name).toBe(name);
  });

  it.each([
    ['PC with RTX 4090 24GB', 'nvidia-graphics'],
    ['NVIDIA RTX 9999 Ti', 'nvidia-graphics'],
    ['H800 SXM 80GB', 'nvidia-datacentre'],
    ['Apple M9 Ultra', 'apple'],
    ['Jetson Something 16GB', 'embedded'],
    ['AMD Radeon RX 9999', 'other-gpu'],
    ['a box', undefined],
  ])('knows the group of %s, in the table or not', (hardware, group) => {
    expect(acceleratorClassOf(catalog, hardware)).toBe(group);
  });
});

describe('the accelerator that a hardware name mentions', () => {
  it.each([
    ['Apple M3 Max', 'Apple M3 Max, 40 GPU cores'],
    ['MacBook Pro, Apple M4 Max 128GB', 'Apple M4 Max, 40 GPU cores'],
    ['Apple M2 Ultra', 'Apple M2 Ultra, 76 GPU cores'],
    ['Apple M1 Ultra 64-core 128GB', 'Apple M1 Ultra, 64 GPU cores'],
    ['Apple M3', 'Apple M3, 10 GPU cores'],
  ])('%s is that chip, and no other of its generation', (hardware, name) => {
    expect(findAccelerator(catalog, hardware)?.name).toBe(name);
  });
});
