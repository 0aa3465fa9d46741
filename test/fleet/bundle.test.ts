import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../bin/bundle';
import { place } from '../../bin/place';
import { sha256 } from '../own-machine/stand-in';

const [engine, weights] = ['an engine', 'GGUF'];
const home = process.cwd();
const before = { ...process.env };
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-bundle-'));
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'files', `${sha256(engine)}.tar.gz`), engine);
  writeFileSync(join(folder, 'files', `${sha256(weights)}.gguf`), weights);
  const address = (name: string, content: string): object => ({
    url: `https://models.example.com/${name}`,
    sha256: sha256(content),
  });
  const environment = {
    name: 'shop',
    weights: {
      small: {
        model: 'qwen3-0.6b',
        quantisation: 'Q4_K_M',
        revision: '1',
        ...address('small.gguf', weights),
      },
    },
    engines: [{ arch: 'arm64', accelerator: 'cpu', version: 'b10534', ...address('engine.tar.gz', engine) }],
    devices: {
      till: {
        site: 'shop-a',
        hardware: 'raspberry-pi-5-8gb',
        connected: false,
        connection: {
          host: 'till.example.com',
          hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5',
        },
      },
    },
    workloads: [
      {
        name: 'assistant',
        task: 'chat',
        scope: 'focused',
        quality: 'any',
        residency: 'device',
        site: 'shop-a',
        connectivity: 'offline',
        traffic: { requestsPerDay: 50, inputTokens: 400, outputTokens: 100 },
      },
    ],
  };
  process.chdir(folder);
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  process.env['XDG_STATE_HOME'] = join(folder, 'state');
  writeFileSync('shop.json', JSON.stringify(environment));
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockReturnValue(true);
  await place('./shop.json', { today: '2026-11-30' });
  await bundle('./shop.json', 'till', { out: 'carried', sign: 'key', files: join(folder, 'files') });
});
afterAll(() => {
  jest.restoreAllMocks();
  process.chdir(home);
  process.env = before;
  rmSync(folder, { recursive: true });
});

/** The line that the page in the bundle says. */
function checked(): number | null {
  const page = readFileSync(join('carried', 'README.txt'), 'utf8');
  const line = /^ {3}(ssh-keygen -Y verify .*)$/m.exec(page)?.[1] ?? '';
  return spawnSync('/bin/sh', ['-c', line], { cwd: join(folder, 'carried') }).status;
}

it('holds all that the device installs, signed, and its own page checks it', () => {
  const manifest = JSON.parse(readFileSync(join('carried', 'unit.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({ unit: 'till', uploaded: true });
  expect(readFileSync(join('carried', `${sha256(weights)}.gguf`), 'utf8')).toBe(weights);
  expect(checked()).toBe(0);
});

it.each(['unit.json', 'berth-device.sh', `${sha256(weights)}.gguf`, 'SHA256SUMS'])(
  'is refused when %s was changed',
  name => {
    const file = join('carried', name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}\n`);
    expect(checked()).not.toBe(0);
    writeFileSync(file, text);
    expect(checked()).toBe(0);
  },
);

it.each([
  [
    'a device that has no unit',
    'tlil',
    {},
    'a device on which the lock has a unit is needed (till), got tlil',
  ],
  ['a key that is not there', 'till', { sign: 'none' }, '--sign: the file of an SSH key is needed, got none'],
  ['a key that cannot sign', 'till', { sign: 'shop.json', out: 'other' }, '--sign: '],
  ['a folder that holds something', 'till', { out: 'carried' }, '--out: '],
])('is not made for %s', async (_, device, options, says) => {
  const all = { sign: 'key', files: join(folder, 'files'), ...options };
  await expect(bundle('./shop.json', device, all)).rejects.toThrow(says);
  expect(checked()).toBe(0);
});
