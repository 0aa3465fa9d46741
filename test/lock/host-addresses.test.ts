import fc from 'fast-check';
import type { MachineUnit, Placement } from '../../config';
import { conditionsSince, settledConditions } from '../../config';
import { namedUnits } from '../../lock/conditions';
import type { Conditions } from '../../lock/conditions';
import { hostAddressesSince, hostOf } from '../../lock/host-addresses';
import type { HostAddresses } from '../../lock/host-addresses';
import { idsOf } from '../../placement/unit-ids';
import { pool } from '../placement/machine-pool';

/** What of a lock is about names. */
interface Named extends Conditions {
  readonly units: readonly MachineUnit[];
  readonly placements: readonly Placement[];
  readonly hosts: HostAddresses;
}

const nothing: Named = { units: [], placements: [], hosts: {}, ...settledConditions };

/** Places workloads on machines of a size each; those of one size are together. */
function placed(
  sizes: Readonly<Record<string, string>>,
  before: Named,
  provider: 'azure' | 'aws' = 'azure',
): Named {
  const groups = [...new Set(Object.values(sizes))].map(sku => ({
    unit: { ...pool, sku, provider },
    workloads: Object.keys(sizes)
      .filter(name => sizes[name] === sku)
      .sort()
      .map(name => ({ name })),
  }));
  const ids = [...idsOf(groups, namedUnits(before, before.going, before.hosts))];
  const units = ids.map(([{ unit }, id]) => ({ ...unit, id }));
  const placements = ids.flatMap(([{ unit, workloads }, id]) =>
    workloads.map(({ name }) => ({ ...unit, workload: name, unit: id, reasons: [], alternatives: [] })),
  );
  const decision = { units, placements } as unknown as Parameters<typeof conditionsSince>[1];
  const conditions = conditionsSince(before, decision, { workloads: [] });
  const left = new Set(before.units.map(({ id }) => id));
  const went = new Set(before.going.map(({ unit }) => unit.id));
  const hosts = hostAddressesSince(before.hosts, { left, went, decision, going: conditions.going });
  return { units, placements, hosts, ...conditions };
}

/** Workload to the unit that it is on, and the unit whose host name that has. */
function answers({ placements, hosts }: Named): Record<string, string> {
  return Object.fromEntries(
    placements.map(({ workload, unit }) => [workload, `${unit} as ${hostOf(unit, hosts)}`]),
  );
}

const deployed = (lock: Named): Named => ({ ...lock, ...settledConditions });

describe('the host name of machines', () => {
  it('is handed on to those that take their place, again and again', () => {
    const first = deployed(placed({ law: 'D4' }, nothing));
    const second = placed({ law: 'D8' }, first);
    expect(answers(second)).toEqual({ law: 'law-2 as law-1' });
    expect(answers(placed({ law: 'D16' }, second))).toEqual({ law: 'law-3 as law-1' });
    expect(answers(deployed(placed({ law: 'D16' }, deployed(second))))).toEqual({ law: 'law-3 as law-1' });
  });

  it('comes back with the machines that it was made for', () => {
    const first = deployed(placed({ law: 'D4' }, nothing));
    expect(answers(placed({ law: 'D4' }, placed({ law: 'D8' }, first)))).toEqual({ law: 'law-1 as law-1' });
  });

  it('stays with a pool that a workload leaves, and goes with most of those of one that ends', () => {
    const both = deployed(placed({ kit: 'D4', law: 'D4' }, nothing));
    expect(answers(both)).toEqual({ kit: 'kit-1 as kit-1', law: 'kit-1 as kit-1' });
    expect(answers(placed({ kit: 'D8', law: 'D4' }, both))).toEqual({
      kit: 'kit-2 as kit-2',
      law: 'kit-1 as kit-1',
    });
    const three = deployed(placed({ kit: 'D4', law: 'D4', map: 'D4' }, nothing));
    expect(answers(placed({ kit: 'D8', law: 'D16', map: 'D16' }, three))).toEqual({
      kit: 'kit-2 as kit-2',
      law: 'law-1 as kit-1',
      map: 'law-1 as kit-1',
    });
  });

  it('is of one unit, so that machines that gave it away do not come back beside those that have it', () => {
    const first = deployed(placed({ law: 'D4' }, nothing));
    const second = placed({ law: 'D8', map: 'D8' }, first);
    expect(answers(second)).toEqual({ law: 'law-2 as law-1', map: 'law-2 as law-1' });
    expect(answers(placed({ law: 'D4', map: 'D8' }, second))).toEqual({
      law: 'law-3 as law-3',
      map: 'law-2 as law-1',
    });
  });

  it('is handed on in AWS too, and to no other cloud', () => {
    const first = deployed(placed({ law: 'D4' }, nothing, 'aws'));
    expect(answers(placed({ law: 'D8' }, first, 'aws'))).toEqual({ law: 'law-2 as law-1' });
    expect(answers(placed({ law: 'D8' }, first, 'azure'))).toEqual({ law: 'law-2 as law-2' });
  });

  it('stays where the same workloads go on to new machines, and is never that of two, over any edits', () => {
    const sizes = fc.record(
      {
        aaa: fc.constantFrom('D4', 'D8'),
        kit: fc.constantFrom('D4', 'D8'),
        law: fc.constantFrom('D4', 'D8', 'D16'),
      },
      { requiredKeys: ['law'] },
    );
    const edit = fc.record({ sizes, isDeployed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 2, maxLength: 8 }), edits => {
        let lock = nothing;
        for (const { sizes: wanted, isDeployed } of edits) {
          const next = placed(wanted, lock);
          const hosts = next.units.map(({ id }) => hostOf(id, next.hosts));
          expect(new Set(hosts).size).toBe(hosts.length);
          for (const { id } of [...next.units, ...next.going.map(({ unit }) => unit)])
            if ([...lock.units, ...lock.going.map(({ unit }) => unit)].some(unit => unit.id === id))
              expect(hostOf(id, next.hosts)).toBe(hostOf(id, lock.hosts));
          for (const [pooled, unit] of poolsOf(next)) {
            const before = poolsOf(lock).get(pooled);
            // Machines that come back have what they had, whoever was to have it after them.
            const isBack = next.units.some(({ id }) => lock.going.some(gone => gone.unit.id === id));
            if (before !== undefined && !isBack)
              expect(hostOf(unit, next.hosts)).toBe(hostOf(before, lock.hosts));
          }
          lock = isDeployed ? deployed(next) : next;
        }
      }),
      { numRuns: 200, seed: 10 },
    );
  });
});

/** The workloads of a pool to its unit. */
function poolsOf({ units, placements }: Named): Map<string, string> {
  return new Map(
    units.map(({ id }) => [
      placements
        .filter(({ unit }) => unit === id)
        .map(({ workload }) => workload)
        .join(' '),
      id,
    ]),
  );
}
