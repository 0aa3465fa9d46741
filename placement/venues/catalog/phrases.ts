import { machineSize } from '../../pools/machine-phrases';
import type { Phrases } from '../venue';
import type { CatalogUnit } from './to-unit';

export const phrases: Phrases<CatalogUnit> = {
  name: () => 'catalogue',
  colours: { azure: ['#7a3fb8', '#c9a2f5'] },
  size: machineSize,
  where: ({ location }) => location,
  preposition: 'on',
  growsByCount: true,
};
