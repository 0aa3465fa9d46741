import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  catalog,
  checkLock,
  decide,
  environmentFiles,
  loadEnvironment,
  lockFile,
  parseEnvironment,
  parseLock,
  writeLock,
} from '../../config';
import type { Catalog, Environment, Lock } from '../../config';
import { salvage } from '../../lock/salvage';
import { usd } from '../../placement/figures';
import { devInput, workloadOf } from '../config/dev-input';
import type { Loose } from '../config/dev-input';

const asOf = '2026-11-24';

/** Hardware and models that the tables say other things of than today: whatever is predicted comes out otherwise. */
function other(factor: number): Catalog {
  const accelerators = catalog.accelerators.map(each => ({
    ...each,
    vectorTflops: each.vectorTflops * factor,
    matrixTflops: each.matrixTflops * factor,
  }));
  const machines = catalog.machines.map(each => ({
    ...each,
    ...(each.gpu ? { gpu: { ...each.gpu, bandwidthGbs: each.gpu.bandwidthGbs * factor } } : {}),
  }));
  const devices = catalog.devices.map(each => ({ ...each, bandwidthGbs: each.bandwidthGbs * factor }));
  const openModels = catalog.openModels.map(each => ({
    ...each,
    parametersBillion: each.parametersBillion / factor,
  }));
  return { ...catalog, accelerators, machines, devices, openModels };
}

const read = (text: string, from: Catalog): Lock => parseLock(text, 'x.lock.json', 'place again', from);

const environments = environmentFiles('.').map(file => ({ file, environment: loadEnvironment(file) }));
const dev = (change: (input: Loose) => void = () => undefined): Environment =>
  parseEnvironment(devInput(change), 'dev.yaml');
const devText = readFileSync('config/environments/dev.lock.json', 'utf8');

describe.each<[string, Catalog]>([
  ['five times slower than predicted when it was placed', other(0.2)],
  ['five times faster', other(5)],
])('a lock whose machines are %s', (_, tables) => {
  it.each(environments)('is built on as it is: $file', ({ file, environment }) => {
    expect(checkLock(environment, read(readFileSync(lockFile(file), 'utf8'), tables), tables)).toEqual([]);
  });

  it.each(environments)('is built on as release 0.1 wrote it: $file', ({ file, environment }) => {
    const text = readFileSync(join(__dirname, 'release-0.1.0', basename(lockFile(file))), 'utf8');
    // Where the environment of today is another, it is kept beside its lock.
    const then = join(__dirname, 'release-0.1.0', basename(file));
    const wanted = existsSync(then) ? loadEnvironment(then) : environment;
    expect(checkLock(wanted, read(text, tables), tables)).toEqual([]);
  });
});

describe('what the tables say of speed', () => {
  const only = (input: Loose): void => {
    input.workloads = [workloadOf(input, 'intent-classifier')];
    input.devices = {};
  };

  it('counts for whoever places again', async () => {
    const counts = await Promise.all(
      [catalog, other(0.2)].map(async tables => {
        const { units } = await decide(dev(only), tables, { asOf });
        return units.map(({ count, sku }) => [sku, count]);
      }),
    );
    expect(counts[1]).not.toEqual(counts[0]);
  });

  it('sets no machine up anew where as many are enough', async () => {
    // Of the small environment alone, which release 0.1 placed by other tables than today's.
    const small = dev(only);
    const before = read(devText, catalog);
    const { standing, named } = salvage(devText, 'dev.lock.json', catalog);
    const [deployed] = before.decision.units.filter(({ id }) => id === 'azure-nc4as-t4-v3-swedencentral');
    const again = await decide(small, catalog, { asOf, named, deployed: standing(small) });
    const anew = await decide(small, catalog, { asOf, named });
    expect(again.units).toEqual([deployed]);
    expect(anew.units.map(({ count }) => count)).toEqual([deployed?.count]);
    expect(anew.units).not.toEqual([deployed]);
  });

  it('takes nothing from a device that nothing else can replace, and is told', async () => {
    const shopWith = (budgetUsd: number): Environment =>
      dev(input => {
        const names = ['store-assistant', 'intent-classifier'];
        input.workloads = input.workloads.filter(({ name }: Loose) => names.includes(name));
        input.budget.monthlyUsd = budgetUsd;
      });
    const shop = shopWith(9000);
    const tables = other(0.2);
    const { standing, named, previous } = salvage(devText, 'dev.lock.json', tables);
    await expect(decide(shop, tables, { asOf, named })).rejects.toThrow('nothing can serve it');
    const again = await decide(shop, tables, { asOf, named, deployed: standing(shop) });
    const isDevice = ({ venue }: { readonly venue: string }): boolean => venue === 'edge';
    const before = read(devText, catalog).decision.units.filter(isDevice);
    expect(again.units.filter(isDevice)).toEqual(before);
    expect(again.units).toHaveLength(2);
    expect(again.warnings).toContainEqual({
      subject: 'edge-stockholm-till',
      rule: 'stays',
      message:
        'store-assistant stays there because nothing else can serve it, as it was sized when it was placed, though the tables of today would not place it there: phi-4-mini-instruct Q4_K_M needs 12.7 GiB, and NVIDIA Jetson Orin Nano Super 8GB leaves 5.5 of its 8 GiB; measure it (berth measure), or ask less of it',
    });
    const lock = read(writeLock(shop, again, previous), tables);
    expect(checkLock(shop, lock, tables)).toEqual([]);
    const needed = `at least ${usd(again.monthlyUsd)} a month is needed, got $100,`;
    const small = decide(shopWith(100), tables, { asOf, named, deployed: standing(shop) });
    await expect(small).rejects.toThrow(needed);
  });

  it('does not count for traffic that grew within what the machines were planned for', () => {
    const grown = (factor: number): Environment =>
      dev(input => (workloadOf(input, 'intent-classifier').traffic.requestsPerDay *= factor));
    const tables = other(0.2);
    expect(checkLock(grown(1.005), read(devText, tables), tables)).toEqual([]);
    expect(checkLock(grown(2), read(devText, tables), tables)).toEqual([
      'unit azure-nc4as-t4-v3-swedencentral: the traffic needs 4 of Standard_NC4as_T4_v3, and the lock has 2',
    ]);
  });

  it('counts for requests that became longer', () => {
    const longer = dev(input => (workloadOf(input, 'intent-classifier').traffic.outputTokens *= 2));
    expect(checkLock(longer, read(devText, other(0.2)), other(0.2)).join('\n')).toContain(
      'unit azure-nc4as-t4-v3-swedencentral: ',
    );
  });
});

describe('figures of a lock that were edited', () => {
  const units = (change: (sizing: Loose, unit: Loose) => void): readonly string[] => {
    const data = JSON.parse(devText) as Loose;
    const unit = data.decision.units.find(({ sku }: Loose) => sku === 'Standard_NC4as_T4_v3');
    change(unit.sizing, unit);
    try {
      return checkLock(dev(), read(JSON.stringify(data), catalog), catalog);
    } catch (error) {
      // All of it is one line, in which a column says nothing.
      return (error as Error).message.replaceAll(/^x\.lock\.json:1:\d+: /gm, '').split('\n');
    }
  };

  it.each<[string, (sizing: Loose, unit: Loose) => void, string]>([
    [
      'to a speed at which fewer machines would do',
      sizing => (sizing.workloads['intent-classifier'].promptTokensPerSecond = 1e6),
      'unit azure-nc4as-t4-v3-swedencentral: count must be 1, as its offer, its size and its prices give, got 2',
    ],
    [
      'to another number of sequences',
      sizing => (sizing.parallel = 8),
      'unit azure-nc4as-t4-v3-swedencentral: serves[0].parallel must be 8, as its offer, its size and its prices give, got 1',
    ],
    [
      'to more memory than there is',
      sizing => (sizing.memoryGib = 14),
      'unit azure-nc4as-t4-v3-swedencentral: memory-fit: store-intents Q8_0 needs 14 GiB, and Standard_NC4as_T4_v3 (NVIDIA T4) leaves 13.4 of its 16 GiB',
    ],
    [
      'to know of somebody else',
      sizing => (sizing.workloads.other = sizing.workloads['intent-classifier']),
      'unit azure-nc4as-t4-v3-swedencentral: sizing.workloads.other must be nothing, as its offer, its size and its prices give, got {"promptTokensPerSecond":4409,"decodeTokensPerSecond":108.2}',
    ],
    [
      'to no speed',
      sizing => (sizing.workloads['intent-classifier'].promptTokensPerSecond = 0),
      'decision.units[0].sizing.workloads.intent-classifier.promptTokensPerSecond: must be a number above 0, got 0; raise it',
    ],
    [
      'away, with another number of sequences than any sizing gives',
      (_, unit) => {
        delete unit.sizing;
        unit.serves[0].parallel = 3;
      },
      'unit azure-nc4as-t4-v3-swedencentral: throughput: a model serves 1, 2, 4, 8, 16, 32, 64 sequences at a time, and these are 3',
    ],
  ])('%s: are refused', (_, change, sentence) => {
    expect(units(change)).toContain(sentence);
  });
});

describe('what a model on a machine thinks', () => {
  const thinking = dev(input => {
    const workload = workloadOf(input, 'intent-classifier');
    input.workloads = [workload];
    input.weights['store-intents'].fineTuned = false;
    delete input.weights['store-intents'].measuredQuality;
    Object.assign(workload, { reasoning: 'low', quality: 'any', pin: { model: 'qwen3-1.7b' } });
    delete workload.residency;
    workload.traffic.requestsPerDay = 5000;
  });

  it('is in the lock, which more thinking does not refuse', async () => {
    const text = writeLock(thinking, await decide(thinking, catalog, { asOf }));
    const { decision } = read(text, catalog);
    expect(decision.units.map(({ sizing }) => sizing?.workloads)).toEqual([
      { 'intent-classifier': expect.objectContaining({ hiddenTokens: 300 }) as unknown },
    ]);
    const more: Catalog = {
      ...catalog,
      openModels: catalog.openModels.map(each =>
        each.reasoning
          ? {
              ...each,
              reasoning: {
                ...each.reasoning,
                hiddenTokens: { ...each.reasoning.hiddenTokens, medium: { typical: 900, most: 2000 } },
              },
            }
          : each,
      ),
    };
    expect(checkLock(thinking, read(text, more), more)).toEqual([]);
  });
});
