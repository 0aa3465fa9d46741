import { machineSize } from '../../pools/machine-phrases';
import type { Phrases } from '../venue';
import type { EdgeUnit } from './to-unit';

export const phrases: Phrases<EdgeUnit> = {
  name: () => 'edge',
  colours: { own: ['#be185d', '#ff8fbe'] },
  size: machineSize,
  where: ({ device, location }) => `${device} at ${location}`,
  preposition: 'on',
  growsByCount: false,
};
