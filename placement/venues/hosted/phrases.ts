import type { Phrases } from '../venue';
import type { HostedUnit } from './to-unit';

export const phrases: Phrases<HostedUnit> = {
  name: () => 'hosted',
  colours: { azure: ['#1f63c9', '#7db0ff'] },
  size: ({ sku }) => sku,
  where: ({ location }) => location,
  preposition: 'as',
  growsByCount: false,
};
