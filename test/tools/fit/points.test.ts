import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '../../../tools/fit/csv';
import { readPoints } from '../../../tools/fit/points';
import type { Points } from '../../../tools/fit/points';

let directory = '';
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'points-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const decodeHeader =
  'hardware,device_class,mem_bandwidth_gbs,runtime,model,quant,bytes_read_per_token_gib,concurrency,decode_tokens_per_s,context,source,note';
const prefillHeader = 'hardware,model,quant,prefill_tps_512,prefill_tps_8192';

function decodeOf(...rows: string[]): Points {
  writeFileSync(join(directory, 'measured-throughput.csv'), [decodeHeader, ...rows].join('\n'));
  return readPoints(directory);
}

function promptsOf(...rows: string[]): Points {
  writeFileSync(join(directory, 'prefill-throughput.csv'), [prefillHeader, ...rows].join('\n'));
  return readPoints(directory);
}

describe('a directory of measurements', () => {
  it('may quote cells that hold commas', () => {
    expect(readCsv('a,b\n"x, ""y""",\n')).toEqual([{ a: 'x, "y"', b: '' }]);
  });

  it('must be there, and hold a file of measurements', () => {
    const missing = join(directory, 'nowhere');
    expect(() => readPoints(missing)).toThrow(
      `${missing} is not a directory; it should hold measured-throughput.csv or prefill-throughput.csv`,
    );
    expect(() => readPoints(directory)).toThrow(
      `${directory} holds neither measured-throughput.csv nor prefill-throughput.csv`,
    );
  });

  it('is refused with every column that a file lacks', () => {
    const file = join(directory, 'measured-throughput.csv');
    writeFileSync(file, 'hardware,model,speed\nx,y,1');
    expect(() => readPoints(directory)).toThrow(
      `${file} lacks the columns quant, decode_tokens_per_s; ` +
        'it needs hardware, model, quant, decode_tokens_per_s, and its first line names hardware, model, speed',
    );
  });

  it('needs no other columns', () => {
    const file = join(directory, 'measured-throughput.csv');
    writeFileSync(file, 'hardware,model,quant,decode_tokens_per_s\nRTX 4090,llama-3-8b,Q4_K_M,127');
    expect(readPoints(directory).decode.map(({ features }) => features.bandwidthGbs)).toEqual([1008]);
  });
});

describe('a decoding row', () => {
  it('gives points of one accelerator one name', () => {
    const { decode } = decodeOf(
      'PC (Nvidia RTX 4090) [GPU],gpu,1008,llama.cpp,llama-3-8b,Q4_K_M,4.58,1,127,,x,',
      'RTX 4090 24GB,gpu,,llama.cpp,gpt-oss-20b,MXFP4,,1,266,,x,',
    );
    expect(decode.map(point => [point.device, point.features.bandwidthGbs, point.features.mixture])).toEqual([
      ['NVIDIA RTX 4090', 1008, false],
      ['NVIDIA RTX 4090', 1008, true],
    ]);
  });

  it.each([
    ['Flux 9 Pro,edge-gpu', 'embedded', 'Flux 9 Pro'],
    ['Flux 9 Pro,gpu', 'other-gpu', 'Flux 9 Pro'],
    ['GeForce RTX 9999 24GB,gpu', 'nvidia-graphics', 'GeForce RTX 9999 24GB'],
    ['Apple M9 Max,gpu', 'apple', 'Apple M9 Max'],
    ['Some server,server-cpu', 'cpu', 'Some server'],
    ['Some box [CPU],', 'cpu', 'Some box [CPU]'],
  ])('of hardware that no table lists, %s, is predicted from its bandwidth', (hardware, group, device) => {
    const [point] = decodeOf(`${hardware},300,llama.cpp,llama-3-8b,Q4_K_M,,1,40,,x,`).decode;
    expect(point?.device).toBe(device);
    expect(point?.features).toMatchObject({
      class: group,
      bandwidthGbs: 300,
      vectorTflops: null,
      cores: null,
    });
  });

  it.each([
    ['Raspberry Pi 5 - 8GB [CPU],edge-cpu', 'Raspberry Pi 5 (Broadcom BCM2712)', 17.1, 4],
    ['c9-highcpu-48 (Sapphire Rapids),server-cpu', 'c9-highcpu-48 (Sapphire Rapids)', 307.2, 24],
  ])('of a CPU that a table lists, %s, has its measures', (hardware, device, bandwidthGbs, cores) => {
    const [point] = decodeOf(`${hardware},,llama.cpp,llama-3.2-3b,Q4_K_M,1.88,1,5,,x,`).decode;
    expect(point).toMatchObject({ device, features: { class: 'cpu', bandwidthGbs, cores } });
  });

  it('takes the shape of a dense model of about the size for a model that no table lists', () => {
    const [point] = decodeOf('RTX 4090,gpu,,llama.cpp,newcomer-8b,Q4_K_M,,1,100,,x,').decode;
    expect(point?.features).toMatchObject({ activeParametersBillion: 8, mixture: false });
    expect(point?.features.layers).toBeGreaterThan(30);
  });

  it('counts what a publisher’s own file holds for each parameter', () => {
    const [point] = decodeOf('RTX 4090,gpu,,llama.cpp,gpt-oss-20b,MXFP4,,1,266,,x,').decode;
    expect((point?.features.allWeightBytes ?? 0) / 2 ** 30).toBeCloseTo(12.8, 6);
    expect((point?.features.weightBytes ?? 0) / (point?.features.allWeightBytes ?? 1)).toBeCloseTo(
      3.6 / 21,
      6,
    );
  });

  it('makes a second point of a gain that its note states', () => {
    const { decode } = decodeOf(
      'A100 40GB,gpu,1555,vLLM,llama-3.1-8b,BF16,14.96,1,75,1024,x,6.6x throughput at concurrency 8',
    );
    expect(decode.map(({ features, measured }) => [features.parallel, measured])).toEqual([
      [1, 75],
      [8, 495],
    ]);
  });

  it('is set aside when another engine was measured', () => {
    const { decode } = decodeOf(
      'T4,gpu,,AutoAWQ GEMM,mistral-7b,AWQ-INT4,3.9,1,34,,x,',
      'T4,gpu,,ollama,mistral-7b,Q4_K_M,3.9,1,34,,x,',
    );
    expect(decode.map(({ aside }) => aside)).toEqual(['another engine, AutoAWQ GEMM', undefined]);
  });

  it.each([
    ['Flux 9,gpu,,llama.cpp,llama-3-8b,Q4_K_M,,1,40,,x,', 'its memory bandwidth is not known'],
    ['RTX 4090,gpu,,llama.cpp,mystery,Q4_K_M,1,1,4,,x,', 'the shape of the model is not known'],
    ['RTX 4090,gpu,,llama.cpp,mixer-8x7b,Q4_K_M,1,1,4,,x,', 'the shape of the model is not known'],
    [
      'RTX 4090,gpu,,llama.cpp,llama-3-8b,Q9,,1,4,,x,',
      'its quantisation Q9 is not known, nor the bytes read for a token',
    ],
    ['RTX 4090,gpu,,llama.cpp,llama-3-8b,Q4_K_M,,1,,,x,', 'nothing was measured'],
    [
      'RTX 4090,gpu,,llama.cpp,llama-3-8b,Q4_K_M,,1,fast,,x,',
      'decode_tokens_per_s is "fast", which is no number above 0',
    ],
    [
      'RTX 4090 24GB,gpu,,llama.cpp,llama-3-70b,Q4_K_M,39.59,1,2,,x,',
      'the model does not fit: 39.6 GiB of weights in 24 GiB',
    ],
    [
      'Board (8-core RISC-V) [CPU],edge-cpu,50,llama.cpp,llama-3-8b,Q4_K_M,,1,1,,x,',
      'its CPU is neither amd64 nor arm64',
    ],
  ])('%s is skipped, and says why', (row, why) => {
    const { decode, skipped } = decodeOf(row);
    expect(decode).toEqual([]);
    expect(skipped.map(each => each.why)).toEqual([why]);
  });

  it('counts the memory of all GPUs, and not the host’s', () => {
    const { decode } = decodeOf(
      'RTX 3090 24GB * 2,gpu,,llama.cpp,llama-3-70b,Q4_K_M,39.59,1,16,,x,',
      'Pi - 4GB (Nvidia RTX 4090) [GPU],gpu,,llama.cpp,llama-3-8b,Q4_K_M,4.58,1,90,,x,',
    );
    expect(decode.map(({ features }) => features.slowHost)).toEqual([false, true]);
  });
});

describe('a row of a cloud machine', () => {
  const header =
    'hardware,device_class,mem_bandwidth_gbs,model,quant,decode_tokens_per_s,units,vcpus,threads,source';
  const one = (row: string): object | undefined => {
    writeFileSync(join(directory, 'measured-throughput.csv'), [header, row].join('\n'));
    return readPoints(directory).decode[0];
  };

  it('has its cores, and the memory of its sockets whatever it was measured to read', () => {
    expect(one('Intel Xeon Platinum 8375C,server-cpu,24.8,llama-3-8b,Q4_K_M,9,,32,16,x')).toMatchObject({
      device: 'Intel Xeon Platinum 8375C',
      features: { class: 'cpu', bandwidthGbs: 204.8, cores: 16, sharedMemory: true },
    });
  });

  it('has the GPUs that its units count, or its part of one', () => {
    expect(one('NVIDIA L4 24GB,gpu,300,llama-3-8b,Q4_K_M,50,4,,,x')).toMatchObject({
      features: { gpus: 4, share: 1 },
    });
    expect(one('NVIDIA L4 6GB vGPU (quarter),gpu,75,llama-3-8b,Q4_K_M,12,1,,,x')).toMatchObject({
      device: 'NVIDIA L4',
      features: { gpus: 1, share: 0.25, bandwidthGbs: 75 },
    });
  });

  it('is set aside where its chip is unlike any that is offered', () => {
    expect(one('P100 PCIe 16GB,gpu,732,llama-3-8b,Q4_K_M,40,1,,,x')).toMatchObject({
      aside: 'its chip multiplies no 8-bit integers, unlike any that is offered',
    });
  });

  it('may stand in a folder, where rows have another licence', () => {
    mkdirSync(join(directory, 'cc-by-sa'));
    const file = join(directory, 'cc-by-sa', 'measured-throughput.csv');
    writeFileSync(file, [header, 'RTX 4090,gpu,,llama-3-8b,Q4_K_M,120,,,,x'].join('\n'));
    expect(readPoints(directory).decode).toHaveLength(1);
    expect(one('RTX 3090,gpu,,llama-3-8b,Q4_K_M,110,,,,x')).toBeDefined();
    expect(readPoints(directory).decode).toHaveLength(2);
  });
});

describe('a prompt row', () => {
  it('makes a point for each length, and counts GPUs that share a prompt', () => {
    const { prefill } = promptsOf('RTX 3090 24GB * 4,llama-3-8b,Q4_K_M,3742,4913');
    expect(prefill.map(({ features, measured }) => [features.promptTokens, features.gpus, measured])).toEqual(
      [
        [512, 4, 3742],
        [8192, 4, 4913],
      ],
    );
  });

  it('of an NVIDIA board is set aside when it is older than the kernels of today', () => {
    writeFileSync(
      join(directory, 'prefill-throughput.csv'),
      [
        'hardware,model,quant,prefill_tps_512,source',
        'RTX 3090 24GB,llama-3-8b,Q4_K_M,4030,somebody (2024-05-12)',
        'M2 Ultra,llama-3-8b,Q4_K_M,1000,somebody (2024-05-12)',
        'RTX 3090 24GB,llama-3-8b,Q4_K_M,4900,somebody (2025-04-18)',
      ].join('\n'),
    );
    expect(readPoints(directory).prefill.map(({ aside }) => aside)).toEqual([
      'an engine of before 2024-07, whose kernels were replaced',
      undefined,
      undefined,
    ]);
  });

  it('keeps what follows a first prompt that warmed up', () => {
    writeFileSync(
      join(directory, 'prefill-throughput.csv'),
      [
        'hardware,model,quant,prefill_tps_512,prefill_tps_4096,prefill_tps_8192',
        'DGX Spark GB10,gpt-oss-20b,MXFP4,1311,3513,3313',
      ].join('\n'),
    );
    expect(readPoints(directory).prefill.map(({ aside }) => aside)).toEqual([
      'a disturbed run: its first prompt warmed up',
      undefined,
      undefined,
    ]);
  });

  it('is set aside when its own figures contradict each other', () => {
    const { prefill } = promptsOf(
      'L40S 48GB,llama-3-70b,Q4_K_M,200,290',
      'A100 SXM 80GB * 4,llama-3-8b,Q4_K_M,4850,11535',
      'A100 SXM 80GB * 4,llama-3-8b,F16,626,1612',
    );
    expect(prefill.map(({ aside }) => aside)).toEqual([
      'a disturbed run: faster for longer prompts',
      'a disturbed run: faster for longer prompts',
      undefined,
      undefined,
      'a disturbed run: far slower with 16-bit weights than with 4-bit ones',
      'a disturbed run: far slower with 16-bit weights than with 4-bit ones',
    ]);
  });

  it.each([
    ['GeForce RTX 9999,llama-3-8b,Q4_K_M,900,800', 'its memory bandwidth is not known'],
    ['RTX 4090 24GB,llama-3-70b,F16,900,800', 'the model does not fit: 131.4 GiB of weights in 24 GiB'],
    ['RTX 4090 24GB,llama-3-8b,Q4_K_M,OOM,', 'nothing was measured'],
  ])('%s is skipped, and says why', (row, why) => {
    expect(promptsOf(row).skipped.map(each => each.why)).toEqual([why]);
  });
});
