import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Project, printed } from './project';

const folder = resolve(__dirname, '..', 'examples');
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.(ts|snap)$/.test(entry.name))
  .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
const tests = files.filter(file => file.endsWith('.test.ts'));

describe('the examples, by the package as it is installed', () => {
  const project = new Project({
    ...Object.fromEntries(files.map(file => [file, readFileSync(join(folder, file), 'utf8')])),
    'package.json': { name: 'examples', private: true, jest: { transform: { '^.+\\.ts$': '@swc/jest' } } },
    'tsconfig.json': {
      compilerOptions: {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        target: 'es2022',
        module: 'node16',
        types: ['jest', 'node'],
      },
      include: ['**/*.ts'],
    },
  });

  it('compile', () => {
    const run = project.run('node node_modules/typescript/bin/tsc -p tsconfig.json');
    expect(printed(run).trim()).toBe('');
  });

  it('pass their tests, and their plans are as in their snapshots', () => {
    const run = project.run('npx jest --ci -w 2');
    expect(printed(run)).toContain(`Test Suites: ${tests.length} passed, ${tests.length} total`);
    expect(run.status).toBe(0);
  });
});
