import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BerthError } from '../../text/berth-error';

/** The packages that hold azurerm's bindings, by framework. */
const packages = { cdktf: '@cdktf/provider-azurerm', cdktn: '@cdktn/provider-azurerm' } as const;

/** An installed package of azurerm bindings. */
export interface Bindings {
  /** Its folder `lib`. */
  readonly lib: string;
  /** The azurerm they were made of, for example `4.55.0`. */
  readonly version: string;
}

/** Thrown when no package of bindings is installed. The message says what to install. */
export class BindingsMissing extends BerthError {
  readonly kind = 'unavailable';
}

/**
 * The bindings that stacks were written with: those whose azurerm the stacks ask for. If none is, the first installed
 * ones, for a constraint like `~> 4.0` names no version.
 * @param versions what stacks ask for as azurerm's version
 * @param directory where the app is. @default - only where Berth is installed
 * @throws BindingsMissing when none are installed
 */
export function azurermBindings(versions: readonly string[] = [], directory: string = __dirname): Bindings {
  const installed = Object.entries(packages).flatMap(([framework, name]) => {
    const found = read(framework, name, [directory, __dirname]);
    return found ? [found] : [];
  });
  const bindings = installed.find(({ version }) => versions.includes(version)) ?? installed[0];
  if (bindings) return bindings;
  throw new BindingsMissing(
    'a rehearsal of azurerm reads its bindings, and none are installed: ' +
      'npm install @cdktf/provider-azurerm (with cdktf) or @cdktn/provider-azurerm (with cdktn)',
  );
}

function read(framework: string, name: string, paths: string[]): Bindings | undefined {
  let manifest: string;
  try {
    manifest = createRequire(__filename).resolve(`${name}/package.json`, { paths });
  } catch {
    return undefined;
  }
  const content = JSON.parse(readFileSync(manifest, 'utf8')) as Record<
    string,
    { readonly provider?: { readonly version?: string } } | undefined
  >;
  return { lib: join(dirname(manifest), 'lib'), version: content[framework]?.provider?.version ?? 'unknown' };
}
