import fc from 'fast-check';
import { closest, editDistance, meantKey } from '../../text/closest';

describe('the edit distance', () => {
  it.each([
    ['', '', 0],
    ['gpt-5', 'gpt-5', 0],
    ['', 'abc', 3],
    ['gpt-5', 'gpt-6', 1],
    ['gpt-5', 'gpt5', 1],
    ['tpg-5', 'gtp-5', 2],
    ['gpt-5', 'gtp-5', 1],
    ['kitten', 'sitting', 3],
  ])('from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is symmetric, zero only for equal texts, and never more than the longer text', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

it('looks at the beginning of long texts, and is done at once', () => {
  expect(editDistance('a'.repeat(1_000_000), 'b'.repeat(400))).toBe(300 + 999_700);
  expect(closest('x'.repeat(1_000_000), ['gpt-5', 'phi-4'])).toEqual(['gpt-5', 'phi-4']);
});

it.each([
  ['firstTokenMs', 'firstTokenSeconds'],
  ['tokenPerSecond', 'tokensPerSecond'],
  ['first', 'firstTokenSeconds'],
  ['throughput', undefined],
])('the key that %j means is %j', (given, meant) => {
  expect(meantKey(given, ['firstTokenSeconds', 'tokensPerSecond'])).toBe(meant);
});

describe('the closest keys', () => {
  const known = ['gpt-4o', 'gpt-4o-mini', 'gpt-5', 'gpt-5-mini', 'Phi-4'];

  it('come nearest first, in the order of the alphabet where equally near, without those much further', () => {
    expect(closest('gpt-5-mni', ['gpt-5', 'gpt-5-mini', 'phi-4'])).toEqual(['gpt-5-mini', 'gpt-5']);
    expect(closest('gpt-7', ['gpt-6', 'gpt-5'])).toEqual(['gpt-5', 'gpt-6']);
  });

  it('do not mind case and punctuation', () => {
    expect(closest('GPT 4o', known, 1)).toEqual(['gpt-4o']);
    expect(closest('phi4', known, 1)).toEqual(['Phi-4']);
  });

  it('include a longer key that contains what was given', () => {
    expect(closest('5-mini', known, 1)).toEqual(['gpt-5-mini']);
  });

  it('are each named once, no more than asked for, and none when nothing is known', () => {
    expect(closest('x', ['a', 'a', 'b'], 5)).toEqual(['a', 'b']);
    expect(closest('x', [])).toEqual([]);
  });
});
