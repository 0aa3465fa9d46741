import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalog, loadEnvironment, lockFile, readCheckedLock } from '../../config';
import { letGo } from '../../bin/deployed-lock';
import { markAtWork } from '../../bin/deploy-mark';
import { place } from '../../bin/place';
import type { PreparedStacks } from '../../bin/stack-command';

const today = '2026-11-24';
const shop = `name: shop
azure: { subscriptionId: 7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11, locations: [swedencentral] }
workloads:
  - name: chat
    task: chat
    traffic: { requestsPerDay: 1000, inputTokens: 500, outputTokens: 100 }
`;
let folder: string;
let file: string;
let mark: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-mark-'));
  file = join(folder, 'shop.yaml');
  mark = join(folder, '.shop.lock.json.deploying');
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockReturnValue(true);
  writeFileSync(file, shop);
  await place(file, { today });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const lockText = (): string => readFileSync(lockFile(file), 'utf8');
const grown = (): void => writeFileSync(file, shop.replace('1000', '90000'));

describe('while an environment is being deployed', () => {
  it('it is not placed, nor deployed or destroyed beside, and then it is', async () => {
    const before = lockText();
    const release = markAtWork(file, 'deploy');
    const at = `${lockFile(file)}: it is being deployed since `;
    const by = ` (process ${process.pid} on ${hostname()}); `;
    const end = ` when that is done, or remove ${mark} if it runs no more`;
    grown();
    await expect(place(file, { today })).rejects.toThrow(at);
    await expect(place(file, { today })).rejects.toThrow(`${by}place it again${end}`);
    expect(() => markAtWork(file, 'destroy')).toThrow(`${by}destroy it again${end}`);
    expect(lockText()).toBe(before);
    release();
    expect(readdirSync(folder).sort()).toEqual(['shop.lock.json', 'shop.yaml']);
    await place(file, { today });
    expect(lockText()).not.toBe(before);
  });

  it.each([
    ['whose process was killed', JSON.stringify(markOf(2 ** 22 + 1, hostname()))],
    ['that was cut off', '{"command":'],
  ])('a mark %s holds nobody up', async (_, text) => {
    writeFileSync(mark, text);
    await place(file, { today });
    markAtWork(file, 'deploy')();
    expect(existsSync(mark)).toBe(false);
  });

  it('a mark of another host counts, because nobody here can tell whether its process runs', async () => {
    writeFileSync(mark, JSON.stringify(markOf(2 ** 22 + 1, 'another')));
    await expect(place(file, { today })).rejects.toThrow('(process 4194305 on another); place it again when');
  });

  it('a lock that came otherwise, as by a merge, is left as it is, and nothing is let go', async () => {
    const environment = loadEnvironment(file);
    const lock = readCheckedLock(file, environment, catalog);
    const prepared = { file, environment, lock, lockText: lockText() } as PreparedStacks;
    const merged = lockText().replace('"serial": 1', '"serial": 2');
    writeFileSync(lockFile(file), merged);
    await expect(letGo(prepared, () => Promise.resolve())).rejects.toThrow(
      `${lockFile(file)}: shop was placed again during the deploy, so nothing is let go; deploy again`,
    );
    expect(lockText()).toBe(merged);
  });
});

function markOf(pid: number, host: string): object {
  return { command: 'deploy', pid, host, since: '2026-11-24T09:00:00.000Z' };
}
