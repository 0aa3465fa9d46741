import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mendState } from '../../../rehearsal/reliability/snapshot';

let file: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-state-'));
  file = join(folder, 'dev.tfstate');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a state that a killed Terraform left', () => {
  it.each([
    ['empty', ''],
    ['cut off', '{"version": 4, "reso'],
  ])('%s gets its backup back', (_, left) => {
    writeFileSync(file, left);
    writeFileSync(`${file}.backup`, '{"version": 4}');
    expect(mendState(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('{"version": 4}');
  });

  it('goes when there is no backup: before it there was no state', () => {
    writeFileSync(file, '');
    expect(mendState(file)).toBe(true);
    expect(existsSync(file)).toBe(false);
  });

  it('whole or absent is left alone', () => {
    expect(mendState(file)).toBe(false);
    writeFileSync(file, '{"version": 4}');
    expect(mendState(file)).toBe(false);
  });
});
