import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain } from '../../bin/explain';
import { fail } from '../../bin/failure';
import { place } from '../../bin/place';
import { preview } from '../../bin/preview';
import type { PreviewOptions } from '../../bin/preview';

/** Each preview is a rehearsal of one or two deploys. */
jest.setTimeout(300_000);

const chat = `name: shop
azure:
  subscriptionId: 00000000-0000-4000-8000-000000000000
  locations: [swedencentral]
workloads:
  - name: chat
    task: chat
    pin: { model: gpt-5-mini, sku: GlobalStandard }
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 }
`;
const elsewhere = chat.replace('sku: GlobalStandard', 'sku: DataZoneStandard');
const drafts = chat.slice(chat.indexOf('  - name')).replace('name: chat', 'name: drafts');

const project = mkdtempSync(join(tmpdir(), 'berth-preview-'));
const file = join(project, 'config', 'environments', 'shop.yaml');
const home = process.cwd();
let printed: { out: string; err: string };

beforeAll(async () => {
  listen();
  mkdirSync(join(project, 'config', 'environments'), { recursive: true });
  process.chdir(project);
  git('init', '--quiet');
  await write(chat);
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=first');
});
beforeEach(() => {
  listen();
  git('checkout', '--quiet', '.');
  process.exitCode = 0;
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});
afterAll(() => {
  process.chdir(home);
  rmSync(project, { recursive: true });
});

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: project });
}

function listen(): void {
  printed = { out: '', err: '' };
  for (const [stream, key] of [
    [process.stdout, 'out'],
    [process.stderr, 'err'],
  ] as const)
    jest.spyOn(stream, 'write').mockImplementation(text => {
      printed[key] += String(text);
      return true;
    });
}

async function write(text: string): Promise<void> {
  writeFileSync(file, text);
  await place(file, { today: '2026-11-24' });
  printed.out = '';
}

async function shown(
  options: PreviewOptions = {},
): Promise<{ readonly out: string; readonly exitCode: unknown }> {
  await preview('shop', options).catch(fail);
  const out = printed.out.replace(/\b[0-9a-f]{7,}\b(?=\))/, 'COMMIT');
  return { out, exitCode: process.exitCode };
}

describe('berth preview', () => {
  it('of what is committed shows that nothing changes, as berth place --preview does', async () => {
    writeFileSync(file, chat);
    await place(file, { today: '2026-11-24', preview: true });
    expect(printed.out).toMatch(/\nnothing moved\nshop over HEAD \([0-9a-f]+\): nothing changes\n$/);
  });

  it('tells what a larger deployment changes, and ends with 5 only for what it is to fail on', async () => {
    await write(chat.replace('requestsPerDay: 1000', 'requestsPerDay: 40000'));
    const { out, exitCode } = await shown({ failOn: 'replace,destroy' });
    expect(out).toMatch(
      /^shop over HEAD \(COMMIT\)\n\nChanged in place\n {2}shop-hosted: \S+ \S+ \(sku\)\n$/,
    );
    expect(exitCode).toBe(0);
  });

  it('tells a workload that is gone and one that is new, in Markdown and with 5', async () => {
    await write(chat.replace('name: chat', 'name: drafts'));
    const { out, exitCode } = await shown({ failOn: 'destroy', markdown: true });
    expect(out).toMatch(
      /^## shop over HEAD \(COMMIT\)\n\n### Destroyed\n\n(- shop-(hosted|platform): .+\n)+/,
    );
    expect(out).toContain(
      '\n### Let go, once all that is wanted stands\n\n' +
        '- chat: hosted gpt-5-mini (GlobalStandard, swedencentral); no workload is left on it then\n' +
        '\n### Destroyed, once all that is wanted stands\n\n- shop-hosted: azurerm\\_cognitive\\_deployment chat\n',
    );
    expect(out).toMatch(/### Addresses that change\n\n- chat: .* -&gt; none\n- drafts: none -&gt; /);
    expect(exitCode).toBe(5);
  });

  it('tells what the second step of a deploy destroys of a workload that moves, and ends with 5 for it', async () => {
    await write(elsewhere);
    const { out, exitCode } = await shown({ failOn: 'destroy' });
    const url = 'https://aif-shop-swedencentral-cc821.openai.azure.com/openai/v1';
    expect(out).toBe(`shop over HEAD (COMMIT)

Let go, once all that is wanted stands
  chat: hosted gpt-5-mini (GlobalStandard, swedencentral); chat-2 serves its workloads then

Destroyed, once all that is wanted stands
  shop-hosted: azurerm_cognitive_deployment chat

Addresses that change
  chat: ${url}, model chat -> ${url}, model chat-2

Made
  shop-hosted: 1 resource
`);
    expect(exitCode).toBe(5);
  });

  it('does not tell again what went in the lock before, of which nobody knows whether it stands', async () => {
    await write(elsewhere);
    const { out, exitCode } = await shown({ against: file, failOn: 'replace,destroy,restart,address' });
    expect(out).toBe(`shop over ${file}: nothing changes

Not shown
  chat: it went before, and a deploy that finds it lets it go
`);
    expect(exitCode).toBe(0);
  });

  it('of a workload more, before the platform has its identity, is a plan of all stacks, as explain --diff --preview tells it', async () => {
    const before = join(project, 'before.yaml');
    const endings = ['yaml', 'lock.json'];
    for (const ending of endings) cpSync(file.replace(/yaml$/, ending), before.replace(/yaml$/, ending));
    await write(chat + drafts);
    await explain([before, 'shop'], { diff: true, preview: true, json: true, today: '2026-11-24' });
    const { placements, preview: seen } = JSON.parse(printed.out) as {
      placements: { workload: string }[];
      preview: { against: string; effects: { kind: string; stack: string }[]; failures: unknown };
    };
    const { against, effects, failures } = seen;
    expect([placements.map(({ workload }) => workload), against]).toEqual([['drafts'], before]);
    expect(failures).toEqual([]);
    expect(effects.filter(({ kind, stack }) => kind === 'made' && stack === 'shop-platform')).not.toEqual([]);
    expect(effects.filter(({ kind, stack }) => kind === 'made' && stack === 'shop-hosted')).not.toEqual([]);
    for (const ending of endings) rmSync(before.replace(/yaml$/, ending));
  });

  it('of an environment that nobody committed makes everything', async () => {
    const first = execFileSync('git', ['hash-object', '-t', 'tree', '/dev/null'], {
      cwd: project,
      encoding: 'utf8',
    });
    const empty = execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit-tree', '-m', 'none', first.trim()],
      {
        cwd: project,
        encoding: 'utf8',
      },
    ).trim();
    const { out } = await shown({ against: empty });
    expect(out).toMatch(
      /^shop over nothing that is deployed\n\nAddresses that change\n[^]*\n\nMade\n {2}shop-platform: \d+ resources\n/,
    );
  });

  it.each<[PreviewOptions, number, string]>([
    [
      { against: 'no-such-branch' },
      64,
      'error --against: a git revision, or the file of an environment, is needed, got no-such-branch; git says: fatal: Needed a single revision\n',
    ],
    [
      { failOn: 'replace,change' },
      64,
      "error --fail-on: replace, destroy, restart, address, failure are allowed, separated by commas, got 'change'; name one of them\n",
    ],
    [
      { json: true, markdown: true },
      64,
      'error --json and --markdown: one kind of output at a time is allowed; keep one of them\n',
    ],
  ])('called with %j ends with %d and a sentence', async (options, status, sentence) => {
    expect(await shown(options)).toEqual({ out: '', exitCode: status });
    expect(printed.err).toBe(sentence);
  });

  it('leaves the working tree and the index as they are', () => {
    git('checkout', '--quiet', '.');
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: project, encoding: 'utf8' })).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(chat);
  });
});
