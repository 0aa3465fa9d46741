import { catalog } from '../../config';
import type { Catalog } from '../../config';

/** The catalogue with only these models and machines, so that a decision is quick and a person can follow it. */
export function catalogWith(
  hosted: readonly string[],
  open: readonly string[],
  machines: readonly string[],
): Catalog {
  return {
    ...catalog,
    hostedModels: catalog.hostedModels.filter(({ name }) => hosted.includes(name)),
    openModels: catalog.openModels.filter(({ id }) => open.includes(id)),
    machines: catalog.machines.filter(({ sku }) => machines.includes(sku)),
  };
}
