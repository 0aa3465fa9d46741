import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain } from '../../bin/explain';
import type { ExplainCommandOptions } from '../../bin/explain';
import { place } from '../../bin/place';
import type { PlaceCommandOptions } from '../../bin/place';
import { shopOf, sorter } from '../stacks/small-shop';

// Decisions are computed, not waited for.
jest.setTimeout(120_000);

const today = '2026-11-24';
const on = (sku: string): string =>
  sorter('chat', `    pin: { venue: hosted, model: gpt-5-mini, sku: ${sku} }\n`);
const other = sorter('mail', '    pin: { venue: hosted, model: gpt-5-nano, sku: GlobalStandard }\n');

let folder: string;
let file: string;
let said: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-going-'));
  file = join(folder, 'shop.yaml');
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation(text => {
      said.push(
        ...String(text)
          .replaceAll(`${folder}/`, '')
          .replaceAll(/\$[\d,.]*\d/g, '$N')
          .trimEnd()
          .split('\n'),
      );
      return true;
    });
  await placed(shopOf(on('GlobalStandard') + other));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function placed(text: string, options: PlaceCommandOptions = {}): Promise<void> {
  writeFileSync(file, text);
  said = [];
  await place(file, { today, ...options });
}

async function explained(options: ExplainCommandOptions = {}): Promise<string> {
  said = [];
  await explain([file], { today, ...options });
  return said.join('\n');
}

/** A sentence as a table breaks it. */
const flowed = (text: string): string => text.replaceAll(/\s+/g, ' ');

const goes =
  'hosted gpt-5-mini (GlobalStandard, swedencentral) goes when chat-2 is known to serve chat; until then they cost $N a month together, $N of it for what goes';
const ends =
  'hosted gpt-5-nano (GlobalStandard, swedencentral) goes with the next berth deploy, because no workload is left on it; until then it costs $N a month';

describe('what goes', () => {
  it('is said by place, with its successor, what both cost, and how it ends', async () => {
    await placed(shopOf(on('GlobalStandard') + other), { deployed: true });
    await placed(shopOf(on('DataZoneStandard')));
    expect(said.filter(line => /chat:|mail:|until/.test(line))).toEqual([
      `warning shop: chat: ${goes}`,
      `warning shop: mail: ${ends}`,
      expect.stringMatching(/^~ chat: hosted gpt-5-mini \(GlobalStandard/),
      expect.stringMatching(/^- mail: hosted gpt-5-nano/),
      'until what goes is gone, all of it costs $N a month; berth deploy lets it go, and after cdktf deploy berth place --deployed does',
    ]);
    expect(said).toContain(
      'what a deploy would destroy, replace and restart, and whose address it would change: berth preview shop',
    );
  });

  it('is said to have been placed only, where nobody said that it was deployed', async () => {
    await placed(shopOf(on('DataZoneStandard') + other));
    expect(said.filter(line => line.startsWith('warning shop: chat'))).toEqual([
      `warning shop: chat: ${goes.replace(' goes when', ' was placed, nobody said that it was deployed, and it goes when')}`,
    ]);
  });

  it('is in an explanation, its Markdown and its JSON', async () => {
    await placed(shopOf(on('GlobalStandard') + other), { deployed: true });
    writeFileSync(file, shopOf(on('DataZoneStandard')));
    const text = flowed(await explained());
    expect(text).toContain(`chat: ${goes}`);
    expect(text).toContain(`mail: ${ends}`);
    expect(await explained({ markdown: true })).toContain(`chat: ${goes}`);
    const { warnings } = JSON.parse(await explained({ json: true })) as { warnings: unknown };
    expect(warnings).toContainEqual({ subject: 'chat', rule: 'going', message: goes });
  });

  it('is in the JSON of place', async () => {
    await placed(shopOf(on('GlobalStandard') + other), { deployed: true });
    await placed(shopOf(on('DataZoneStandard')), { json: true });
    const { going } = JSON.parse(said.filter(line => !line.startsWith('warning')).join('\n')) as {
      going: object[];
    };
    expect(going).toMatchObject([
      { unit: 'chat', workloads: ['chat'], successors: ['chat-2'], served: true },
      { unit: 'mail', workloads: ['mail'], successors: [], served: true },
    ]);
  });
});
