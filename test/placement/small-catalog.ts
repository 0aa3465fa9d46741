import type { Catalog } from '../../config';
import { tables } from '../tables';

/** The catalogue with only these models and machines, so that a decision is quick and a person can follow it. */
export function catalogWith(
  hosted: readonly string[],
  open: readonly string[],
  machines: readonly string[],
): Catalog {
  return {
    ...tables,
    hostedModels: tables.hostedModels.filter(({ name }) => hosted.includes(name)),
    openModels: tables.openModels.filter(({ id }) => open.includes(id)),
    machines: tables.machines.filter(({ sku }) => machines.includes(sku)),
  };
}
