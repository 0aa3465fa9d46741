import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { catalog } from '../catalog';
import { pages, textOf } from './pages';
import { packageDirectory } from './project';

const files = readdirSync(packageDirectory, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath, entry.name).slice(packageDirectory.length + 1));
const contentOf = (file: string): string => readFileSync(join(packageDirectory, file), 'utf8');

describe('the tarball', () => {
  it('has no source maps, tests, snapshots, fixtures or locks of example environments', () => {
    const wrong =
      /\.map$|\.snap$|\.test\.|\.gguf$|\.tar\.gz$|\.lock\.json$|(^|\/)(fixtures|__snapshots__|test)\//;
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter(file => wrong.test(file))).toEqual([]);
    expect(files.filter(file => /^\/\/# sourceMappingURL/m.test(contentOf(file)))).toEqual([]);
  });

  it('carries the licence, the notices, and where every table comes from', () => {
    const sources = execFileSync('git', ['ls-files', '*SOURCES.md'], {
      cwd: resolve(__dirname, '..'),
      encoding: 'utf8',
    });
    const wanted = ['LICENSE', 'NOTICE', ...sources.trim().split('\n')];
    expect(wanted.length).toBeGreaterThan(3);
    expect(wanted.filter(file => !files.includes(file))).toEqual([]);
    expect(contentOf('NOTICE')).toContain('CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)');
  });

  it('runs nothing when it is installed', () => {
    const { scripts } = JSON.parse(contentOf('package.json')) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toContain('prepack');
    expect(Object.keys(scripts).filter(name => /install|^prepare$/.test(name))).toEqual([]);
  });

  it('has one catalogue, checked and joined when it was built', () => {
    // JSON has no -0, which two figures of the tables are.
    expect(JSON.parse(contentOf('dist/catalog/catalog.json'))).toEqual(JSON.parse(JSON.stringify(catalog)));
    expect(files.filter(file => /^dist\/catalog\/.*models\.json$/.test(file))).toEqual([]);
  });

  it('has pages whose links lead somewhere, also to headings', () => {
    const dead = pages().flatMap(page =>
      linksOf(textOf(page))
        .filter(link => !leadsSomewhere(page, link))
        .map(link => `${page}: ${link}`),
    );
    expect(pages()).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/testing.md']));
    expect(dead).toEqual([]);
  });

  it('declares types by its own files and the packages that come with it', () => {
    const manifest = JSON.parse(contentOf('package.json')) as Record<string, object>;
    const { dependencies, peerDependencies, exports = {} } = manifest;
    const known = new Set([
      ...Object.keys({ ...dependencies, ...peerDependencies }).filter(name => name !== 'ssh2'), // has no types
      // No peer, because its own peers exclude cdktn 0.24 (decision 12).
      '@cdktn/provider-azurerm',
      ...builtinModules,
    ]);
    const entries = Object.values(exports as Record<string, { types?: string }>).flatMap(
      entry => entry.types ?? [],
    );
    const declared = withImports(entries.map(entry => join(entry)));
    expect(declared).toEqual(expect.arrayContaining(['dist/rehearsal/device/key-pair.d.ts']));
    const foreign = declared
      .flatMap(file => importsOf(contentOf(file)).map(name => [file, name] as const))
      .filter(([, name]) => !name.startsWith('.') && !known.has(packageOf(name)));
    expect(foreign).toEqual([]);
  });
});

/** Targets of Markdown links that are not addresses of the web; code is not text. */
function linksOf(markdown: string): string[] {
  const text = markdown.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(\s*([^)\s]+)\s*\)/g)]
    .map(match => String(match[1]))
    .filter(link => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(packageDirectory, file))) return false;
  return heading === undefined || headingsOf(textOf(file)).includes(heading);
}

/** As GitHub makes anchors of headings. */
function headingsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(match =>
    String(match[1])
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Declarations, and those that they import, at any depth. */
function withImports(entries: readonly string[]): string[] {
  const reached = new Set(entries);
  for (const file of reached) {
    for (const name of importsOf(contentOf(file)).filter(name => name.startsWith('.'))) {
      const target = join(dirname(file), name);
      reached.add(
        [`${target}.d.ts`, join(target, 'index.d.ts')].find(path => files.includes(path)) ?? target,
      );
    }
  }
  return [...reached];
}

function importsOf(code: string): string[] {
  return [...code.matchAll(/(?:\bfrom |\bimport\(|^import )['"]([^'"]+)['"]/gm)].map(match =>
    String(match[1]),
  );
}

function packageOf(specifier: string): string {
  return specifier
    .replace(/^node:/, '')
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
