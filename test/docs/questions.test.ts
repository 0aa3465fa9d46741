import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { questions } from './questions';

const textOf = (page: string): string => readFileSync(page, 'utf8');

/** Pages that a page links to. */
function linksOf(page: string): string[] {
  const text = textOf(page).replace(/^```.*?^```$/gms, '');
  return [...text.matchAll(/\]\(([^)#\s]+\.md)(?:#[^)]*)?\)/g)]
    .map(([, link = '']) => join(dirname(page), link))
    .filter(link => existsSync(link));
}

/** Pages within two links of the README. */
const near = new Set(['README.md', ...linksOf('README.md'), ...linksOf('README.md').flatMap(linksOf)]);

const headingsOf = (page: string): string[] =>
  [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.replaceAll('`', ''));

describe('the first hour of a platform engineer', () => {
  it.each(questions)('%s', (_, page, heading) => {
    expect(near).toContain(page);
    expect(headingsOf(page)).toContain(heading);
  });

  it('has thirty questions', () => {
    expect(new Set(questions.map(([question]) => question)).size).toBe(30);
  });
});
