import { existsSync, readFileSync } from 'node:fs';

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

interface Package {
  readonly exports: Readonly<Record<string, string | { readonly default: string; readonly types: string }>>;
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
    const sources = built.map(path => path.replace(/^(\.\/)?dist\//, '').replace(/(\.d\.ts|\.js)$/, '.ts'));
    expect(sources.length).toBeGreaterThan(8);
    expect(sources.filter(source => !existsSync(source))).toEqual([]);
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
