import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../bin/failure';
import { place } from '../../bin/place';
import { catalog, decide, loadEnvironment, parseLock, readCheckedLock } from '../../config';
import type { Decision } from '../../config';
import { diffDecisions, renderDiff } from '../../lock/diff';
import { plain } from '../../lock/differences';
import { writeLock } from '../../lock/lock';
import { salvage } from '../../lock/salvage';
import { sorted } from '../../lock/sorted';
import { mutated, placesOf } from './mutations';
import type { Json } from './mutations';

const asOf = '2026-11-24';
/** The lock of the example, with the sizes of today's tables: what cannot be read whole is sized by these. */
let committed = readFileSync('config/environments/dev.lock.json', 'utf8');
beforeAll(async () => {
  const { units } = await decide(loadEnvironment('config/environments/dev.yaml'), catalog, { asOf });
  const lock = JSON.parse(committed) as { decision: Decision };
  const sized = lock.decision.units.map(({ id, offer }) => ({
    ...units.find(each => each.offer === offer),
    id,
  }));
  const data = sorted(plain({ ...lock, decision: { ...lock.decision, units: sized } }));
  committed = `${JSON.stringify(data, null, 2)}\n`;
});

let folder: string;
let file: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-salvage-'));
  file = join(folder, 'dev.yaml');
  copyFileSync('config/environments/dev.yaml', file);
  jest.spyOn(process, 'cwd').mockReturnValue(folder);
  said = [];
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation(text => {
      said.push(...String(text).replaceAll(`${folder}/`, '').trimEnd().split('\n'));
      return true;
    });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});

/** Places over a lock that holds the text; what is then there. */
async function placedOver(text: string, options = {}): Promise<string> {
  const lock = join(folder, 'dev.lock.json');
  writeFileSync(lock, text);
  await place(file, { today: asOf, ...options }).catch(fail);
  return readFileSync(lock, 'utf8');
}

function edited(edit: (lock: Record<string, never>) => void): string {
  const lock = JSON.parse(committed) as Record<string, never>;
  edit(lock);
  return JSON.stringify(lock, null, 2);
}

/** A lock's parts; by the offers of units where their ids could not all be kept. */
function partsOf(text: string, said: readonly string[]): Record<string, object> {
  const { decision, coming, ...rest } = JSON.parse(text) as {
    decision: Pick<Decision, 'units' | 'placements'>;
    coming: object;
  };
  if (!said.some(line => /named anew/.test(line))) return { ...rest, coming, decision };
  const offerOf = new Map(decision.units.map(({ id, offer }) => [id, offer]));
  const placements = decision.placements.map(each => ({ ...each, unit: offerOf.get(each.unit) }));
  const units = decision.units.map(unit => ({ ...unit, id: offerOf.get(unit.id) }));
  return {
    ...rest,
    decision: { ...decision, placements, units: units.sort((a, b) => (a.offer < b.offer ? -1 : 1)) },
  };
}

const summary = 'dev.lock.json: 6 workloads on 6 units, $4466.00 a month';
const noMoves =
  'note dev.lock.json: not every move could be read, and a workload that changes its venue may lose its old place before its new one is there; restore the lock from your version control and place again if one does';
const noDeployed =
  'note dev.lock.json: what it records of deployed things (deployed) could not be read and is written as for a new environment; if this one is deployed, restore that part from your version control';
const noIds =
  'note dev.lock.json: no id of a unit could be read; all are named anew, and the plan of the next deploy shows what that changes';
const unshown =
  'note dev.lock.json: what changed cannot be shown, because the decision before could not be read whole';

/** Our side has the first unit twice as large, theirs the second. */
const conflicted = () =>
  committed
    .replace(
      '        "count": 2,',
      '<<<<<<< HEAD\n        "count": 3,\n||||||| 1234567\n        "count": 2,\n=======\n        "count": 4,\n>>>>>>> traffic',
    )
    .replace('  "moves": []', '<<<<<<< HEAD\n  "moves": []\n=======\n  "moves": [{}]\n>>>>>>> traffic');

describe('berth place, over a lock that', () => {
  it.each<[string, () => string, string[]]>([
    ['is as it was', () => committed, [summary, 'nothing moved']],
    [
      'has an unknown key and lacks another',
      () =>
        edited(lock => {
          Object.assign(lock, { extra: 1 });
          delete lock.facts;
        }),
      [summary, 'nothing moved'],
    ],
    [
      'has conflict markers',
      conflicted,
      [
        'note dev.lock.json: it has the conflict markers of a merge; names and moves are kept as HEAD has them',
        summary,
        '~ unit azure-nc4as-t4-v3-swedencentral: count 3 → 2',
        'total: $4,466 → $4,466 a month (+$0.00)',
        'what a deploy would destroy, replace and restart, and whose address it would change: berth preview dev',
      ],
    ],
    ['is empty', () => '', [noIds, noMoves, noDeployed, unshown, summary]],
    ['is no JSON at all', () => 'see the wiki', [noIds, noMoves, noDeployed, unshown, summary]],
    [
      'has an id that is none',
      () => committed.replaceAll('"azure-nc4as-t4-v3-swedencentral"', '"../x"'),
      [
        'note dev.lock.json: only the ids edge-stockholm-till, gpt-6-luna-2026-09-22-datazonestandard-swedencentral, gpt-image-1-mini-2025-10-06-globalstandard-swedencentral, mistral-7b-instruct-v0-3-nc24ads-a100-v4-swedencentral, text-embedding-3-small-1-globalstandard-swedencentral could be read; the others are named anew, and the plan of the next deploy shows what that changes',
        unshown,
        summary,
      ],
    ],
    [
      'was cut off',
      () => committed.slice(0, committed.indexOf('"id": "gpt-6-luna')),
      [
        'note dev.lock.json: only the ids azure-nc4as-t4-v3-swedencentral, edge-stockholm-till could be read; the others are named anew, and the plan of the next deploy shows what that changes',
        noMoves,
        noDeployed,
        unshown,
        summary,
      ],
    ],
  ])('%s: writes it anew, and says what it could not keep', async (_, text, lines) => {
    const over = text();
    const { deployed, serial, ...rest } = partsOf(await placedOver(over), lines);
    const { deployed: legacy, ...before } = partsOf(committed, lines);
    expect(rest).toEqual(before);
    expect(serial).toBe(over === committed ? undefined : 1);
    // A first lock says where states are, and so does one after which nobody can say any more.
    expect(deployed).toEqual(
      lines.includes(noDeployed) ? { ...legacy, state: { backend: 'local' } } : legacy,
    );
    expect(said).toEqual(lines);
    expect(readCheckedLock(file, loadEnvironment(file), catalog).moves).toEqual([]);
  });

  it('is of release 0.1.0: keeps its units by name, and lets one go for which there is a cheaper successor', async () => {
    const old = readFileSync(join(__dirname, 'release-0.1.0', 'dev.lock.json'), 'utf8');
    const { decision, going } = parseLock(await placedOver(old), 'dev.lock.json', '', catalog);
    const { decision: now } = parseLock(committed, 'dev.lock.json', '', catalog);
    const others = now.units.map(({ id }) => id).filter(id => !id.startsWith('gpt-6-luna'));
    expect(decision.units.map(({ id }) => id)).toEqual([...others, 'support-chat'].sort());
    expect(going.map(({ unit }) => unit.id)).toEqual([
      'gpt-5-mini-2025-08-07-datazonestandard-swedencentral',
    ]);
    expect(said).toContain(summary);
  });

  it('says no more where the states in a backend are: refuses, unless the environment says it', async () => {
    const backend =
      'backend:\n  resourceGroupName: rg-state\n  storageAccountName: stshop\n  containerName: berth\n';
    const environment = readFileSync(file, 'utf8');
    writeFileSync(file, environment + backend);
    expect(await placedOver('')).toBe('');
    expect(said).toEqual([
      'error dev.lock.json: where in berth the states are (deployed) cannot be read, and without it the next deploy would make everything anew; restore that part from your version control, or state backend.keyPrefix',
    ]);
    expect(process.exitCode).toBe(4);
    writeFileSync(file, `${environment}${backend}  keyPrefix: shop\n`);
    expect(await placedOver('')).toContain('"keyPrefix": "shop"');
  });

  it('a newer Berth wrote: refuses, and leaves it as it is', async () => {
    const newer = edited(lock => Object.assign(lock, { lockVersion: 5, pledges: [] }));
    expect(await placedOver(newer)).toBe(newer);
    expect(said).toEqual([
      'error dev.lock.json: a newer Berth wrote this lock (version 5), and this one reads up to version 4: upgrade cdktf-berth, or take the lock from before from your version control',
    ]);
    expect(process.exitCode).toBe(4);
  });

  it('moved a workload that may not be deployed yet: keeps its order until that is said', async () => {
    const moved = committed.replace(
      '"moves": []',
      '"moves": [{ "workload": "support-chat", "from": "vm", "to": "hosted" }]',
    );
    const move = { workload: 'support-chat', from: 'vm', to: 'hosted' };
    const kept = await placedOver(moved);
    expect(parseLock(kept, 'dev.lock.json', '', catalog).moves).toEqual([move]);
    expect(said[0]).toBe(
      'note dev.lock.json: it still holds the order of earlier moves (support-chat from vm to hosted); when those are deployed, add --deployed',
    );
    const { serial, ...settled } = JSON.parse(await placedOver(kept, { deployed: true })) as {
      serial: number;
    };
    expect(settled).toEqual(JSON.parse(committed));
    expect(serial).toBe(2);
  });

  it('names a unit otherwise: keeps the name, which is deployed', async () => {
    const id = 'azure-nc4as-t4-v3-swedencentral';
    const renamed = committed.replaceAll(`"${id}"`, `"${id}-first-pool"`);
    expect(await placedOver(renamed)).toBe(renamed);
    expect(said).toEqual([summary, 'nothing moved']);
  });

  it('holds any other value anywhere: shows what can be read of it, and writes the next one', () => {
    const data = JSON.parse(committed) as Json;
    const environment = loadEnvironment(file);
    const { decision } = parseLock(committed, 'dev.lock.json', '', catalog);
    const places = placesOf(data).filter(([part, list]) => part === 'decision' && list === 'units');
    for (const at of places)
      for (const value of [null, 'text', [1], [null]]) {
        const text = JSON.stringify(mutated(data, { at, kind: 'other type', value }));
        const { before, previous } = salvage(text, 'dev.lock.json', catalog);
        if (before) expect(renderDiff(diffDecisions(before, decision))).not.toMatch(/undefined|\[object/);
        expect(JSON.parse(writeLock(environment, decision, previous))).toHaveProperty('decision.units');
      }
  });
});
