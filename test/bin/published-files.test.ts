import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { addEngine } from '../../bin/engine';
import { hashOf } from '../../bin/files/hashed';
import { addWeights } from '../../bin/weights';
import type { WeightsAddOptions } from '../../bin/weights';
import { PublishedFiles, asset, listed } from './published';

const commit = '1d40e4d1a5a7d2c8f2d9f3c1b0a9f8e7d6c5b4a3';
const [hash, other] = ['a'.repeat(64), 'b'.repeat(64)];
const shop = `# Ours.
name: shop
azure: { subscriptionId: 7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11, locations: [swedencentral] }

weights:
    # The small one, tried in May.
    tiny: # by hand
        model: smollm2-1.7b-instruct
        quantisation: Q4_K_M
        url: https://models.example.com/tiny.gguf
        revision: r1
        sha256: ${other} # checked

# What they ask for.
workloads:
  - { name: chat, task: chat, traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 200 } }
`;

const file = 'config/environments/shop.yaml';
const home = process.cwd();
const variables = { ...process.env };
let folder: string;
let hub: PublishedFiles;
let said: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-files-'));
  process.chdir(folder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, shop);
  hub = await PublishedFiles.start();
  Object.assign(process.env, { HF_ENDPOINT: hub.url, HF_TOKEN: 'hf_secret', GITHUB_API_URL: hub.url });
  said = '';
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation(text => {
      said += String(text);
      return true;
    });
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = variables;
  process.chdir(home);
  await hub.stop();
  rmSync(folder, { recursive: true });
});

/** Has the Hub know a repository. @param info what it says beside the commit */
function publish(name: string, files: readonly object[], info: object = {}): void {
  const model = `/api/models/${name}`;
  hub.pages.set(`${model}/revision/main`, {
    body: { id: name, sha: commit, private: false, gated: false, ...info },
  });
  hub.pages.set(`${model}/tree/${commit}?recursive=true`, {
    body: [{ type: 'directory', oid: '0', size: 0, path: 'old' }, ...files],
  });
}

const written = (): Record<string, Record<string, object>> =>
  parse(readFileSync(file, 'utf8')) as Record<string, Record<string, object>>;

describe('berth weights add', () => {
  const repository = 'unsloth/Qwen3-1.7B-GGUF';
  const name = 'Qwen3-1.7B-Q4_K_M.gguf';

  it('writes what the Hub states of a model, at its commit, and leaves all else to the byte', async () => {
    publish(repository, [listed('README.md'), listed('Qwen3-1.7B-Q8_0.gguf', other), listed(name, hash)]);
    await addWeights('qwen3-1.7b', {});
    const lines = `    qwen3-1-7b:
      model: qwen3-1.7b
      quantisation: Q4_K_M
      url: https://huggingface.co/${repository}/resolve/${commit}/${name}
      revision: ${commit}
      sha256: ${hash}
`;
    expect(readFileSync(file, 'utf8')).toBe(shop.replace(' # checked\n', ` # checked\n${lines}`));
    expect(hub.asked.map(({ authorization }) => authorization)).toEqual([
      'Bearer hf_secret',
      'Bearer hf_secret',
    ]);
    expect(said).not.toContain('hf_secret');
  });

  it('takes the place of what it wrote before, in the quantisation and under the name that were asked for', async () => {
    publish(repository, [listed(name, other)]);
    await addWeights(repository, {});
    publish(repository, [listed(name, hash), listed('old/Qwen3-1.7B-Q8_0.gguf', other)]);
    await addWeights(`https://huggingface.co/${repository}/blob/main/${name}`, {});
    await addWeights('qwen3-1.7b', { quantisation: 'Q8_0', name: 'large' });
    const { weights } = written();
    expect(Object.keys(weights ?? {})).toEqual(['tiny', 'qwen3-1-7b', 'large']);
    expect(weights?.['qwen3-1-7b']).toMatchObject({ sha256: hash });
    expect(weights?.['large']).toMatchObject({ quantisation: 'Q8_0', sha256: other });
  });

  it('reads a list that comes in pages, and prints where nothing is to be written', async () => {
    publish(repository, [listed('README.md')]);
    const tree = `/api/models/${repository}/tree/${commit}?recursive=true`;
    hub.pages.set(tree, { body: [], headers: { link: `<${hub.url}/more>; rel="next"` } });
    hub.pages.set('/more', { body: [listed(name, hash)] });
    await addWeights(repository, { print: true });
    expect(said).toContain(`weights:\n  qwen3-1-7b:\n    model: qwen3-1.7b\n`);
    expect(readFileSync(file, 'utf8')).toBe(shop);
  });

  const broken: readonly [string, string, WeightsAddOptions, () => void, string][] = [
    [
      'no such model',
      'qwen9',
      {},
      () => undefined,
      "source: an open model of the catalogue, a repository like owner/repository or an https address is allowed, got 'qwen9'",
    ],
    [
      'a model without a known repository',
      'phi-4',
      {},
      () => undefined,
      'source: no repository of phi-4 with .gguf files is known',
    ],
    [
      'a repository that is not there',
      'a/b',
      {},
      () => undefined,
      '/api/models/a/b/revision/main answers 404: there is none of this name, or it is private',
    ],
    [
      'one that only some may read',
      'a/b',
      { model: 'qwen3-1.7b' },
      () => publish('a/b', [listed(name, hash)], { gated: 'manual' }),
      'a/b: it is gated, and machines download without a credential',
    ],
    [
      'one without such files',
      'a/b',
      {},
      () => publish('a/b', [listed('model.safetensors', hash)]),
      'a/b: a repository with .gguf files is needed, and it has 2 files of other kinds',
    ],
    [
      'several files that fit',
      'a/b',
      {},
      () => publish('a/b', [listed('x-Q4_K_M.gguf', hash), listed('y-Q4_K_M.gguf', other)]),
      'a/b: one file as Q4_K_M is needed, and 2 are that among',
    ],
    [
      'a model in parts',
      'a/b',
      { model: 'qwen3-1.7b' },
      () => publish('a/b', [listed('x-Q4_K_M-00001-of-00002.gguf', hash)]),
      'a/b: a model in one file is needed',
    ],
    [
      'weights of nobody knows what',
      'a/b',
      {},
      () => publish('a/b', [listed(name, hash)]),
      '--model: it is needed where the catalogue does not know whose weights a/b has',
    ],
    [
      'a model that is none',
      'a/b',
      { model: 'qwen9' },
      () => publish('a/b', [listed(name, hash)]),
      'weights.qwen9.model: must be',
    ],
    [
      'another answer than is published',
      'a/b',
      {},
      () => void hub.pages.set('/api/models/a/b/revision/main', { body: { sha: 'main' } }),
      'answers something else than is published of it',
    ],
    [
      'too many questions',
      'a/b',
      {},
      () => void hub.pages.set('/api/models/a/b/revision/main', { status: 429 }),
      'answers 429: too many were asked from this address; the token in HF_TOKEN is not enough',
    ],
    [
      'an address without a release',
      'https://models.example.com/x-Q4_K_M.gguf',
      {},
      () => undefined,
      '--revision: it is needed with an address',
    ],
    [
      'an address that no machine takes',
      'http://models.example.com/x.gguf',
      {},
      () => undefined,
      'source: an https address of a .gguf file is allowed',
    ],
  ];
  it.each(broken)('writes nothing and says why: %s', async (_, source, options, prepare, message) => {
    prepare();
    const error: unknown = await addWeights(source, options).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toContain('hf_secret');
    expect(readFileSync(file, 'utf8')).toBe(shop);
  });
});

describe('berth engine add', () => {
  const names = ['ubuntu-x64', 'ubuntu-arm64', 'win-cuda-12.4-x64'].map(
    what => `llama-b10600-bin-${what}.tar.gz`,
  );
  const [x64 = '', arm64 = ''] = names;

  it('writes the builds of a release for Linux, with the hashes that GitHub states', async () => {
    const assets = names.map(name => asset('b10600', name, 'https://github.com', hash));
    hub.pages.set('/repos/ggml-org/llama.cpp/releases/latest', { body: { tag_name: 'b10600', assets } });
    await addEngine('latest', { environment: 'shop' });
    await addEngine('latest', {});
    const download = 'https://github.com/ggml-org/llama.cpp/releases/download/b10600';
    expect(written().engines).toEqual([
      { arch: 'amd64', accelerator: 'cpu', version: 'b10600', url: `${download}/${x64}`, sha256: hash },
      { arch: 'arm64', accelerator: 'cpu', version: 'b10600', url: `${download}/${arm64}`, sha256: hash },
    ]);
    expect(hub.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  it('hashes what it downloads where GitHub states nothing', async () => {
    const content = Buffer.from('an old build');
    hub.pages.set('/old.tar.gz', { body: content, headers: { 'content-length': String(content.length) } });
    expect(await hashOf(`${hub.url}/old.tar.gz`)).toBe(createHash('sha256').update(content).digest('hex'));
    const old = asset('b1', 'llama-b1-bin-ubuntu-x64.tar.gz', hub.url);
    hub.pages.set('/repos/ggml-org/llama.cpp/releases/tags/b1', { body: { tag_name: 'b1', assets: [old] } });
    hub.pages.set('/ggml-org/llama.cpp/releases/download/b1/llama-b1-bin-ubuntu-x64.tar.gz', {
      body: content,
    });
    // What is hashed is still refused where no machine may download it.
    await expect(addEngine('b1', {})).rejects.toThrow('engines[0].url: must be an https URL');
    expect(readFileSync(file, 'utf8')).toBe(shop);
  });

  it('writes nothing where a release has no build for Linux', async () => {
    const assets = [asset('b2', 'llama-b2-bin-win-cpu-x64.zip', 'https://github.com', hash)];
    hub.pages.set('/repos/ggml-org/llama.cpp/releases/tags/b2', { body: { tag_name: 'b2', assets } });
    await expect(addEngine('b2', {})).rejects.toThrow(
      'ggml-org/llama.cpp b2: a build that ends in -bin-ubuntu-x64.tar.gz or -bin-ubuntu-arm64.tar.gz is needed, and it has llama-b2-bin-win-cpu-x64.zip; name another release, or state a build of your own in engines',
    );
    expect(readFileSync(file, 'utf8')).toBe(shop);
  });
});
