import { hasModules, providersOf } from './provider-use';
import type { Stack } from './stack';

/** Whether any of the stacks needs azurerm. */
export function usesAzurerm(stacks: readonly Stack[]): boolean {
  return stacks.some(hasModules) || providersOf(stacks).has('hashicorp/azurerm');
}

/** Whether any of the stacks needs azurerm or azapi. */
export function usesAzure(stacks: readonly Stack[]): boolean {
  return usesAzurerm(stacks) || providersOf(stacks).has('azure/azapi');
}

/** What stacks ask for as azurerm's version, for example `4.55.0`. */
export function azurermVersions(stacks: readonly Stack[]): string[] {
  const providers = stacks.flatMap(({ json }) => Object.values(json.terraform?.required_providers ?? {}));
  const versions = providers.flatMap(({ source = '', version }) =>
    /(^|\/)azurerm$/i.test(source) && version !== undefined ? [version] : [],
  );
  return [...new Set(versions)];
}

/** The azurerm types that stacks name; undefined when any type may come. */
export function azurermTypes(stacks: readonly Stack[]): string[] | undefined {
  if (stacks.some(hasModules)) return undefined;
  const types = stacks.flatMap(({ json: { resource = {}, data = {} } }) => [
    ...Object.keys(resource),
    ...Object.keys(data).map(type => `data.${type}`),
  ]);
  return [...new Set(types.filter(type => /^(data\.)?azurerm_/.test(type)))].sort();
}
