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

  it('shows a change of a script, of JSON and of base64 text line by line', () => {
    const lines = (third: string): string => `one\ntwo\n${third}\nfour\nfive\nsix\n`;
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const values = (value: string) => ({
      script: lines(value),
      policy: JSON.stringify({ effect: value, rules: [1] }),
      user_data: base64(`#cloud-config\npackages: [${value}]\n`),
      hidden: lines(value),
      computed: lines(value),
      layout: value === 'old' ? '{"a":1,"b":2}' : '{"a": 1, "b": 2}',
    });
    const changed = plan([
      {
        address: 'a.b',
        change: {
          actions: ['update'],
          before: values('old'),
          after: { ...values('new'), computed: undefined },
          after_unknown: { computed: true },
          after_sensitive: { hidden: true },
          replace_paths: [['user_data']],
        },
      },
    ]);
    expect(planSnapshot(changed)).toBe(`~ a.b
  computed: (text of 6 lines) -> (known after apply)
  hidden: (sensitive) -> another (sensitive)
  layout:
  |   (only white space or the order it is written in differs)
  policy:
  |   {
  | -   "effect": "old",
  | +   "effect": "new",
  |     "rules": [
  |       1
  |   …
  script:
  |   one
  |   two
  | - old
  | + new
  |   four
  |   five
  |   …
  user_data:  # forces replacement
  |   #cloud-config
  | - packages: [old]
  | + packages: [new]
`);
    expect(
      planSnapshot(plan([{ address: 'a.b', change: { after: { data: base64('a: 1\nb: 2\nc: 3\n') } } }])),
    ).toBe('+ a.b\n  data =\n  | a: 1\n  | b: 2\n  | c: 3\n');
  });

  it('knows blocks by their names and scalars by their values, so that one more is one more line', () => {
    const rule = (name: string, port: number) => ({ name, port });
    const created = (rules: object[], zones: string[]): string =>
      planSnapshot(plan([{ address: 'a.b', change: { after: { rule: rules, zones } } }]));
    const before = created([rule('http', 80), rule('ssh', 22)], ['1', '3']);
    expect(before).toBe(
      '+ a.b\n  rule["http"].name = "http"\n  rule["http"].port = 80\n  rule["ssh"].name = "ssh"\n' +
        '  rule["ssh"].port = 22\n  zones[] = "1"\n  zones[] = "3"\n',
    );
    expect(created([rule('https', 443), rule('http', 80), rule('ssh', 22)], ['1', '2', '3'])).toBe(
      before
        .replace('  rule["ssh"].name', '  rule["https"].name = "https"\n  rule["https"].port = 443\n$&')
        .replace('  zones[] = "3"', '  zones[] = "2"\n$&'),
    );
    const updated = plan([
      {
        address: 'a.b',
        change: {
          actions: ['delete', 'create'],
          before: { rule: [rule('http', 80), rule('ssh', 22)], zones: ['1', '2', '3'], ids: ['x'] },
          after: { rule: [rule('ssh', 2222), rule('http', 80)], zones: ['1', '4', '3', '5'], ids: null },
          after_unknown: { ids: true },
          replace_paths: [['zones'], ['rule', 0, 'port']],
        },
      },
    ]);
    expect(planSnapshot(updated)).toBe(`-/+ a.b
  ids: ["x"] -> (known after apply)
  rule["ssh"].port: 22 -> 2222  # forces replacement
  zones[]: "2" -> "4"  # forces replacement
  zones[]: (none) -> "5"  # forces replacement
`);
  });

  it('counts what only the provider sets and nobody knows yet', () => {
    const change = {
      before: { id: '/x', zone: '1', address: '10.0.0.4', port: 1 },
      after: { port: 2 },
      after_unknown: { id: true, zone: true, address: true, rule: [{ id: true }] },
    };
    const created = plan([
      { address: 'a.b[0]', change: { ...change, before: null } },
      { address: 'a.c', change: { ...change, actions: ['update'] } },
      { address: 'module.m.a.d', change: { after_unknown: { id: true } } },
    ]);
    const resources = ['a.b', 'a.c'].map(address => ({
      address,
      expressions: { zone: {}, rule: [{}], port: {} },
    }));
    expect(planSnapshot({ ...created, configuration: { root_module: { resources } } })).toBe(`+ a.b[0]
  port = 2
  rule[0].id = (known after apply)
  zone = (known after apply)
  (2 more known after apply)
~ a.c
  port: 1 -> 2
  rule[0].id: (none) -> (known after apply)
  zone: "1" -> (known after apply)
  (2 more known after apply)
+ module.m.a.d
  id = (known after apply)
`);
  });

  it('hides what holds something sensitive, on both sides', () => {
    const changed = plan([
      {
        address: 'a.b',
        change: {
          actions: ['update'],
          before: { list: [{ key: 'hunter2' }], plain: 'hunter2', one: { key: 'hunter2' } },
          after: { list: 'text', plain: 'other', one: null },
          before_sensitive: { list: [{ key: true }] },
          after_sensitive: { plain: true },
          after_unknown: { one: true },
        },
      },
    ]);
    expect(planSnapshot(changed)).toBe(`~ a.b
  list: (sensitive) -> "text"
  one: {"key":"hunter2"} -> (known after apply)
  plain: (sensitive) -> another (sensitive)
`);
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
        'stack models\n+ terraform_data.chat\n  input.capacity = 10\n  input.model = "gpt-4o"\n' +
          '  (2 more known after apply)\n+ output chat-id\n  value = (known after apply)\n',
      );
      await rehearsal.use(app('gpt-5-mini'));
      expect(planSnapshot(await rehearsal.plan())).toBe(before.replace('gpt-4o', 'gpt-5-mini'));
    } finally {
      await rehearsal.close();
      rmSync(directory, { recursive: true });
    }
  });
});
