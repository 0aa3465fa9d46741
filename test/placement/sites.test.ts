import fc from 'fast-check';
import {
  checkLock,
  decide,
  devicesOf,
  parseLock,
  renderTable,
  settledConditions,
  writeLock,
} from '../../config';
import type { Decision, EdgeUnit, EnvironmentInput, Lock, Unit } from '../../config';
import { deployedUnits, namedUnits } from '../../lock/conditions';
import { asOf, chat, environmentWith } from './offers';
import { catalogWith } from './small-catalog';

jest.setTimeout(60_000);

type WorkloadInput = EnvironmentInput['workloads'][number];
type Devices = NonNullable<EnvironmentInput['devices']>;

const catalog = catalogWith([], ['qwen3-1.7b', 'qwen3-4b'], []);
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5';
const [orin, nx, spark] = ['jetson-orin-nano-super-8gb', 'jetson-orin-nx-16gb', 'dgx-spark-gb10'] as const;
const traffic = { requestsPerDay: 100, inputTokens: 500, outputTokens: 60 };

const till = (site: string, hardware: string = orin): Devices[string] => ({
  site,
  hardware,
  connected: false,
  monthlyUsd: 6,
  connection: { host: `${site}.example.com`, hostKey },
});
const tills = (sites: readonly string[], hardware: (i: number) => string = () => orin): Devices =>
  Object.fromEntries(sites.map((site, i) => [`till-${site}`, till(site, hardware(i))]));
const at = (more: Partial<WorkloadInput>): WorkloadInput =>
  chat({ name: 'helper', residency: 'device', connectivity: 'offline', traffic, ...more });
const environmentOf = (devices: Devices, workloads: readonly WorkloadInput[]) =>
  environmentWith(workloads, { azure: undefined, aws: undefined, devices });
const shops = (count: number): string[] => Array.from({ length: count }, (_, i) => `shop-${i}`);

const isEdge = (unit: Unit): unit is EdgeUnit => unit.venue === 'edge';
const devicesIn = ({ units }: Pick<Decision, 'units'>): string[][] =>
  units.filter(isEdge).map(unit => [...devicesOf(unit)]);
const unitsOf = ({ units }: Decision) => units.map(({ id, count, monthlyUsd }) => [id, count, monthlyUsd]);
/** What one device serves: the same for each that is set up alike. */
const setups = ({ units }: Decision): Record<string, unknown> =>
  Object.fromEntries(
    units
      .filter(isEdge)
      .flatMap(unit =>
        devicesOf(unit).map(device => [device, { serves: unit.serves, engine: unit.engine, sku: unit.sku }]),
      ),
  );

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

async function placed(devices: Devices, workloads: readonly WorkloadInput[], before?: Lock): Promise<Lock> {
  const environment = environmentOf(devices, workloads);
  const decision = await decide(environment, catalog, {
    asOf,
    ...(before
      ? { named: namedUnits(before.decision, before.going), deployed: deployedUnits(before.decision) }
      : {}),
  });
  const lock = parseLock(writeLock(environment, decision, before), 'x.lock.json', 'place again', catalog);
  expect(checkLock(environment, lock, catalog)).toEqual([]);
  return { ...lock, ...settledConditions };
}

describe('a workload with sites', () => {
  it('is one placement, one unit and one line for 40 sites, at 40 times the cost of one', async () => {
    const decision = await decide(environmentOf(tills(shops(40)), [at({ sites: shops(40) })]), catalog, {
      asOf,
    });
    expect(unitsOf(decision)).toEqual([['helper', 40, 240]]);
    expect(decision.placements.map(({ workload, sites, partOf }) => [workload, sites, partOf])).toEqual([
      ['helper', shops(40).sort(), undefined],
    ]);
    const lines = renderTable(decision).split('\n');
    expect(lines[0]).toBe('test: 1 workload on 1 unit, $240 a month, decided for 2026-11-24');
    expect(lines.filter(line => line.startsWith('helper'))).toHaveLength(1);
  });

  it('has a lock that holds, in whatever order the environment has its devices', async () => {
    const [rising, falling] = [shops(12), shops(12).reverse()].map(sites => tills(sites));
    const locks = [rising, falling].map(devices =>
      placed(devices ?? {}, [at({ sites: { named: 'shop-*' } })]),
    );
    const [first, second] = await Promise.all(locks);
    expect(first).toEqual(second);
  });

  it('has a part for each kind of site, the first under its own name', async () => {
    const devices = tills(shops(6), i => (i === 2 || i === 4 ? spark : orin));
    const decision = await decide(environmentOf(devices, [at({ sites: {} })]), catalog, { asOf });
    expect(decision.placements.map(({ workload, sites, partOf }) => [workload, sites, partOf])).toEqual([
      ['helper', ['shop-0', 'shop-1', 'shop-3', 'shop-5'], undefined],
      ['helper-2', ['shop-2', 'shop-4'], 'helper'],
    ]);
    expect(renderTable(decision)).toContain('1 workload on 2 units');
  });

  it('follows a rule: a pattern, hardware and exceptions', async () => {
    const devices = tills(['shop-a', 'shop-b', 'depot-a', 'shop-c'], i => (i === 3 ? nx : orin));
    const sitesOf = async (sites: WorkloadInput['sites']) => {
      const { placements } = await decide(environmentOf(devices, [at({ sites })]), catalog, { asOf });
      return placements.flatMap(each => each.sites ?? []);
    };
    expect(await sitesOf({ named: 'shop-*' })).toEqual(['shop-a', 'shop-b', 'shop-c']);
    expect(await sitesOf({ named: '*-a', except: ['depot-a'] })).toEqual(['shop-a']);
    expect(await sitesOf({ hardware: nx })).toEqual(['shop-c']);
  });

  it('sets up each device and costs what as many workloads of one site do, whatever shares them', async () => {
    const devicesOfSites = fc.array(fc.constantFrom(orin, nx, spark), { minLength: 1, maxLength: 4 });
    const some = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(devicesOfSites, some, async (kinds, busy) => {
        const sites = shops(kinds.length);
        const devices = tills(sites, i => kinds[i] ?? orin);
        const busySites = sites.filter((_, i) => busy[i]);
        const more: Partial<WorkloadInput> = { name: 'sorter', task: 'classification' };
        const together = await decide(
          environmentOf(devices, [
            at({ sites }),
            ...(busySites.length > 0 ? [at({ ...more, sites: busySites })] : []),
          ]),
          catalog,
          { asOf },
        );
        const apart = await decide(
          environmentOf(devices, [
            ...sites.map(site => at({ name: `helper-${site}`, site })),
            ...busySites.map(site => at({ ...more, name: `sorter-${site}`, site })),
          ]),
          catalog,
          { asOf },
        );
        expect(setups(together)).toEqual(setups(apart));
        expect(together.monthlyUsd).toBeCloseTo(apart.monthlyUsd, 6);
        expect(devicesIn(together).flat().toSorted()).toEqual(Object.keys(devices).toSorted());
      }),
      { numRuns: 5, seed: 11 },
    );
  });

  it('takes over what stands at one site, and keeps the id of its unit as sites come, go and differ', async () => {
    const one = await placed(tills(['shop-0']), [at({ site: 'shop-0' })]);
    const three = await placed(tills(shops(3)), [at({ sites: {} })], one);
    expect([unitsOf(three.decision), three.going]).toEqual([[['helper', 3, 18]], []]);
    // The first device leaves, and another kind comes.
    const others = { ...tills(['shop-1', 'shop-2']), ...tills(['shop-9'], () => spark) };
    const changed = await placed(others, [at({ sites: {} })], three);
    expect([unitsOf(changed.decision), changed.going]).toEqual([
      [
        ['helper', 2, 12],
        ['helper-2', 1, 6],
      ],
      [],
    ]);
    // Of one kind again, they are one unit, and nothing goes: there is no second one of a device.
    const same = await placed({ ...others, ...tills(['shop-9']) }, [at({ sites: {} })], changed);
    expect([unitsOf(same.decision), same.going]).toEqual([[['helper', 3, 18]], []]);
  });

  it('asks of a shared service what all its sites ask', async () => {
    const hosted = catalogWith(['gpt-5-mini'], [], []);
    const azure = { subscriptionId: '00000000-0000-4000-8000-000000000000', locations: ['swedencentral'] };
    const costOf = async (more: Partial<WorkloadInput>, requestsPerDay: number) => {
      const workload = chat({ name: 'helper', traffic: { ...traffic, requestsPerDay }, ...more });
      const environment = environmentWith([workload], { azure, aws: undefined, devices: tills(shops(4)) });
      return (await decide(environment, hosted, { asOf })).monthlyUsd;
    };
    expect(await costOf({ sites: shops(4) }, 1000)).toBe(await costOf({}, 4000));
  });

  const refused: [string, Partial<WorkloadInput>, string][] = [
    [
      'a site without a device',
      { sites: ['shop-0', 'shop-7'] },
      "test: workloads[0].sites[1]: must be the site of a device, got 'shop-7'; the closest is shop-0, shop-1",
    ],
    [
      'a site twice',
      { sites: ['shop-0', 'shop-1', 'shop-0'] },
      "test: workloads[0].sites[2]: must be there once, got 'shop-0' again after sites[0]; remove one",
    ],
    [
      'a rule that fits nothing',
      { sites: { named: 'depot-*' } },
      'test: workloads[0].sites: must fit a site of a device, got none of shop-0, shop-1; correct named, hardware or except',
    ],
    [
      'both a site and sites',
      { site: 'shop-0', sites: ['shop-1'] },
      "test: workloads[0].site: must be absent beside sites, got 'shop-0'; add it to sites, and remove it",
    ],
  ];
  it.each(refused)('refuses %s', (_, more, message) => {
    expect(() => environmentOf(tills(shops(2)), [at(more)])).toThrow(new RegExp(`^${escaped(message)}$`));
  });
});
