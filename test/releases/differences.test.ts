import { differences } from './differences';
import { planLines } from './plan-lines';
import { releasedStacks } from './release';

type Blocks = Record<string, Record<string, Record<string, Record<string, unknown>>>>;

/** What release 0.1.0 synthesised of the platform of dev, changed. */
function changed(change: (blocks: Blocks) => void): string[] {
  const before = releasedStacks('0.1.0', 'dev')['dev-platform']?.synthesised;
  const after = structuredClone(before) as Blocks;
  change(after);
  return differences(before, after);
}

function firstOf(blocks: Blocks, type: string): [string, Record<string, unknown>] {
  const [entry] = Object.entries(blocks.resource?.[type] ?? {});
  if (!entry) throw new Error(`no ${type}`);
  return entry;
}

describe('differences from a release', () => {
  it('tells an address that is gone and the new one', () => {
    const lines = changed(blocks => {
      const [id, block] = firstOf(blocks, 'azurerm_key_vault');
      blocks.resource = { ...blocks.resource, azurerm_key_vault: { [`${id}x`]: block } };
    });
    expect(lines).toEqual([
      '+ resource.azurerm_key_vault.key-vault_8913E797x',
      '- resource.azurerm_key_vault.key-vault_8913E797',
    ]);
  });

  it.each([
    [
      'name',
      'kv-other',
      '~ resource.azurerm_key_vault.key-vault_8913E797.name: "kv-dev-564dc" -> "kv-other"',
    ],
    [
      'soft_delete_retention_days',
      undefined,
      '- resource.azurerm_key_vault.key-vault_8913E797.soft_delete_retention_days',
    ],
    ['sku_name', ['a'], '~ resource.azurerm_key_vault.key-vault_8913E797.sku_name: "standard" -> ["a"]'],
    ['new', [1], '+ resource.azurerm_key_vault.key-vault_8913E797.new: [1]'],
  ])('tells another %s', (name, value, line) => {
    expect(changed(blocks => (firstOf(blocks, 'azurerm_key_vault')[1][name] = value))).toEqual([line]);
  });

  it('tells a long value by its length and hash', () => {
    expect(differences({ a: 'x'.repeat(100) }, { a: 'y'.repeat(100) })).toEqual([
      '~ a: (102 characters, sha256 10a9270a01f7) -> (102 characters, sha256 d397a088c185)',
    ]);
  });

  it('tells where a state is kept, and moves', () => {
    const before = { terraform: { backend: { local: { path: 'a' } } } };
    const after = { terraform: { backend: { local: { path: 'b' } } }, moved: [{ from: 'x.a', to: 'x.b' }] };
    expect(differences(before, after)).toEqual([
      '+ moved: [{"from":"x.a","to":"x.b"}]',
      '~ terraform.backend.local.path: "a" -> "b"',
    ]);
  });

  it('passes over what says which tools have written a file', () => {
    const file = (version: string): object => ({
      '//': { metadata: { version } },
      resource: { a: { b: { '//': { version }, name: 'n' } } },
      terraform: { required_providers: { azurerm: { source: 's', version } } },
    });
    expect(differences(file('1'), file('2'))).toEqual([]);
  });
});

describe('lines of plans', () => {
  it('tell every action on a resource, moves, outputs and errors', () => {
    const change = (actions: string[], before: object | null, after: object | null): object => ({
      actions,
      before,
      after,
    });
    const resource = (address: string, of: object, previous?: string): object => ({
      address,
      mode: 'managed',
      change: of,
      ...(previous ? { previous_address: previous } : {}),
    });
    const resource_changes = [
      resource('a.made', change(['create'], null, { name: 'n' })),
      resource('a.kept', change(['no-op'], { name: 'n' }, { name: 'n' })),
      resource('a.new', change(['no-op'], { name: 'n' }, { name: 'n' }), 'a.old'),
      resource('a.changed', change(['update'], { name: 'n', tags: 1 }, { name: 'n', tags: 2 })),
      resource('a.replaced', change(['delete', 'create'], { name: 'n' }, { name: 'm' })),
      { ...resource('data.a.read', change(['read'], null, {})), mode: 'data' },
    ];
    const diagnostics = [{ severity: 'error' as const, summary: 'no', detail: '' }];
    const plan = { format_version: '1.2', resource_changes } as never;
    expect(planLines([{ name: 's', ok: false, diagnostics, changes: [], outputs: ['o'], plan }])).toEqual([
      's: create a.made',
      's: delete/create a.replaced (name)',
      's: error: no',
      's: move a.old to a.new',
      's: output o',
      's: update a.changed (tags)',
    ]);
  });
});
