import { providersOf } from './provider-use';
import { callsUnread, contentsOf } from './stack';
import type { Stack } from './stack';

/** Whether any of the stacks needs azurerm. */
export function usesAzurerm(stacks: readonly Stack[]): boolean {
  return stacks.some(callsUnread) || providersOf(stacks).has('hashicorp/azurerm');
}

/** Whether any of the stacks needs azurerm or azapi. */
export function usesAzure(stacks: readonly Stack[]): boolean {
  return usesAzurerm(stacks) || providersOf(stacks).has('azure/azapi');
}

/** The azurerm types that stacks name; undefined when any type may come. */
export function azurermTypes(stacks: readonly Stack[]): string[] | undefined {
  if (stacks.some(callsUnread)) return undefined;
  const types = stacks
    .flatMap(contentsOf)
    .flatMap(({ resource = {}, data = {} }) => [
      ...Object.keys(resource),
      ...Object.keys(data).map(type => `data.${type}`),
    ]);
  return [...new Set(types.filter(type => /^(data\.)?azurerm_/.test(type)))].sort();
}
