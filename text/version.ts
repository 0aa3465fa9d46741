import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The version of Berth, as its package.json says. */
export function version(): string {
  // By its own name, because the compiled command stands one directory deeper than the source.
  const manifest = createRequire(__filename).resolve('cdktf-berth/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}

/** Whether of two versions such as 0.2.0 the first is the older one; what stands behind the three numbers does not count. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map(each => each.split(/[.+-]/).map(Number));
  for (const part of [0, 1, 2]) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
