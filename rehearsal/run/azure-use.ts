import type { Stack } from './stack';

/** Modules are not read: they may use anything. */
function isOpaque({ json }: Stack): boolean {
  return json.module !== undefined;
}

/** Whether any of the stacks needs azurerm or azapi. */
export function usesAzure(stacks: readonly Stack[]): boolean {
  return stacks.some(stack => {
    const { required_providers: providers = {} } = stack.json.terraform ?? {};
    const types = [...Object.keys(stack.json.resource ?? {}), ...Object.keys(stack.json.data ?? {})];
    return (
      isOpaque(stack) ||
      types.some(type => /^(azurerm|azapi)_/.test(type)) ||
      Object.values(providers).some(({ source = '' }) => /(^|\/)(azurerm|azapi)$/i.test(source))
    );
  });
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
  if (stacks.some(isOpaque)) return undefined;
  const types = stacks.flatMap(({ json: { resource = {}, data = {} } }) => [
    ...Object.keys(resource),
    ...Object.keys(data).map(type => `data.${type}`),
  ]);
  return [...new Set(types.filter(type => /^(data\.)?azurerm_/.test(type)))].sort();
}
