import type { UnitBase } from '../unit';

/** So many machines of a size, such as `2 × NC4as_T4_v3`. */
export function machineSize({ sku, count }: Pick<UnitBase, 'sku' | 'count'>): string {
  return `${count} × ${sku.replace('Standard_', '')}`;
}
