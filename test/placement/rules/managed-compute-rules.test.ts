import { managedComputeRules } from '../../../placement/rules/managed-compute-rules';
import { azure, describeRules, endpoint } from './rule-cases';
import type { RuleCase } from './rule-cases';

const managed = {
  venue: 'managed-compute',
  model: 'qwen3-32b',
  sku: '1xH100_80GB',
  location: 'eastus2',
} as const;
const granted = (accelerators: number) => ({
  azure: {
    ...azure,
    managedCompute: {
      usdPerAcceleratorHour: { H100_80GB: 8 },
      asOf: '2026-11-01',
      quotas: [{ acceleratorType: 'H100_80GB' as const, location: 'eastus2', accelerators }],
    },
  },
});

const cases: readonly RuleCase[] = [
  ['preview', {}, endpoint, undefined],
  [
    'preview',
    {},
    managed,
    'pass: Foundry managed compute is in preview: without a service level, and without content filters',
  ],
  [
    'preview',
    {},
    managed,
    'fail: Foundry managed compute is in preview, which lifecycle.preview refuses',
    { lifecycle: { preview: 'refused' } },
  ],
  ['accelerators', {}, endpoint, undefined],
  [
    'accelerators',
    {},
    managed,
    'unverified: how many H100_80GB the subscription may use in eastus2 is not known; azure.managedCompute.quotas would say it',
  ],
  [
    'accelerators',
    {},
    { ...managed, location: 'swedencentral' },
    'unverified: how many H100_80GB the subscription may use in swedencentral is not known',
    granted(8),
  ],
  ['accelerators', {}, managed, 'pass: the subscription may use 8 H100_80GB in eastus2', granted(8)],
  ['accelerators', {}, managed, 'fail: the subscription may use no H100_80GB in eastus2', granted(0)],
];

describe('rules of managed compute', () => describeRules(managedComputeRules, cases));
