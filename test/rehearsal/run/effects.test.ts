import { effectsOf } from '../../../rehearsal/run';
import type { ResourceChange, StackResult } from '../../../rehearsal/run';

function result(change: Partial<ResourceChange> & Pick<ResourceChange, 'change'>): StackResult {
  const resource = {
    address: `${change.type ?? 'azurerm_subnet'}.a`,
    mode: 'managed',
    type: 'azurerm_subnet',
    name: 'a',
  };
  return {
    name: 's',
    ok: true,
    skipped: false,
    summary: { add: 0, change: 0, remove: 0 },
    created: [],
    changed: [],
    destroyed: [],
    diagnostics: [],
    outputs: {},
    resources: [],
    plan: { format_version: '1.2', resource_changes: [{ ...resource, ...change } as ResourceChange] },
  };
}

const [small, large] = [
  { name: 'vm', size: 'Standard_B1s', tags: null },
  { name: 'vm', size: 'Standard_B2s', tags: null },
];

describe('effects of a plan', () => {
  it.each<[string, Partial<ResourceChange> & Pick<ResourceChange, 'change'>, object[]]>([
    ['no change', { change: { actions: ['no-op'], before: small, after: small } }, []],
    ['a read', { mode: 'data', change: { actions: ['read'], before: null, after: {} } }, []],
    [
      'a creation',
      { change: { actions: ['create'], before: null, after: { name: 'n' } } },
      [{ kind: 'made', name: 'n', because: [] }],
    ],
    [
      'a destruction',
      { change: { actions: ['delete'], before: { name: 'n' }, after: null } },
      [{ kind: 'destroyed', name: 'n', because: [] }],
    ],
    [
      'a replacement whose new one comes first',
      {
        change: {
          actions: ['create', 'delete'],
          before: { name: 'n' },
          after: { name: 'm' },
          replace_paths: [['name'], ['zones', 0]],
        },
      },
      [{ kind: 'replaced', name: 'n', because: ['name', 'zones'], isNewFirst: true }],
    ],
    [
      'a replacement whose old one goes first',
      {
        change: {
          actions: ['delete', 'create'],
          before: { name: 'n' },
          after: { name: 'm' },
          replace_paths: [['name'], ['zones', 0]],
        },
      },
      [{ kind: 'replaced', name: 'n', because: ['name', 'zones'] }],
    ],
    [
      'an update, and what is known only later',
      {
        change: {
          actions: ['update'],
          before: { a: 1, b: 2, c: 3 },
          after: { a: 2, b: 2 },
          after_unknown: { c: true },
        },
      },
      [{ kind: 'changed', because: ['a', 'c'] }],
    ],
    [
      'another size of a machine, which is powered off for it',
      { type: 'azurerm_linux_virtual_machine', change: { actions: ['update'], before: small, after: large } },
      [{ kind: 'restarted', name: 'vm', because: ['size'] }],
    ],
    [
      'another tag of a machine, which runs on',
      {
        type: 'azurerm_linux_virtual_machine',
        change: { actions: ['update'], before: small, after: { ...small, tags: {} } },
      },
      [{ kind: 'changed', name: 'vm', because: ['tags'] }],
    ],
    ['what Terraform forgets', { change: { actions: ['forget'], before: small, after: null } }, []],
  ])('tell %s', (_, change, expected) => {
    const { type = 'azurerm_subnet' } = change;
    expect(effectsOf([result(change)])).toEqual(
      expected.map(each => ({ stack: 's', address: `${type}.a`, type, ...each })),
    );
  });
});
