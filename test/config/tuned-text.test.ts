import fc from 'fast-check';
import { parse } from 'yaml';
import { withTuned } from '../../config';

const tuned = {
  model: 'gpt-4.1-mini-2025-04-14.ft-0123',
  location: 'swedencentral',
  base: { model: 'gpt-4.1-mini', version: '2025-04-14' },
  job: 'ftjob-1',
  date: '2026-11-20',
  trainingSha256: 'a'.repeat(64),
};

describe('a tuned model in the text of an environment', () => {
  it.each([
    [
      'blocks',
      '# ours\nworkloads:\n  - name: a # first\n    fineTuning:\n      trainingFile: a.jsonl # by hand\n',
    ],
    [
      'lists that are not indented',
      'azure: {locations: [a, b]}\nworkloads:\n- name: a\n  fineTuning:\n    trainingFile: a.jsonl\n',
    ],
    ['four spaces', 'workloads:\n    - name: a\n      fineTuning:\n          trainingFile: a.jsonl\n'],
  ])('stands behind what was there, which stays to the byte: %s', (_, text) => {
    const written = withTuned(text, { index: 0, tuned }, 'shop.yaml') ?? '';
    expect(written.startsWith(text)).toBe(true);
    expect(parse(written)).toEqual({
      ...parse(text),
      workloads: [{ name: 'a', fineTuning: { trainingFile: 'a.jsonl', tuned } }],
    });
  });

  it('takes the place of the one before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('one', 'two', 'three'), { minLength: 1, maxLength: 4 }), jobs => {
        const text = 'workloads:\n  - name: a\n    fineTuning: { trainingFile: a.jsonl } # flow\n';
        const last = jobs.reduce(
          (at, job) => withTuned(at, { index: 0, tuned: { ...tuned, job } }, 'shop.yml') ?? '',
          text,
        );
        expect(parse(last)).toEqual({
          workloads: [
            { name: 'a', fineTuning: { trainingFile: 'a.jsonl', tuned: { ...tuned, job: jobs.at(-1) } } },
          ],
        });
        expect(last).toContain('# flow');
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it.each([
    ['TypeScript', 'shop.ts', 'export default {}'],
    [
      'an alias, which is of others too',
      'shop.yaml',
      'x: &p { trainingFile: a.jsonl }\nworkloads:\n  - { name: a, fineTuning: *p }\n',
    ],
    ['fineTuning: true', 'shop.yaml', 'workloads:\n  - { name: a, fineTuning: true }\n'],
  ])('is not written into %s', (_, file, text) => {
    expect(withTuned(text, { index: 0, tuned }, file)).toBeUndefined();
  });

  it('is written into JSON', () => {
    const text = '{ "workloads": [{ "name": "a", "fineTuning": { "trainingFile": "a.jsonl" } }] }';
    expect(JSON.parse(withTuned(text, { index: 0, tuned, trainingTokens: 5 }, 'shop.json') ?? '')).toEqual({
      workloads: [{ name: 'a', fineTuning: { trainingFile: 'a.jsonl', trainingTokens: 5, tuned } }],
    });
  });
});
