import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

interface Package {
  readonly exports: Readonly<Record<string, string | { readonly default: string; readonly types: string }>>;
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly bin: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Record<string, string> }>>;
}

describe('the package', () => {
  it('exports what the build makes of sources that exist', () => {
    const { exports, bin } = read<Package>('package.json');
    const built = [
      ...Object.values(exports).flatMap(entry =>
        typeof entry === 'string' ? [entry] : [entry.default, entry.types],
      ),
      ...Object.values(bin),
    ].filter(path => path.includes('dist/'));
    const sources = built.map(path =>
      path.replace(/^(\.\/)?dist\/(cdktn\/)?/, '').replace(/(\.d\.ts|\.js)$/, '.ts'),
    );
    expect(sources.length).toBeGreaterThan(8);
    expect(sources.filter(source => !existsSync(source))).toEqual([]);
  });

  it('has the types of each entry also where the compiler does not read exports (moduleResolution node10)', () => {
    const { exports, typesVersions } = read<Package>('package.json');
    const modules = Object.entries(exports).flatMap(([path, entry]) =>
      typeof entry === 'string' || path === '.' ? [] : [[path.slice(2), [entry.types.slice(2)]]],
    );
    expect(typesVersions).toEqual({ '*': Object.fromEntries(modules) });
  });

  it('names in NOTICE everybody whose licensed figures are in a table', () => {
    const tables = readdirSync('.', { withFileTypes: true })
      .filter(entry => entry.isDirectory() && ['catalog', 'rehearsal'].includes(entry.name))
      .flatMap(({ name }) =>
        readdirSync(name, { recursive: true, encoding: 'utf8' }).map(file => join(name, file)),
      )
      .filter(file => /\.json$|SOURCES\.md$|facts\/[\w-]+\.ts$/.test(file));
    // An owner/name that begins a source: after it come a path, a day and the licence.
    const source =
      /(?:["|;:]|\b(?:and|of|is|from)) ?([A-Za-z][\w-]+\/[A-Za-z][\w.-]+)[^"|;]*\((?:MIT|Apache-2\.0|CC BY 4\.0|MPL-2\.0)\b/g;
    const owners = tables.flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(source)].map(match => String(match[1])),
    );
    const notice = readFileSync('NOTICE', 'utf8');
    expect(new Set(owners).size).toBeGreaterThan(8);
    expect([...new Set(owners)].filter(owner => !notice.includes(owner))).toEqual([]);
  });

  it('has a lock file that describes every optional package it lists, or npm ci refuses it elsewhere', () => {
    const { packages } = read<Lock>('package-lock.json');
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter(name => !placesOf(path, name).some(place => place in packages))
        .map(name => `${path} → ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Where Node looks for a package, from the inside out. */
function placesOf(path: string, name: string): string[] {
  const parents = path.split('/node_modules/');
  const inside = parents.map((_, depth) => parents.slice(0, parents.length - depth).join('/node_modules/'));
  return [...inside.filter(Boolean).map(parent => `${parent}/node_modules/${name}`), `node_modules/${name}`];
}
