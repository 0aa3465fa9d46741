import { App } from 'cdktf';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { planSnapshot, rehearse } from '../../testing';
import { runBerthLines, snippetOf, snippetsOf, typeErrors, writeSnippets } from './snippets';

const snippets = snippetsOf(readFileSync(resolve('docs/testing.md'), 'utf8'));

// In the project, so that the snippets find its packages.
const parent = join(__dirname, '.snippets');
mkdirSync(parent, { recursive: true });
const directory = mkdtempSync(join(parent, 'testing-'));
const files = writeSnippets(snippets, directory);
afterAll(() => rmSync(directory, { recursive: true }));

/** What a snippet exports. Its tests become tests of this file. */
const load = <T extends object>(file: string): T => jest.requireActual<T>(join(directory, file));

describe('the page on testing', () => {
  it('has no snippet that is neither run nor says so', () => {
    const idle = snippets.filter(
      ({ file, notRun, language }) => !notRun && file === undefined && language !== 'sh',
    );
    expect(idle).toEqual([]);
    expect(files.map(file => file.slice(directory.length + 1))).toEqual([
      'stack.ts',
      'stack.test.ts',
      'steps.test.ts',
      'check.ts',
      'main.ts',
    ]);
  });

  it('has snippets that the compiler accepts', () => {
    expect(typeErrors(files)).toEqual([]);
  }, 60_000);

  describe('runs', () => {
    load<object>('stack.test.ts');
    load<object>('steps.test.ts');

    it('the check in plain Node', async () => {
      await load<{ check: () => Promise<void> }>('check.ts').check();
    }, 60_000);

    it('the commands, which write the plan that the page shows', () => {
      const [first, second] = runBerthLines(
        snippets.find(({ language, notRun }) => language === 'sh' && !notRun) as never,
        directory,
      );
      expect(first).toMatch(/plan\.txt has changed|plan\.txt is as it was/);
      expect(second).toContain('plan.txt is as it was');
      expect(readFileSync(join(directory, 'junit.xml'), 'utf8')).toContain('failures="0"');
      expect(readFileSync(join(directory, 'plan.txt'), 'utf8')).toBe(snippetOf(snippets, 'plan.txt').code);
    }, 60_000);
  });

  it('shows the one line that a change of the code changes', async () => {
    type Module = { ShopStack: new (scope: App, id: string, props: { replication: string }) => never };
    const { ShopStack } = load<Module>('stack.ts');
    const planOf = async (replication: string): Promise<string[]> => {
      const stack = new ShopStack(new App({ stackTraces: false }), 'shop', { replication });
      return planSnapshot(await rehearse(stack, { drift: false })).split('\n');
    };
    const [before, after] = [await planOf('LRS'), await planOf('ZRS')];
    const changed = before.flatMap((line, at) => (line === after[at] ? [] : [`-${line}`, `+${after[at]}`]));
    expect(`${changed.join('\n')}\n`).toBe(snippetOf(snippets, 'plan.diff').code);
    expect(after).toHaveLength(before.length);
  }, 60_000);
});
