import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { azurermFactsOf } from '../facts/azurerm-facts';
import type { TypeFacts } from '../facts/azurerm-facts';
import { closest } from '../../text/closest';
import { applyFacts } from './apply-facts';
import { versionOf } from './bindings';
import { deriveSchema } from './derive';
import type { Block, TypeSchema } from './schema';
import { BerthError } from '../../text/berth-error';

/** The schemas of a provider, derived when first asked for. */
export interface SchemaCatalogue {
  readonly provider: Block;
  /** @throws Error naming the closest type when there is none of this name. */
  resource(type: string): TypeSchema;
  /** @throws Error naming the closest type when there is none of this name. */
  data(type: string): TypeSchema;
  /** Types to announce to Terraform: `azurerm_subnet` for a resource, `data.azurerm_subnet` for a data source. */
  readonly types: readonly string[];
}

const dataPrefix = 'data.';

/** The version whose facts are known, where the bindings do not tell theirs. */
const factsVersion = '4.55.0';

/** Thrown for a type that a provider does not have. The message names the closest ones. */
class UnknownType extends BerthError {
  readonly kind = 'input';
}

/**
 * The schemas of azurerm, derived from its bindings package.
 * @param lib folder `lib` of `@cdktf/provider-azurerm` or `@cdktn/provider-azurerm`
 * @param types types to announce; undefined means all
 * @throws Error when `lib` holds no bindings or a type in `types` is not one of theirs.
 */
export function azurermCatalogue(lib: string, types?: readonly string[]): SchemaCatalogue {
  if (!existsSync(join(lib, 'provider', 'index.js'))) {
    throw new Error(
      `${lib} holds no azurerm bindings: azurermLib must be the folder lib of @cdktf/provider-azurerm or @cdktn/provider-azurerm`,
    );
  }
  const version = versionOf(lib);
  return bindingsCatalogue(lib, 'azurerm', types, type => azurermFactsOf(type, version ?? factsVersion));
}

/**
 * The schemas of a provider, derived from its bindings package.
 * @param lib folder `lib` of the package
 * @param provider what its types begin with: `azuread`
 * @param types types to announce; undefined means all
 * @param factsOf what is known of a type beside its structure. @default - nothing
 * @throws Error when a type in `types` is not one of theirs.
 */
export function bindingsCatalogue(
  lib: string,
  provider: string,
  types?: readonly string[],
  factsOf: (type: string) => TypeFacts | undefined = () => undefined,
): SchemaCatalogue {
  const load = (folder: string) => derived(join(lib, folder, 'index.js')).block;
  const folderOf = (type: string): string => {
    const folder = folderOfType(provider, type);
    if (existsSync(join(lib, folder, 'index.js'))) return folder;
    const near = closest(type, typesIn(lib, provider)).join(', ');
    throw new UnknownType(`${provider} has no ${type}; the closest: ${near}`);
  };
  const resource = memoise(type => applyFacts(type, load(folderOf(type)), factsOf(type)));
  const data = memoise(type => ({ version: 0, hasFacts: true, block: load(folderOf(dataPrefix + type)) }));
  types?.forEach(folderOf);
  return { provider: load('provider'), resource, data, types: types ?? typesIn(lib, provider) };
}

/** The types of azurerm among these that a bindings package does not have, and the closest that it has. */
export function unknownTypes(lib: string, types: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const missing = types.filter(type => !existsSync(join(lib, folderOfType('azurerm', type), 'index.js')));
  const known = missing.length > 0 ? typesIn(lib, 'azurerm') : [];
  return new Map(missing.map(type => [type, closest(type, known)]));
}

/** `data.azurerm_client_config` is in `data-azurerm-client-config`, `azurerm_key_vault` in `key-vault`. */
function folderOfType(provider: string, type: string): string {
  const name = type.startsWith(dataPrefix)
    ? type.replace(dataPrefix, 'data_')
    : type.replace(`${provider}_`, '');
  return name.replaceAll('_', '-');
}

function typesIn(lib: string, provider: string): readonly string[] {
  const folders = readdirSync(lib, { withFileTypes: true }).filter(entry => entry.isDirectory());
  return folders
    .map(({ name }) => typeOfFolder(provider, name))
    .filter(type => type !== `${provider}_provider`);
}

function typeOfFolder(provider: string, folder: string): string {
  const name = folder.replaceAll('-', '_');
  const isData = name.startsWith(`data_${provider}_`);
  return isData ? dataPrefix + name.slice('data_'.length) : `${provider}_${name}`;
}

/** Bindings do not change under a process, and one process may start many simulations. */
const derived = memoise(deriveSchema);

function memoise<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return key => {
    const known = made.get(key);
    if (known) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
