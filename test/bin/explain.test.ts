import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain } from '../../bin/explain';
import type { ExplainCommandOptions } from '../../bin/explain';
import { writeLock } from '../../config';
import { chat } from '../placement/offers';
import { explained, shop } from '../report/small';

let directory: string;
let old: string;
let printed: string;

/** One workload on a device, so that a decision is quick. */
const sha256 = '0'.repeat(64);
const text = `name: shop
weights:
  small:
    model: qwen2.5-0.5b-instruct
    quantisation: Q4_K_M
    url: https://models.example.com/small.gguf
    revision: v1
    sha256: '${sha256}'
engines:
  - arch: arm64
    accelerator: cuda
    version: b9000
    url: https://models.example.com/llama-server.tar.gz
    sha256: '${sha256}'
devices:
  till:
    site: here
    hardware: jetson-orin-nano-super-8gb
    monthlyUsd: 6
    connection: { host: till.example.com, hostKey: ssh-ed25519 AAAA }
workloads:
  - name: answers
    task: chat
    scope: focused
    residency: device
    site: here
    traffic: { requestsPerDay: 100, inputTokens: 200, outputTokens: 50 }
`;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-explain-'));
  old = join(directory, 'old.yaml');
  writeFileSync(old, text);
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    printed += String(chunk);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const today = '2026-11-24';

/** What the command throws; nothing may be printed or written then. */
async function refusal(
  names: readonly string[],
  options: ExplainCommandOptions,
  name = 'UsageError',
): Promise<string> {
  const before = readdirSync(directory);
  const error: unknown = await explain(names, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect([printed, readdirSync(directory)]).toEqual(['', before]);
  expect((error as Error).name).toBe(name);
  return (error as Error).message;
}

describe('explain', () => {
  it('prints a table by default, and JSON or Markdown where asked', async () => {
    await explain([old], { today });
    expect(printed).toMatch(/^shop: 1 workload on 1 unit, \$6\.00 a month, decided for 2026-11-24\n/);
    printed = '';
    await explain([old], { today, json: true });
    expect(JSON.parse(printed)).toMatchObject({ environment: 'shop', monthlyUsd: 6 });
    printed = '';
    await explain([old], { today, markdown: true });
    expect(printed).toMatch(/^\*\*shop: 1 workload on 1 unit/);
  });

  it('writes the page, and says where', async () => {
    const report = join(directory, 'shop.html');
    await explain([old], { today, report });
    expect(printed).toBe(`${report}: written, load it in a browser\n`);
    expect(readFileSync(report, 'utf8')).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
  });

  it('compares two environments', async () => {
    const now = join(directory, 'new.yaml');
    writeFileSync(now, text.replace('monthlyUsd: 6', 'monthlyUsd: 9'));
    await explain([old, now], { today, diff: true });
    expect(printed).toContain('  devices.till.monthlyUsd: 6 → 9\n');
    expect(printed).toContain('total: $6.00 → $9.00 a month (+$3.00)\n');
  });

  it('compares a lock with an environment', async () => {
    const environment = shop([chat({ traffic: { requestsPerDay: 10, inputTokens: 10, outputTokens: 10 } })]);
    const lock = join(directory, 'shop.lock.json');
    writeFileSync(lock, writeLock(environment, await explained(environment)));
    await explain([lock, old], { today, diff: true, json: true });
    expect(JSON.parse(printed)).toMatchObject({
      before: { source: lock, environment: 'test' },
      after: { source: old, environment: 'shop', monthlyUsd: 6 },
    });
  });

  it.each([
    [
      'two kinds of output',
      ['dev'],
      { json: true, markdown: true },
      '--json and --markdown: one kind of output at a time is allowed, got 2; keep one of them',
    ],
    [
      'a report that is no page',
      ['dev'],
      { report: 'config/environments/dev.yaml' },
      "--report: a file that ends in .html is allowed, got 'config/environments/dev.yaml'; name it like berth.html",
    ],
    [
      'a report of a comparison',
      ['dev', 'prod'],
      { diff: true, report: 'x.html' },
      '--report: a comparison is text, --json or --markdown, got --diff with --report; leave out one of them',
    ],
    [
      'a comparison of one',
      ['dev'],
      { diff: true },
      '--diff: two are needed, each an environment or a lock file, got 1 (dev); write --diff OLD NEW',
    ],
    [
      'two environments without a comparison',
      ['dev', 'prod'],
      {},
      'environment: one is allowed, got 2 (dev, prod); name one, or compare two with --diff',
    ],
  ])('refuses %s', async (_, names, options, message) => {
    expect(await refusal(names, options)).toBe(message);
  });

  it('says every wrong use at once', async () => {
    const message = await refusal(['dev'], { diff: true, json: true, report: 'x' });
    expect(message.split('\n')).toHaveLength(4);
  });

  it('says why a page cannot be written', async () => {
    const report = join(directory, 'none', 'shop.html');
    expect(await refusal([old], { today, report }, 'OutputError')).toBe(
      `${report} cannot be written: its directory does not exist; create it, or name another file`,
    );
    expect(existsSync(report)).toBe(false);
  });
});
