import type { MachineUnit } from '../../config';

export const engine = {
  version: 'b1',
  url: 'https://e',
  sha256: 'a',
  arch: 'amd64',
  accelerator: 'cpu',
} as const;
/** Two machines that serve nothing yet. */
export const pool: MachineUnit = {
  id: '',
  offer: 'vm/azure/D4/swedencentral/',
  venue: 'vm',
  provider: 'azure',
  model: 'own',
  version: '1',
  sku: 'D4',
  count: 2,
  location: 'swedencentral',
  monthlyUsd: 10,
  priceDate: null,
  prices: null,
  arch: 'amd64',
  accelerator: 'cpu',
  engine,
  serves: [],
};
