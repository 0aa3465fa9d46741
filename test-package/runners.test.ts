import { filesOf, snippets } from './pages';
import { commonJs, environments, esm } from './kit';
import { Project, printed } from './project';

const readme = filesOf('README.md');
const guide = filesOf('docs/testing.md');
const template = 'node_modules/cdktf-cli/bundle/templates/typescript';

/** The run, or all that it printed when it failed. */
function passes(project: Project, command: string, env?: Readonly<Record<string, string>>): string {
  const run = project.run(command, env);
  if (run.status !== 0) throw new Error(`${command} ended with ${String(run.status)}:\n${printed(run)}`);
  return printed(run);
}

describe('jest, without flags', () => {
  it('goes through the page on testing', () => {
    const project = new Project(guide);
    expect(passes(project, 'npx jest', { CI: '' })).toContain('1 snapshot written');
    const snapshot = '__snapshots__/stack.test.ts.snap';
    const before = project.read(snapshot).split('\n');
    project.write('stack.test.ts', project.read('stack.test.ts').replace("'LRS'", "'ZRS'"));
    passes(project, 'npx jest --updateSnapshot stack');
    const after = project.read(snapshot).split('\n');
    const changed = before.flatMap((line, at) =>
      line === after[at] ? [] : [`-${line}`, `+${after[at] ?? ''}`],
    );
    expect(after).toHaveLength(before.length);
    expect(`${changed.join('\n')}\n`).toBe(guide['plan.diff']);
  });

  it('runs the test of the README', () => {
    const project = new Project({ ...readme, 'package.json': guide['package.json'] ?? '' });
    expect(passes(project, 'npx jest')).toContain('2 passed');
  });

  it('runs it as cdktf init sets projects up, with ts-jest', () => {
    const project = new Project(readme);
    for (const file of ['jest.config.js', 'setup.js', 'tsconfig.json'])
      project.write(file, project.read(`${template}/${file}`));
    expect(passes(project, 'npx jest')).toContain('2 passed');
  });

  it('runs the kit in plain JavaScript', () => {
    const project = new Project({ ...environments, 'kit.test.js': commonJs() });
    expect(passes(project, 'npx jest')).toContain('3 passed');
  });
});

describe('vitest', () => {
  const config = 'export default { test: { globals: true, testTimeout: 60000 } };\n';

  it('runs the tests of README and docs, in ESM', () => {
    const project = new Project({
      ...readme,
      ...guide,
      'package.json': { name: 'shop', type: 'module' },
      'vitest.config.mjs': config,
    });
    expect(passes(project, 'npx vitest run letters steps')).toMatch(/Tests +5 passed/);
  });

  it('runs the kit in plain JavaScript', () => {
    const project = new Project({ ...environments, 'kit.test.mjs': esm(), 'vitest.config.mjs': config });
    expect(passes(project, 'npx vitest run')).toMatch(/Tests +3 passed/);
  });
});

describe('node:test', () => {
  it.each([
    ['CommonJS', 'kit.test.cjs', commonJs("const { test } = require('node:test');\n"), {}],
    ['ESM', 'kit.test.mjs', esm("import { test } from 'node:test';\n"), { type: 'module' }],
  ])('runs the kit in %s', (_, file, code, kind) => {
    const plain = code.replaceAll('}, 60000);', '});');
    const project = new Project({
      ...environments,
      [file]: plain,
      'package.json': { name: 'shop', ...kind },
    });
    expect(passes(project, `node --test ${file}`)).toMatch(/pass 3/);
  });
});

describe('plain Node', () => {
  it('runs the check of the page on testing', () => {
    const project = new Project({
      ...guide,
      'run.ts': "import { check } from './check';\nvoid check().then(() => console.log('checked'));\n",
    });
    expect(passes(project, 'node --import tsx run.ts')).toContain('checked');
  });

  it('runs the commands of the page on testing, which write the plan that it shows', () => {
    const project = new Project(guide);
    const lines = snippets('docs/testing.md')
      .filter(({ language, notRun }) => language === 'sh' && !notRun)
      .flatMap(({ code }) => code.trim().split('\n'));
    expect(lines).toHaveLength(2);
    for (const line of lines) passes(project, line, { CI: '' });
    expect(passes(project, lines[1] ?? '')).toContain('plan.txt is as it was');
    expect(project.read('plan.txt')).toBe(guide['plan.txt']);
    expect(project.read('junit.xml')).toContain('failures="0"');
  });
});
