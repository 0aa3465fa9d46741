import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../bin/connect';
import { down } from '../../bin/down';
import { enginePlight } from '../../bin/own-machine/found-machine';
import { up } from '../../bin/up';
import type { UpOptions } from '../../bin/up';
import { ownEnvironmentText, packStandIn, sha256 } from './stand-in';

const today = '2026-11-30';
const port = '18913';
const good = `GGUF${'0'.repeat(200_000)}`;
const home = process.cwd();
const before = { ...process.env };

let folder: string;
let engine: string;
let engineHash: string;
/** What the file server has, and what it did. */
let files: Map<string, string | Buffer>;
let cut: number;
let asked: string[];
let server: Server;
let base: string;
let said: { out: string; err: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-up-'));
  engine = packStandIn(folder);
  engineHash = sha256(readFileSync(engine));
  server = createServer((request, response) => {
    const { url = '', headers } = request;
    asked.push(`${url} ${headers.range ?? ''}`.trim());
    const content = files.get(url.slice(1));
    if (content === undefined) return void response.writeHead(404).end();
    const whole = Buffer.from(content);
    const from = Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': whole.length - from });
    if (cut === 0 || !url.endsWith('.gguf')) return void response.end(whole.subarray(from));
    // Cut off in the middle, once, when what was sent has arrived.
    response.write(whole.subarray(from, from + cut), () => setTimeout(() => response.destroy(), 200));
    cut = 0;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  const project = mkdtempSync(join(folder, 'project-'));
  mkdirSync(join(project, 'config', 'environments'), { recursive: true });
  process.env.XDG_STATE_HOME = join(project, 'state');
  process.env.XDG_CACHE_HOME = join(project, 'cache');
  process.chdir(project);
  state(good);
  [files, cut, asked] = [new Map(), 0, []];
  files.set(`${engineHash}.tar.gz`, readFileSync(engine));
  files.set(`${sha256(good)}.gguf`, good);
  said = { out: '', err: '' };
  jest.spyOn(process.stdout, 'write').mockImplementation(text => Boolean((said.out += String(text))));
  jest.spyOn(process.stderr, 'write').mockImplementation(text => Boolean((said.err += String(text))));
});
afterEach(async () => {
  await down('local', {});
  jest.restoreAllMocks();
  process.chdir(home);
  process.env = { ...before };
});

/** Writes the project's environment, whose weights are these. */
function state(weights: string): void {
  const published = {
    engine: { url: 'https://files.example.com/engine.tar.gz', sha256: engineHash },
    weights: { url: 'https://files.example.com/small.gguf', sha256: sha256(weights) },
  };
  writeFileSync('config/environments/local.json', ownEnvironmentText(published));
}

interface Up {
  readonly lock: string;
  readonly directoryFile: string;
  readonly directory: Readonly<Record<string, { baseUrl: string; keySource: string }>>;
  readonly models: readonly { pid: number; answer: string; program: string; log: string }[];
  readonly alreadyServed: boolean;
  readonly unit: { readonly engine: { version: string } };
}

async function upped(options: UpOptions = {}): Promise<Up> {
  said.out = '';
  await up('local', { today, port, files: base, json: true, ...options });
  return JSON.parse(said.out) as Up;
}

const keyFile = (): string => join(String(process.env.XDG_STATE_HOME), 'berth', 'local', 'api-key');
const cached = (): string[] => readdirSync(join(String(process.env.XDG_CACHE_HOME), 'berth')).sort();

function isThere(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

describe('berth up', () => {
  it('fetches, verifies, decides, serves on loopback with a key, and asks', async () => {
    await up('local', { today, port, files: base });
    expect(said.out).toContain('assistant: qwen3-0.6b as Q4_K_M at http://127.0.0.1:18913/v1\n  why: ');
    expect(said.out).toContain('it said “Hello from qwen3-0.6b.”');
    const key = readFileSync(keyFile(), 'utf8').trim();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(said.out + said.err).not.toContain(key);
    // The line that it prints is one that works.
    const line = /call it: (.*)/.exec(said.out)?.[1] ?? '';
    expect(execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' })).toContain('Hello from qwen3-0.6b.');
  });

  it('writes lock and directory as for every environment', async () => {
    const { lock, directoryFile, directory } = await upped();
    const { decision } = JSON.parse(readFileSync(lock, 'utf8')) as {
      decision: { units: { device: string }[] };
    };
    expect(decision.units.map(({ device }) => device)).toEqual(['mine']);
    expect(JSON.parse(readFileSync(directoryFile, 'utf8'))).toEqual(directory);
    expect(directory['assistant']).toEqual({
      api: 'openai-chat',
      auth: 'api-key',
      baseUrl: 'http://127.0.0.1:18913/v1',
      keySource: `file:${keyFile()}`,
      model: 'qwen3-0.6b',
    });
  });

  it('tells berth connect how to call it', async () => {
    await upped();
    said.out = '';
    await connect('assistant', { json: true });
    expect(JSON.parse(said.out)).toMatchObject({
      environment: 'local',
      baseUrl: 'http://127.0.0.1:18913/v1',
      key: readFileSync(keyFile(), 'utf8').trim(),
      certificate: null,
    });
  });

  it('leaves what serves, and starts again what ended', async () => {
    const first = await upped();
    const second = await upped();
    expect([second.alreadyServed, second.models[0]?.pid]).toEqual([true, first.models[0]?.pid]);
    process.kill(first.models[0]?.pid ?? 0, 'SIGKILL');
    while (isThere(first.models[0]?.pid ?? 0)) await new Promise(resolve => setTimeout(resolve, 20));
    const third = await upped();
    expect([third.alreadyServed, isThere(third.models[0]?.pid ?? 0)]).toEqual([false, true]);
    expect(asked).toHaveLength(2);
  });

  it('goes on with a download that was cut, and fetches what is damaged again', async () => {
    cut = 100_000;
    await upped();
    expect(said.err).toContain('tried again');
    expect(asked.filter(each => each.includes('bytes=100000-'))).toHaveLength(1);
    await down('local', {});
    appendFileSync(join(String(process.env.XDG_CACHE_HOME), 'berth', `${sha256(good)}.gguf`), 'x');
    await upped();
    expect(said.err).toContain('.gguf is damaged, and fetched again');
  });

  it('takes no file with another hash, and says so once', async () => {
    files.set(`${sha256(good)}.gguf`, 'GGUF and something else');
    await expect(upped()).rejects.toThrow(
      `weights of qwen3-0.6b: ${base} gave a file with sha256 ${sha256('GGUF and something else')}, and ${sha256(good)} is stated; nothing was started.`,
    );
    expect(asked).toHaveLength(2);
    expect(cached()).toEqual([`${engineHash}.tar.gz`]);
  });

  it('says where there is no network what to put where, for every file', async () => {
    const nowhere = join(process.cwd(), 'nowhere');
    const target = (name: string): string => join(String(process.env.XDG_CACHE_HOME), 'berth', name);
    await expect(upped({ files: nowhere })).rejects.toThrow(
      [
        `llama.cpp: ${nowhere}/${engineHash}.tar.gz is not there; download https://files.example.com/engine.tar.gz where there is a network and put it here as ${target(`${engineHash}.tar.gz`)}`,
        `weights of qwen3-0.6b: ${nowhere}/${sha256(good)}.gguf is not there; download https://files.example.com/small.gguf where there is a network and put it here as ${target(`${sha256(good)}.gguf`)}`,
        'then the same command goes on',
      ].join('\n'),
    );
  });

  it('starts what served before again where the new model does not', async () => {
    const first = await upped();
    const bad = 'no GGUF at all';
    files.set(`${sha256(bad)}.gguf`, bad);
    state(bad);
    await expect(upped()).rejects.toThrow(
      /qwen3-0.6b: the engine ended before it answered: .*invalid magic characters.*\nwhat served before was started again/,
    );
    state(good);
    expect((await upped()).alreadyServed).toBe(true);
    expect(isThere(first.models[0]?.pid ?? 0)).toBe(false);
  });

  it('takes an installed engine and a file of this machine', async () => {
    const own = join(process.cwd(), 'SmolLM2-360M-Instruct.Q8_0.gguf');
    writeFileSync(own, 'GGUF of mine');
    const program = join(folder, 'pack', 'llama-b10534', 'llama-server');
    const { models, unit, directory } = await upped({ engine: program, weights: own, files: undefined });
    expect(models[0]).toMatchObject({ program, answer: 'Hello from smollm2-360m-instruct.' });
    expect([unit.engine.version, directory['assistant']?.baseUrl]).toEqual([
      'b10534',
      'http://127.0.0.1:18913/v1',
    ]);
    expect(asked).toEqual([]);
  });

  it('says what is wrong with what is named', async () => {
    writeFileSync('mine.gguf', 'GGUF');
    await expect(upped({ weights: 'mine.gguf' })).rejects.toThrow('its name does not say it; add --model');
    await expect(upped({ weights: 'none.gguf' })).rejects.toThrow(
      '--weights: the path of a GGUF file is needed',
    );
    await expect(upped({ engine: 'mine.gguf' })).rejects.toThrow(
      '--engine: the path of an installed llama-server',
    );
    await expect(upped({ port: '80' })).rejects.toThrow(
      '--port: a number from 1024 to 65000 is allowed, got 80',
    );
    await expect(upped({ port: String((server.address() as AddressInfo).port) })).rejects.toThrow(
      'is taken by another program',
    );
  });

  it('refuses a second call meanwhile', async () => {
    const [first, second] = await Promise.allSettled([upped(), upped()]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(String([first, second].map(each => 'reason' in each && each.reason))).toContain(
      'it is being deployed since',
    );
  });
});

describe('berth down', () => {
  it('ends the engine, leaves the weights, and says how to remove them', async () => {
    const { models } = await upped();
    said.out = '';
    await down('local', {});
    expect(isThere(models[0]?.pid ?? 0)).toBe(false);
    expect(cached()).toContain(`${sha256(good)}.gguf`);
    expect(said.out).toMatch(/^qwen3-0.6b stopped\nengine and weights stay in .*\nrm -r .* removes them\n$/);
    said.out = '';
    await down('local', {});
    expect(said.out).toContain('nothing of local runs');
    expect(existsSync(keyFile())).toBe(true);
  });
});

it.each([
  ['a system with an older glibc', 'linux', '2.31', 'needs glibc 2.34, and this system has 2.31'],
  [
    'a system with another C library',
    'linux',
    null,
    'needs glibc 2.34, and this system has another C library',
  ],
  ['macOS', 'darwin', null, 'is for Linux'],
] as const)('knows that the pinned build does not run on %s', (_, system, glibc, says) => {
  expect(enginePlight({ system, arch: 'amd64', memoryGib: 8 }, glibc)).toBe(says);
});
