import { catalog, checkLock, decide, parseEnvironment, parseLock, writeLock } from '../../config';
import type { Environment } from '../../config';
import { devInput, workloadOf } from '../config/dev-input';
import type { Loose } from '../config/dev-input';

const asOf = '2026-11-24';
const t4 = 'Standard_NC4as_T4_v3';

/** The classifier of dev alone, with what was measured of its own weights. */
function measured(
  ...speeds: readonly (readonly [on: string, prompts: number, decoding: number])[]
): Environment {
  const input = devInput((each: Loose) => {
    each.workloads = [workloadOf(each, 'intent-classifier')];
    each.devices = {};
    each.measured = speeds.map(([on, promptTokensPerSecond, decodeTokensPerSecond]) => ({
      on,
      model: 'store-intents',
      quantisation: 'Q8_0',
      promptTokensPerSecond,
      decodeTokensPerSecond,
      by: 'us',
    }));
  });
  return parseEnvironment(input, 'dev.yaml');
}

const place = async (environment: Environment): Promise<string[]> =>
  (await decide(environment, catalog, { asOf })).units.map(({ count, sku }) => `${count} × ${sku}`);

describe('speeds that the environment measured', () => {
  it('size machines, whatever is predicted of them', async () => {
    expect(await place(measured())).toEqual([`2 × ${t4}`]);
    expect(await place(measured([t4, 20_000, 400]))).toEqual([`1 × ${t4}`]);
  });

  it('let a machine win that a like one at half the price would beat', async () => {
    expect(await place(measured(['Standard_NC8as_T4_v3', 20_000, 400]))).toEqual([
      '1 × Standard_NC8as_T4_v3',
    ]);
  });

  it('refuse a lock that is too small by them, and no other', async () => {
    const before = measured();
    const text = writeLock(before, await decide(before, catalog, { asOf }));
    const lock = parseLock(text, 'dev.lock.json', 'place again', catalog);
    expect(checkLock(measured([t4, 20_000, 400]), lock, catalog)).toEqual([]);
    expect(checkLock(measured(['Standard_D2s_v6', 1, 1]), lock, catalog)).toEqual([]);
    expect(checkLock(measured([t4, 500, 10]), lock, catalog).join('\n')).toMatch(
      /^dev\.lock\.json:?.*unit .*: (throughput: the busiest hour takes|the traffic needs \d+ of Standard_NC4as_T4_v3)|unit .*: the traffic needs \d+ of Standard_NC4as_T4_v3, and the lock has 2/,
    );
  });
});
