import fc from 'fast-check';
import { dominates, withoutDominated } from '../../placement/dominance';
import type { Dimension } from '../../placement/dominance';

interface Thing {
  readonly id: number;
  readonly usd: number | null;
  readonly gib: number;
  readonly arch: string;
}

const usd: Dimension<Thing> = { id: 'usd', better: 'less', of: thing => thing.usd };
const gib: Dimension<Thing> = { id: 'gib', better: 'more', of: thing => thing.gib };
const arch: Dimension<Thing> = { id: 'arch', better: 'same', of: thing => thing.arch };
const thing: Thing = { id: 1, usd: 2, gib: 2, arch: 'amd64' };

describe('dominates', () => {
  it.each<[string, Partial<Thing>, boolean]>([
    ['itself', {}, true],
    ['less of what is better less', { usd: 1 }, true],
    ['more of what is better less', { usd: 3 }, false],
    ['more of what is better more', { gib: 3 }, true],
    ['less of what is better more', { gib: 1 }, false],
    ['better in one and worse in another', { usd: 1, gib: 1 }, false],
    ['something else where it must be the same', { usd: 1, arch: 'arm64' }, false],
    ['an unknown figure', { usd: null }, false],
    ['a figure that is no number', { usd: Number.NaN }, false],
  ])('%s', (_, change, expected) => {
    expect(dominates({ ...thing, ...change }, thing, [usd, gib, arch])).toBe(expected);
  });

  it('lets unknown compare with unknown', () => {
    expect(dominates({ ...thing, usd: null, gib: 3 }, { ...thing, usd: null }, [usd, gib])).toBe(true);
    expect(dominates(thing, { ...thing, usd: null }, [usd])).toBe(false);
  });
});

describe('withoutDominated', () => {
  const things = fc
    .array(fc.record({ usd: fc.option(fc.nat(4)), gib: fc.nat(4), arch: fc.constantFrom('amd64', 'arm64') }))
    .map(all => all.map((each, id): Thing => ({ ...each, id })));
  const dimensions = [usd, gib, arch];

  it('keeps for everything that goes one that is nowhere worse, and of equals one', () => {
    fc.assert(
      fc.property(things, all => {
        const kept = withoutDominated(all, dimensions, (a, b) => a.id < b.id || !dominates(b, a, dimensions));
        for (const each of all) expect(kept.some(other => dominates(other, each, dimensions))).toBe(true);
        const keys = kept.map(each => `${each.usd} ${each.gib} ${each.arch}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('drops nothing that is better in a dimension that is added', () => {
    expect(
      withoutDominated([thing, { ...thing, id: 2, usd: 3, gib: 2 }], [usd], (a, b) => a.id < b.id),
    ).toEqual([thing]);
    expect(
      withoutDominated([thing, { ...thing, id: 2, usd: 3, gib: 3 }], [usd, gib], (a, b) => a.id < b.id),
    ).toHaveLength(2);
  });
});
