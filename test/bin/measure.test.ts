import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { measure } from '../../bin/measure';
import type { MeasureOptions } from '../../bin/measure';
import { loadEnvironment } from '../../config';
import { environmentsDirectory } from '../config/dev-input';

/** A result of llama-bench b6900, with all its keys. */
const result = (n_prompt: number, n_gen: number, avg_ts: number) => ({
  build_commit: 'b7a1c0ffe',
  build_number: 6900,
  cpu_info: 'ARMv8 Processor rev 1 (v8l)',
  gpu_info: 'Orin',
  backends: 'CUDA',
  model_filename: 'phi.gguf',
  model_type: 'phi3 3B Q4_K - Medium',
  model_size: 2491874688,
  model_n_params: 3836021856,
  n_batch: 2048,
  n_ubatch: 512,
  n_threads: 6,
  cpu_mask: '0x0',
  cpu_strict: false,
  poll: 50,
  type_k: 'f16',
  type_v: 'f16',
  n_gpu_layers: 99,
  split_mode: 'layer',
  main_gpu: 0,
  no_kv_offload: false,
  flash_attn: false,
  devices: 'auto',
  tensor_split: '0.00',
  tensor_buft_overrides: 'none',
  use_mmap: true,
  embeddings: false,
  no_op_offload: 0,
  n_prompt,
  n_gen,
  n_depth: 0,
  test_time: '2026-11-30T09:00:00Z',
  avg_ns: 1e9,
  stddev_ns: 1e6,
  avg_ts,
  stddev_ts: 0.2,
  samples_ns: [1e9],
  samples_ts: [avg_ts],
});

let folder: string;
let file: string;
let said: string;
const dev = readFileSync(join(environmentsDirectory, 'dev.yaml'), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'measure-'));
  file = join(folder, 'dev.yaml');
  writeFileSync(file, dev);
  said = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A llama-bench that writes down how it was called, and prints this. */
function bench(output: unknown, status = 0): string {
  const path = join(folder, 'bench.sh');
  const text = typeof output === 'string' ? output : JSON.stringify(output, null, 2);
  writeFileSync(join(folder, 'output'), text);
  writeFileSync(
    path,
    `#!/bin/sh\necho "$@" > ${folder}/called\necho 'llama_bench: loading model' >&2\ncat ${folder}/output\nexit ${status}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

const till: MeasureOptions = {
  on: 'stockholm-till',
  model: 'phi-4-mini-instruct',
  file: 'phi.gguf',
  today: '2026-11-30',
};
const failure = (options: MeasureOptions): Promise<string> =>
  measure(file, options).then(
    () => 'it did not fail',
    (error: unknown) => (error as Error).message,
  );

describe('berth measure', () => {
  it('runs llama-bench and writes what it found behind all that was there', async () => {
    await measure(file, { ...till, bench: bench([result(512, 0, 412.345678), result(0, 128, 17.9012)]) });
    expect(readFileSync(join(folder, 'called'), 'utf8')).toBe('-m phi.gguf -p 512 -n 128 -o json\n');
    const lines = `measured:
  - on: stockholm-till
    model: phi-4-mini-instruct
    quantisation: Q4_K_M
    promptTokensPerSecond: 412.3
    decodeTokensPerSecond: 17.9
    by: llama-bench b7a1c0ffe, Orin (CUDA), 2026-11-30
`;
    expect(readFileSync(file, 'utf8')).toBe(`${dev}\n${lines}`);
    expect(said).toBe(`${lines}wrote ${file}; berth explain shows what that changes\n`);
    expect(loadEnvironment(file).measured).toHaveLength(1);
  });

  describe('over SSH', () => {
    const path = process.env.PATH;
    afterEach(() => (process.env.PATH = path));
    const onTill: MeasureOptions = { on: till.on, model: till.model, today: '2026-11-30' };
    const installed = 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11';

    it('asks the llama-bench that a deploy installed, of the installed file, by the pinned host key', async () => {
      const ssh = bench([result(512, 0, 300), result(0, 128, 15)]);
      writeFileSync(
        join(folder, 'ssh'),
        `#!/bin/sh\nfor each in "$@"; do case $each in UserKnownHostsFile=*) cat "\${each#*=}" >${folder}/known;; esac; done\nexec ${ssh} "$@"\n`,
      );
      chmodSync(join(folder, 'ssh'), 0o755);
      process.env.PATH = `${folder}:${path ?? ''}`;
      await measure(file, { ...onTill, model: 'store-intents', overSsh: true });
      const called = readFileSync(join(folder, 'called'), 'utf8');
      expect(called).toMatch(
        /^-p 22 -o BatchMode=yes -o ForwardAgent=no -o IdentityFile=~\/\.ssh\/berth -o StrictHostKeyChecking=yes .*-- berth@till-01\.stockholm\.shop\.example\.com bench=/,
      );
      expect(called).toContain('find /opt/berth/stockholm-till/engine-* -name llama-bench');
      expect(called).toContain(`'-m' '/opt/berth/stockholm-till/artifacts/${installed}.gguf' '-p' '512'`);
      expect(readFileSync(join(folder, 'known'), 'utf8')).toMatch(
        /^till-01\.stockholm\S+ ssh-ed25519 AAAA\S+\n$/,
      );
      expect(loadEnvironment(file).measured?.[0]).toMatchObject({
        on: 'stockholm-till',
        decodeTokensPerSecond: 15,
        by: 'llama-bench b7a1c0ffe, Orin (CUDA), over SSH, 2026-11-30',
      });
    });

    it('wants a device of the environment, and a file that somebody knows', async () => {
      expect(await failure({ ...onTill, on: 'Standard_NC4as_T4_v3', overSsh: true })).toBe(
        '--over-ssh: --on must be a device of the environment, got Standard_NC4as_T4_v3; name one of stockholm-till, headquarters-workstation, or run it on that machine with --file',
      );
      expect(await failure({ ...onTill, quantisation: 'Q8_0', overSsh: true })).toBe(
        '--file: a path on the device is needed, because weights has no file of phi-4-mini-instruct as Q8_0; name it',
      );
    });
  });

  it('puts a new measure in the place of the old one of the same, and leaves others', async () => {
    const at = (speed: number) => bench([result(512, 0, 400), result(0, 128, speed)]);
    await measure(file, { ...till, bench: at(10) });
    await measure(file, { ...till, on: 'Standard_NC4as_T4_v3', bench: at(20) });
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n# what comes after stays\nmaxPriceAgeDays: 90\n`);
    await measure(file, { ...till, bench: at(30) });
    const text = readFileSync(file, 'utf8');
    const { measured } = parse(text) as { measured: { on: string; decodeTokensPerSecond: number }[] };
    expect(measured.map(each => [each.on, each.decodeTokensPerSecond])).toEqual([
      ['stockholm-till', 30],
      ['Standard_NC4as_T4_v3', 20],
    ]);
    expect(text.startsWith(dev)).toBe(true);
    expect(text.endsWith('\n# what comes after stays\nmaxPriceAgeDays: 90\n')).toBe(true);
  });

  it('measures prompts alone of an embedding model', async () => {
    const options = { ...till, model: 'bge-m3', quantisation: 'Q8_0', bench: bench([result(512, 0, 900)]) };
    await measure(file, options);
    expect(readFileSync(join(folder, 'called'), 'utf8')).toBe('-m phi.gguf -p 512 -n 0 -embd 1 -o json\n');
    expect(loadEnvironment(file).measured).toEqual([
      expect.objectContaining({ model: 'bge-m3', promptTokensPerSecond: 900 }),
    ]);
  });

  it('prints the lines where it cannot write them, or is not to', async () => {
    const module = join(folder, 'dev.json');
    writeFileSync(module, JSON.stringify(parse(dev)));
    const options = { ...till, bench: bench([result(512, 0, 400), result(0, 128, 10)]), print: true };
    await measure(module, options);
    expect(said).toMatch(/^measured:\n {2}- on: stockholm-till\n/);
    expect(JSON.parse(readFileSync(module, 'utf8'))).not.toHaveProperty('measured');
    await measure(module, { ...options, print: false });
    expect(loadEnvironment(module).measured).toHaveLength(1);
  });

  it.each<[string, () => Partial<MeasureOptions>, string]>([
    [
      'no llama-bench',
      () => ({ bench: './no-such-bench' }),
      './no-such-bench: it is not on the path; install llama.cpp, which has it, or name it with --bench',
    ],
    ['one that fails', () => ({ bench: bench('', 1) }), 'it failed and said llama_bench: loading model'],
    [
      'one that prints something else',
      () => ({ bench: bench('| model | t/s |') }),
      'results of llama-bench -o json are needed, got | model | t/s |; use one of llama.cpp',
    ],
    [
      'one that generates nothing',
      () => ({ bench: bench([result(512, 0, 400)]) }),
      'results of a prompt and of generated tokens are needed, got 1; use a llama-bench of llama.cpp that prints both',
    ],
    [
      'a place that is not there',
      () => ({ on: 'stockholm-tillo', bench: bench([]) }),
      "measured[0].on: must be a size of machine or a device, got 'stockholm-tillo'; the closest is stockholm-till",
    ],
    [
      'neither a file nor an endpoint',
      () => ({ file: undefined }),
      '--file or --endpoint: one of them is needed, got neither; name the GGUF file for llama-bench, or the address of a deployed endpoint, or run it on a device with --over-ssh',
    ],
    [
      'a model without a file',
      () => ({ model: 'qwen3-4b' }),
      '--quantisation: the one of the file is needed, and weights has none of qwen3-4b; name it, such as Q4_K_M',
    ],
  ])('writes nothing and says why: %s', async (_, change, sentence) => {
    expect(await failure({ ...till, ...change() })).toContain(sentence);
    expect(readFileSync(file, 'utf8')).toBe(dev);
  });
});

describe('berth measure of a deployed endpoint', () => {
  let server: Server;
  let asked: { key: string | undefined; content: string }[];
  let answer: (attempt: number) => unknown;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const { messages } = JSON.parse(body) as { messages: { content: string }[] };
        asked.push({ key: request.headers.authorization, content: messages[0]?.content ?? '' });
        response.end(JSON.stringify(answer(asked.length)));
      });
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(() => new Promise(closed => server.close(closed)));

  const endpoint = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

  it('takes the middle of what llama-server says of three requests that no cache can answer', async () => {
    answer = attempt => ({
      choices: [],
      timings: {
        prompt_n: 512,
        prompt_ms: 1,
        prompt_per_second: [500, 300, 400][attempt - 1],
        predicted_n: 128,
        predicted_ms: 1,
        predicted_per_second: [18, 19, 4][attempt - 1],
      },
    });
    process.env.TILL_KEY = 'sesame';
    await measure(file, { ...till, file: undefined, endpoint: endpoint(), keyVariable: 'TILL_KEY' });
    delete process.env.TILL_KEY;
    expect(loadEnvironment(file).measured).toEqual([
      expect.objectContaining({ promptTokensPerSecond: 400, decodeTokensPerSecond: 18 }),
    ]);
    expect(asked.map(({ key }) => key)).toEqual(Array(3).fill('Bearer sesame'));
    expect(new Set(asked.map(({ content }) => content.slice(0, 3))).size).toBe(3);
    expect(said + readFileSync(file, 'utf8')).not.toContain('sesame');
  });

  it('refuses an engine that says nothing of its speed', async () => {
    answer = () => ({ choices: [] });
    expect(await failure({ ...till, file: undefined, endpoint: endpoint() })).toContain(
      'the timings of llama-server are needed, got an answer without',
    );
    expect(readFileSync(file, 'utf8')).toBe(dev);
  });
});
