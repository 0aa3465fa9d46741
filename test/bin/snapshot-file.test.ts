import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearse } from '../../bin/rehearse';
import { writeSnapshot } from '../../bin/snapshot-file';

const directory = mkdtempSync(join(tmpdir(), 'berth-snapshot-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const file = join(directory, 'plan.txt');

describe('a plan snapshot', () => {
  it.each([
    ['is new', undefined, { ci: false, update: false }, undefined, 'now\n'],
    ['is not there in CI', undefined, { ci: true, update: false }, 'is not there', undefined],
    ['is made in CI', undefined, { ci: true, update: true }, undefined, 'now\n'],
    ['has changed', 'before\n', { ci: false, update: false }, undefined, 'now\n'],
    ['has changed in CI', 'before\n', { ci: true, update: false }, 'has changed', 'now\n'],
    ['is updated in CI', 'before\n', { ci: true, update: true }, undefined, 'now\n'],
    ['is as it was in CI', 'now\n', { ci: true, update: false }, undefined, 'now\n'],
  ] as const)('that %s', (_, before, options, failure, after) => {
    rmSync(file, { force: true });
    if (before !== undefined) writeFileSync(file, before);
    const written = writeSnapshot(file, 'now\n', options);
    expect(written.failure).toEqual(failure === undefined ? undefined : expect.stringContaining(failure));
    expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(after);
  });
});

it('has a JUnit report also where the options are wrong', async () => {
  const junit = join(directory, 'junit.xml');
  await expect(rehearse('.', { junit, update: true })).rejects.toThrow(
    '--update: a snapshot is needed to update; name its file with --plan-snapshot',
  );
  expect(readFileSync(junit, 'utf8')).toContain('failures="1"');
});
