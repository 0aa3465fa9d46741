import { readFileSync, readdirSync } from 'node:fs';
import { constructPages } from './construct-pages';

describe('docs/constructs', () => {
  it('has a page for each construct, as the comments in the code say it and npm run construct-pages writes', () => {
    const pages = constructPages();
    const written = readdirSync('docs/constructs');
    expect(written.toSorted()).toEqual([...pages.keys()].toSorted());
    const of = (name: string): string => readFileSync(`docs/constructs/${name}`, 'utf8');
    expect(written.filter(name => of(name) !== pages.get(name))).toEqual([]);
    expect(of('slm-host.md')).toContain('| `models`, required |');
  }, 120_000);
});
