import { machineSize } from '../../pools/machine-phrases';
import type { Phrases } from '../venue';
import type { MachineUnit } from './to-unit';

export const phrases: Phrases<MachineUnit> = {
  name: provider => (provider === 'aws' ? 'AWS VM' : 'Azure VM'),
  colours: { azure: ['#b45309', '#f5b25c'], aws: ['#0f766e', '#5fd3c4'] },
  size: machineSize,
  where: ({ location }) => location,
  preposition: 'on',
  growsByCount: true,
};
