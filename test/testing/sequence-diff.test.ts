import fc from 'fast-check';
import { sequenceDiff } from '../../testing/sequence-diff';

const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
const diff = (before: string[], after: string[]) => sequenceDiff(before, after, word => word);

describe('the way from one sequence to another', () => {
  it('holds both of them, in order', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const steps = diff(before, after);
        const without = (kind: string) =>
          steps.filter(step => step.kind !== kind).map(({ element }) => element);
        expect(without('added')).toEqual(before);
        expect(without('removed')).toEqual(after);
      }),
    );
  });

  it('is as short as it can be, and nothing where both are equal', () => {
    fc.assert(
      fc.property(words, fc.nat(12), (before, at) => {
        const after = [...before.slice(0, at), 'new', ...before.slice(at)];
        expect(diff(before, after).filter(({ kind }) => kind !== 'same')).toEqual([
          { kind: 'added', element: 'new' },
        ]);
        expect(diff(before, before).every(({ kind }) => kind === 'same')).toBe(true);
      }),
    );
  });
});
