import { App, DataResource, TerraformOutput, TerraformStack } from 'cdktf';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRehearsal, planSnapshot } from '../../testing';
import { plan } from './plan-fixture';

describe('a plan snapshot', () => {
  it('shows creates by attribute, with unknowns, hidden secrets and nothing that is empty', () => {
    const created = plan(
      [
        {
          address: 'azurerm_cognitive_account.hosted',
          change: {
            after: {
              name: 'berth-dev',
              tags: { environment: 'dev', 'cost centre': '42' },
              network_acls: [{ default_action: 'Deny', ip_rules: [] }],
              primary_access_key: 'abc',
              kind: null,
              policy: '{"a":{"b":1}}',
              script: '#!/bin/sh\nexit 0\n',
            },
            after_unknown: { id: true, network_acls: [{ bypass: true }], tags: {} },
            after_sensitive: { primary_access_key: true, tags: {} },
          },
        },
      ],
      { directory: { after: { chat: { model: 'gpt-4o' } }, after_sensitive: false } },
    );
    expect(planSnapshot(created)).toBe(
      `+ azurerm_cognitive_account.hosted
  id = (known after apply)
  name = "berth-dev"
  network_acls[0].bypass = (known after apply)
  network_acls[0].default_action = "Deny"
  policy =
  | {
  |   "a": {
  |     "b": 1
  |   }
  | }
  primary_access_key = (sensitive)
  script =
  | #!/bin/sh
  | exit 0
  tags."cost centre" = "42"
  tags.environment = "dev"
+ output directory
  value.chat.model = "gpt-4o"
`,
    );
  });

  it('shows only what an update changes, and what forces a replacement', () => {
    const changed = plan([
      {
        address: 'azurerm_b.two',
        change: {
          actions: ['delete', 'create'],
          before: { id: '/subscriptions/x', name: 'old', os: [{ disk: 30 }], size: 'a' },
          after: { name: 'new', os: [{ disk: 40 }], size: 'b' },
          after_unknown: { id: true },
          replace_paths: [['name'], ['os', 0, 'disk']],
        },
      },
      {
        address: 'azurerm_a.one',
        change: {
          actions: ['update'],
          before: { same: 1, sku: 'S0', tags: null, token: 'x', etag: 'a'.repeat(64) },
          after: { same: 1, sku: 'S1', tags: { owner: 'me' }, token: 'y', etag: 'b'.repeat(64) },
          before_sensitive: { token: true },
          after_sensitive: { token: true },
        },
      },
      { address: 'azurerm_c.gone', change: { actions: ['delete'], before: { name: 'gone' } } },
      { address: 'azurerm_d.kept', change: { actions: ['no-op'], before: { a: 1 }, after: { a: 1 } } },
      {
        address: 'azurerm_e.new',
        previous_address: 'azurerm_e.old',
        change: { actions: ['no-op'], before: { a: 1 }, after: { a: 1 } },
      },
      { address: 'azurerm_f.found', change: { actions: ['no-op'], importing: { id: '/subscriptions/x' } } },
    ]);
    expect(planSnapshot(changed)).toBe(
      `~ azurerm_a.one
  etag: "<sha256>" -> another "<sha256>"
  sku: "S0" -> "S1"
  tags.owner: (none) -> "me"
  token: (sensitive) -> another (sensitive)
-/+ azurerm_b.two
  id: "/subscriptions/x" -> (known after apply)
  name: "old" -> "new"  # forces replacement
  os[0].disk: 30 -> 40  # forces replacement
  size: "a" -> "b"
- azurerm_c.gone
= azurerm_e.new
  moved from azurerm_e.old
= azurerm_f.found
  imported from /subscriptions/x
`,
    );
  });

  it('says so when there is nothing to do', () => {
    expect(planSnapshot(plan([]))).toBe('no changes\n');
  });

  it.each([
    ['guids', 'a 3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'a <guid>'],
    [
      'guids',
      '/roleDefinitions/3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      '/roleDefinitions/3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    ],
    ['guids', '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000'],
    ['hashes', `asset.${'0a'.repeat(32)}`, 'asset.<sha256>'],
    ['hashes', 'd41d8cd98f00b204e9800998ecf8427e', '<md5>'],
    ['paths', 'see /home/me/app/x.zip', 'see <path>'],
    ['paths', '/opt/berth/unit', '/opt/berth/unit'],
    ['times', 'at 2026-11-24T04:06:56.318254Z', 'at <time>'],
    ['times', 'gpt-4o 2024-11-20', 'gpt-4o 2024-11-20'],
    ['versions', 'cdktf/0.21.0 cdktf@0.21.1', 'cdktf/<version> cdktf@<version>'],
    ['versions', 'Microsoft.Web/sites@2024-04-01 1.2.3', 'Microsoft.Web/sites@2024-04-01 1.2.3'],
  ] as const)('normalises %s: %s', (name, given, shown) => {
    const created = plan([{ address: 'a.b', change: { after: { x: given } } }]);
    expect(planSnapshot(created)).toBe(`+ a.b\n  x = "${shown}"\n`);
    expect(planSnapshot(created, { keep: [name] })).toBe(`+ a.b\n  x = "${given}"\n`);
  });

  it('changes by one line when one attribute of the code changes', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-snapshot-'));
    const app = (model: string): App => {
      const result = new App({ outdir: join(directory, 'out') });
      const stack = new TerraformStack(result, 'models');
      const data = new DataResource(stack, 'chat', { input: { model, capacity: 10 } });
      new TerraformOutput(stack, 'chat-id', { value: data.id, staticId: true });
      return result;
    };
    const rehearsal = await openRehearsal(app('gpt-4o'));
    try {
      const before = planSnapshot(await rehearsal.plan());
      expect(before).toBe(
        'stack models\n+ terraform_data.chat\n  id = (known after apply)\n  input.capacity = 10\n' +
          '  input.model = "gpt-4o"\n  output = (known after apply)\n+ output chat-id\n  value = (known after apply)\n',
      );
      await rehearsal.use(app('gpt-5-mini'));
      expect(planSnapshot(await rehearsal.plan())).toBe(before.replace('gpt-4o', 'gpt-5-mini'));
    } finally {
      await rehearsal.close();
      rmSync(directory, { recursive: true });
    }
  });
});
