import { readFileSync } from 'node:fs';
import { environmentJsonSchema } from '../../config/json-schema';
import { environmentReference, undescribed } from './environment-reference';

const page = readFileSync('docs/environment.md', 'utf8');

/** Without the widths that the formatter gives to the columns of a table. */
function plain(markdown: string): string {
  return markdown.replace(/ +/g, ' ').replace(/-{2,}/g, '---').trim();
}

describe('docs/environment.md', () => {
  it('has every key with what it may be and says, as the parser has it and npm run schema writes', () => {
    const reference = environmentReference(environmentJsonSchema());
    expect(reference).toContain('| `name`, required |');
    expect(plain(page.slice(page.indexOf('## The file')))).toBe(plain(reference));
  });

  it('says something of each key', () => {
    expect(undescribed(environmentJsonSchema())).toEqual([]);
  });
});
