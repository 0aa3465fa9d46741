import { closest, findHostedModel, findOpenModel } from '../../catalog';
import type { Catalog } from '../../catalog';
import { shown } from '../../text/shown';

/** What is wrong with the name of a model, hosted or open; undefined when it is known. */
export function problemOfModel(catalog: Catalog, name: string, version?: string): string | undefined {
  const hosted = findHostedModel(catalog, name, version);
  if (hosted.found || findOpenModel(catalog, name).found) return undefined;
  if (hosted.retired) return `${hosted.problem}; change it to one of those`;
  const sameName = catalog.hostedModels.some(model => model.name === name);
  if (version !== undefined && sameName) return hosted.problem;
  const near = closest(name, [
    ...catalog.hostedModels.map(model => model.name),
    ...catalog.openModels.map(model => model.id),
  ]);
  return `must be a model of the catalogue, got '${shown(name)}'; the closest are ${near.join(', ')}`;
}

/** `must be one of a, b, got 'c'; the closest is a`, or undefined when the key is known. */
export function problemOfKey(given: string, known: readonly string[], what: string): string | undefined {
  if (known.includes(given)) return undefined;
  if (known.length === 0)
    return `must be ${what}, got '${shown(given)}'; there are none, so add it or remove this`;
  return `must be ${what}, got '${shown(given)}'; the closest is ${closest(given, known, 3).join(', ')}`;
}
