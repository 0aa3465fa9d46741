import { readFileSync } from 'node:fs';
import { programOf } from '../../bin/program';
import { commandReference, statusTable } from './command-reference';

const page = readFileSync('docs/commands.md', 'utf8');

/** Without the widths that the formatter gives to the columns of a table. */
function plain(markdown: string): string {
  return markdown.replace(/ +/g, ' ').replace(/-{2,}/g, '---').trim();
}

describe('docs/commands.md', () => {
  it('has every command with its arguments and options, as the command line has them', () => {
    const reference = commandReference(programOf(() => Promise.resolve()));
    expect(plain(page.slice(page.indexOf('### `berth ')))).toBe(plain(reference));
  });

  it('has every exit status', () => {
    expect(plain(page)).toContain(plain(statusTable()));
  });
});
