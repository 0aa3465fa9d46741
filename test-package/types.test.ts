import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, snippets } from './pages';
import { Project, printed } from './project';

const entries = `import { berthApp } from 'cdktf-berth';
import { addAwsHosts, Ec2SlmHost } from 'cdktf-berth/aws';
import { defineEnvironment } from 'cdktf-berth/config';
import { SlmHost } from 'cdktf-berth/constructs';
import { rehearse } from 'cdktf-berth/testing';
export const app: (options?: { environment?: string }) => void = berthApp;
export const [one, two, three]: string[] = [addAwsHosts.name, Ec2SlmHost.name, SlmHost.name];
export const { name } = defineEnvironment({ name: 'shop', workloads: [] });
export const ok: Promise<boolean> = rehearse('.').then(result => result.ok);
`;
const sources = Object.fromEntries(
  Object.entries({
    ...filesOf('README.md'),
    ...filesOf('docs/testing.md'),
    ...filesOf('docs/typed-azapi.md'),
    ...filesOf('docs/calling-models.md'),
    ...filesOf('docs/catalogue-roads.md'),
    'entries.ts': entries,
  }).filter(([file]) => file.endsWith('.ts')),
);
const common = { strict: true, noEmit: true, skipLibCheck: true, target: 'es2022' };
const compilers = { 'TypeScript 5.8': 'typescript', 'the newest TypeScript': 'newest-typescript' };

/** What a compiler without node10 says to it. */
const removed = /TS5108: Option 'moduleResolution=node10' has been removed/;

function errorsOf(project: Project, compiler: string): string {
  const run = project.run(`node node_modules/${compiler}/bin/tsc -p tsconfig.json`);
  return run.status === 0 ? '' : printed(run) || `status ${String(run.status)}`;
}

function projectWith(compilerOptions: object, files: Record<string, string | object> = sources): Project {
  const options = { ...common, types: ['node', 'jest'], ...compilerOptions };
  return new Project({ ...files, 'tsconfig.json': { compilerOptions: options, include: ['*.ts'] } });
}

describe.each(Object.entries(compilers))(
  'with %s, the snippets of README and docs compile',
  (_, compiler) => {
    it('with moduleResolution node10, where there is one', () => {
      const errors = errorsOf(projectWith({ module: 'commonjs', moduleResolution: 'node10' }), compiler);
      if (!removed.test(errors)) expect(errors).toBe('');
    });

    it('with node16, in CommonJS', () => {
      expect(errorsOf(projectWith({ module: 'node16' }), compiler)).toBe('');
    });

    it('with node16, in ESM', () => {
      const esm = Object.entries(sources).map(([file, code]) => [
        file,
        // ESM knows neither directories nor files without an ending.
        code
          .replace(/from '(\.\/\w+)'/g, "from '$1.js'")
          .replace(/from '(@cdktf\/provider-azurerm\/lib\/[\w-]+)'/g, "from '$1/index.js'"),
      ]);
      const files = { ...Object.fromEntries(esm), 'package.json': { name: 'shop', type: 'module' } };
      expect(errorsOf(projectWith({ module: 'node16' }, files), compiler)).toBe('');
    });

    it('with bundler', () => {
      const errors = errorsOf(projectWith({ module: 'preserve', moduleResolution: 'bundler' }), compiler);
      expect(errors).toBe('');
    });

    it('as cdktf init sets projects up', () => {
      const project = projectWith({});
      const template = join(
        'node_modules',
        'cdktf-cli',
        'bundle',
        'templates',
        'typescript',
        'tsconfig.json',
      );
      const { compilerOptions } = JSON.parse(project.read(template)) as { compilerOptions: object };
      project.write('tsconfig.json', {
        compilerOptions: { ...compilerOptions, noEmit: true, types: ['node', 'jest'] },
        include: ['*.ts'],
      });
      expect(errorsOf(project, compiler)).toBe('');
    });
  },
);

/** Errors in our own declarations; what they import of others may have its own. */
function ownErrors(errors: string): string[] {
  return errors.split('\n').filter(line => /node_modules\/cdktf-berth\//.test(line));
}

describe('with skipLibCheck off, our own declarations have no error', () => {
  it.each(Object.values(compilers).flatMap(compiler => ['node10', 'node16'].map(kind => [compiler, kind])))(
    'by %s with %s',
    (compiler = '', kind) => {
      const module =
        kind === 'node10' ? { module: 'commonjs', moduleResolution: 'node10' } : { module: kind };
      // As init writes it: nothing about JSON.
      const errors = errorsOf(projectWith({ ...module, skipLibCheck: false }), compiler);
      if (removed.test(errors)) return;
      expect(ownErrors(errors)).toEqual([]);
      // What is left is of others, so the compiler did look.
      expect(errors).not.toMatch(/^[\w.]+\.ts/m);
    },
  );
});

it('with the types of vitest, the snippets compile too', () => {
  const declaration = snippets('docs/testing.md').find(({ code }) =>
    code.includes("declare module 'vitest'"),
  );
  const files = { ...sources, 'vitest.ts': declaration?.code ?? '' };
  const project = projectWith(
    { module: 'preserve', moduleResolution: 'bundler', types: ['node', 'vitest/globals'] },
    files,
  );
  expect(readFileSync(join(project.directory, 'vitest.ts'), 'utf8')).toContain('TerraformMatchers');
  expect(errorsOf(project, 'newest-typescript')).toBe('');
});
