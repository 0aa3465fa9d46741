import type { ObjectValue } from '../../../rehearsal/protocol/value';
import { unknownValue } from '../../../rehearsal/protocol/value';
import { planBlock, replacePaths } from '../../../rehearsal/providers/plan-values';
import type { Block } from '../../../rehearsal/schema/schema';

const inner: Block = {
  attributes: {
    key: { type: 'string', required: true, forceNew: true },
    address: { type: 'string', computed: true },
    size: { type: 'number', optional: true, default: 1 },
  },
  blocks: {},
};

const block = (nesting: 'LIST' | 'SET' | 'SINGLE', more = {}): Block => ({
  attributes: {
    name: { type: 'string', required: true, forceNew: true },
    id: { type: 'string', optional: true, computed: true },
    secret: { type: 'string', optional: true, writeOnly: true },
    kept: { type: 'bool', optional: true, default: true },
  },
  blocks: { part: { nesting, min: 0, max: 0, block: inner, ...more } },
});

const base: ObjectValue = { name: 'a', id: null, secret: null, kept: null };
const part = (key: string, address: string | null = null): ObjectValue => ({ key, address, size: 1 });

describe('planned values', () => {
  it('are unknown on create where Azure computes them, and defaults where nothing is set', () => {
    expect(planBlock(block('LIST'), { ...base, part: [] }, null)).toEqual({
      name: 'a',
      id: unknownValue,
      secret: null,
      kept: true,
      part: [],
    });
  });

  it('keep on update what Terraform proposes', () => {
    const prior = { ...base, id: '1', kept: false, part: [] };
    expect(planBlock(block('LIST'), { ...prior, kept: null }, prior)).toEqual({ ...prior, kept: true });
  });

  it.each(['LIST', 'SET'] as const)('are unknown only in new elements of a %s', nesting => {
    const prior = { ...base, id: '1', part: [part('x', '10.0.0.4')] };
    const proposed = { ...prior, part: [part('x', '10.0.0.4'), part('y')] };
    expect(planBlock(block(nesting), proposed, prior)['part']).toEqual([
      part('x', '10.0.0.4'),
      { key: 'y', address: unknownValue, size: 1 },
    ]);
  });

  it('keep what was computed of an element of a set, at each level, which Terraform proposes without it', () => {
    const listener: Block = {
      attributes: { name: { type: 'string', required: true }, id: { type: 'string', computed: true } },
      blocks: { part: { nesting: 'LIST', min: 0, max: 0, block: inner } },
    };
    const gateway: Block = {
      attributes: {},
      blocks: { listener: { nesting: 'SET', min: 0, max: 0, block: listener } },
    };
    const prior = { listener: [{ name: 'a', id: '1', part: [part('x', '10.0.0.4')] }] };
    const proposed = { listener: [{ name: 'a', id: null, part: [{ key: 'x', address: null, size: null }] }] };
    expect(planBlock(gateway, proposed, prior)).toEqual(prior);
    const other = { listener: [{ name: 'b', id: null, part: [] }] };
    expect(planBlock(gateway, other, prior)).toEqual({
      listener: [{ name: 'b', id: unknownValue, part: [] }],
    });
  });

  it('fill defaults inside a single block', () => {
    const proposed = { ...base, part: { key: 'x', address: null, size: null } };
    expect(planBlock(block('SINGLE'), proposed, null)['part']).toEqual({
      key: 'x',
      address: unknownValue,
      size: 1,
    });
  });

  it('are unknown for a block that Azure fills, and kept on update', () => {
    const computed = block('LIST', { computed: true });
    expect(planBlock(computed, { ...base, part: [] }, null)['part']).toBe(unknownValue);
    const prior = { ...base, part: [part('x')] };
    expect(planBlock(computed, { ...base, part: [] }, prior)['part']).toEqual([part('x')]);
  });
});

describe('replacement', () => {
  const prior: ObjectValue = { ...base, part: [part('x'), part('y')] };

  it.each([
    ['a ForceNew attribute changed', 'LIST', {}, { ...prior, name: 'b' }, [['name']]],
    ['a ForceNew attribute is unknown', 'LIST', {}, { ...prior, name: unknownValue }, [['name']]],
    ['another attribute changed', 'LIST', {}, { ...prior, kept: false }, []],
    [
      'a ForceNew attribute in a list element changed',
      'LIST',
      {},
      { ...prior, part: [part('x'), part('z')] },
      [['part', 1, 'key']],
    ],
    [
      'the count of a ForceNew block changed',
      'LIST',
      { forceNew: true },
      { ...prior, part: [part('x')] },
      [['part']],
    ],
    ['an element of a list went away', 'LIST', {}, { ...prior, part: [part('x')] }, []],
    [
      'an element of a ForceNew set changed',
      'SET',
      { forceNew: true },
      { ...prior, part: [part('x'), part('z')] },
      [['part']],
    ],
    ['the order of a set changed', 'SET', { forceNew: true }, { ...prior, part: [part('y'), part('x')] }, []],
    [
      'a set element with a ForceNew attribute changed',
      'SET',
      {},
      { ...prior, part: [part('x'), part('z')] },
      [['part']],
    ],
  ] as const)('when %s', (_, nesting, more, planned, paths) => {
    expect(replacePaths(block(nesting, more), prior, planned as ObjectValue)).toEqual(paths);
  });
});
