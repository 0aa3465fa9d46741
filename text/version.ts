import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The version of Berth, as its package.json says. */
export function version(): string {
  // By its own name, because the compiled command stands one directory deeper than the source.
  const manifest = createRequire(__filename).resolve('cdktf-berth/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
