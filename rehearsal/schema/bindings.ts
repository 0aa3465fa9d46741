import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BerthError } from '../../text/berth-error';
import { allowsVersion } from './version-constraint';

/** The scopes of the packages that hold bindings of providers, by framework. */
const scopes = { cdktf: '@cdktf', cdktn: '@cdktn' } as const;
type Framework = keyof typeof scopes;

/** An installed package of a provider's bindings. */
export interface Bindings {
  /** Registry address of the provider without the host, in lower case: `hashicorp/azuread`. */
  readonly address: string;
  /** Its folder `lib`. */
  readonly lib: string;
  /** The provider that they were made of, for example `4.55.0`. */
  readonly version: string;
}

/** Thrown when no package of bindings is installed. The message says what to install. */
export class BindingsMissing extends BerthError {
  readonly kind = 'unavailable';
}

/**
 * The bindings of a provider that stacks mean: of those that all of them allow, the first of the newest major version, which Terraform would take;
 * those installed where the app is stand before those where Berth is. If none is allowed, the closest major version to what is asked for;
 * undefined when none are installed.
 * @param address registry address without the host, in lower case
 * @param versions what stacks ask for as the provider's version: versions or constraints
 * @param directory where the app is. @default - only where Berth is installed
 */
export function bindingsOf(
  address: string,
  versions: readonly string[] = [],
  directory: string = __dirname,
): Bindings | undefined {
  const installed = [directory, __dirname]
    .flatMap(path =>
      (Object.keys(scopes) as Framework[]).flatMap(framework => read(framework, address, path) ?? []),
    )
    .sort((one, other) => majorOf(other) - majorOf(one));
  const allowed = ({ version }: Bindings) => versions.map(wanted => allowsVersion(wanted, version));
  return (
    installed.find(each => allowed(each).every(Boolean)) ??
    installed.find(each => allowed(each).some(Boolean)) ??
    closest(installed, versions.map(asked).find(Boolean))
  );
}

/** The first major version that a constraint names; 0 where it names none. */
function asked(constraint: string): number {
  return Number(/\d+/.exec(constraint)?.[0] ?? 0);
}

function closest(installed: readonly Bindings[], wanted: number | undefined): Bindings | undefined {
  if (wanted === undefined) return installed[0];
  const distance = (each: Bindings): number => Math.abs(majorOf(each) - wanted);
  return [...installed].sort((one, other) => distance(one) - distance(other))[0];
}

function majorOf({ version }: Bindings): number {
  return Number(version.split('.')[0]) || 0;
}

/**
 * The bindings of azurerm, chosen in the same way.
 * @throws BindingsMissing when none are installed
 */
export function azurermBindings(versions?: readonly string[], directory?: string): Bindings {
  const bindings = bindingsOf('hashicorp/azurerm', versions, directory);
  if (bindings) return bindings;
  throw new BindingsMissing(
    'a rehearsal of azurerm reads its bindings, and none are installed: ' +
      'npm install @cdktf/provider-azurerm (with cdktf) or @cdktn/provider-azurerm (with cdktn)',
  );
}

function read(framework: Framework, address: string, path: string): Bindings | undefined {
  const name = `${scopes[framework]}/provider-${address.split('/').at(-1)}`;
  let manifest: string;
  try {
    manifest = createRequire(__filename).resolve(`${name}/package.json`, { paths: [path] });
  } catch {
    return undefined;
  }
  const { name: source, version = 'unknown' } = manifestOf(manifest)[framework]?.provider ?? {};
  // Two providers of one name and different owners have packages of one name.
  if (source?.toLowerCase().split('/').slice(-2).join('/') !== address) return undefined;
  return { address, lib: join(dirname(manifest), 'lib'), version };
}

type Manifest = Partial<
  Record<Framework, { readonly provider?: { readonly name?: string; readonly version?: string } }>
>;

function manifestOf(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

/** The version of the provider that bindings were made of; undefined where their package does not say. */
export function versionOf(lib: string): string | undefined {
  const { cdktf, cdktn } = manifestOf(join(dirname(lib), 'package.json'));
  return (cdktf ?? cdktn)?.provider?.version;
}
