import { terraformMatchers } from '../../testing';
import { plan } from './plan-fixture';

expect.extend(terraformMatchers);

const network = plan([
  {
    address: 'azurerm_subnet.models',
    change: {
      after: {
        name: 'models',
        address_prefixes: ['10.0.1.0/24'],
        delegation: [{ name: 'aml', actions: ['a', 'b'] }],
      },
      after_unknown: { id: true },
    },
  },
  {
    address: 'azurerm_subnet.other',
    change: { after: { name: 'other', address_prefixes: ['10.0.2.0/24'] } },
  },
  { address: 'azurerm_virtual_network.net', change: { after: { name: 'net' } } },
  { address: 'azurerm_public_ip.gone', change: { actions: ['delete'], before: { name: 'gone' } } },
]);

function failure(check: () => void): string {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the check should have failed');
}

describe('toPlanResource', () => {
  it('passes where a resource has at least the attributes, also nested', () => {
    expect(network).toPlanResource('azurerm_virtual_network');
    expect(network).toPlanResource('azurerm_subnet', { name: 'other', id: undefined });
    expect(network).toPlanResource('azurerm_subnet', { delegation: { name: 'aml' } });
    expect(network).toPlanResource('azurerm_subnet', { delegation: [{ actions: ['a', 'b'] }] });
    expect(network).toPlanResource('azurerm_subnet', { name: expect.stringMatching(/^mod/) });
    expect(network).not.toPlanResource('azurerm_public_ip');
  });

  it('names the closest resource and each path that differs', () => {
    const wrong = { name: 'models', id: 'x', adress_prefixes: [], delegation: { actions: ['a', 'c'] } };
    expect(failure(() => expect(network).toPlanResource('azurerm_subnet', wrong))).toBe(
      `expected a planned azurerm_subnet with these attributes, but none of 2 is; the closest, azurerm_subnet.models:
  id: expected "x", planned (known after apply)
  adress_prefixes: expected [], but there is no such attribute; did you mean address_prefixes?
  delegation[0].actions[1]: expected "c", planned "b"`,
    );
  });

  it('says where long texts differ, and knows camel case', () => {
    const script = (port: number): string => `#!/bin/sh\nset -eu\nexec serve --port ${port}\n`;
    const long = (end: string): string => `${'x'.repeat(100)}${end}${'y'.repeat(100)}`;
    const texts = plan([
      { address: 'a.b', change: { after: { user_data_text: script(80), policy_name: long('A') } } },
    ]);
    const expected = { userDataText: '', user_data_text: script(443), policy_name: long('B') };
    expect(failure(() => expect(texts).toPlanResource('a', expected))).toBe(
      `expected a planned a with these attributes, but a.b is not:
  userDataText: expected "", but there is no such attribute; did you mean user_data_text?
  user_data_text, line 3: expected "exec serve --port 443", planned "exec serve --port 80"
  policy_name, from character 101: expected …"${'x'.repeat(20)}B${'y'.repeat(39)}"…, planned …"${'x'.repeat(20)}A${'y'.repeat(39)}"…`,
    );
    expect(failure(() => expect(texts).toPlanResource('a', { user_data_text: `${script(80)}exit 0` }))).toBe(
      'expected a planned a with these attributes, but a.b is not:\n' +
        '  user_data_text, line 4: expected "exit 0", planned ""',
    );
  });

  it('names the closest types when there is none of the type', () => {
    expect(failure(() => expect(network).toPlanResource('azurerm_subnets'))).toBe(
      `expected a planned azurerm_subnets, but there is none; the plan has 2 types, the closest:
  azurerm_subnet`,
    );
    expect(failure(() => expect(plan([])).toPlanResource('azurerm_subnet'))).toBe(
      'expected a planned azurerm_subnet, but the plan has no resources',
    );
  });

  it('names the resource that should not be there', () => {
    expect(failure(() => expect(network).not.toPlanResource('azurerm_subnet', { name: 'models' }))).toBe(
      'expected no planned azurerm_subnet with these attributes, but azurerm_subnet.models has them',
    );
  });
});

describe('the matchers of what a plan does', () => {
  const replacing = plan([
    {
      address: 'azurerm_subnet.models',
      change: {
        actions: ['delete', 'create'],
        before: {},
        after: {},
        replace_paths: [['delegation', 0, 'name']],
      },
    },
    { address: 'azurerm_subnet.same', change: { actions: ['no-op'], before: {}, after: {} } },
  ]);
  const moving = plan([{ address: 'a.new', previous_address: 'a.old', change: { actions: ['no-op'] } }], {
    directory: { actions: ['update'] },
  });

  it('toHaveNoChanges lists every change of a resource or an output', () => {
    expect(plan([{ address: 'a.b', change: { actions: ['no-op'] } }])).toHaveNoChanges();
    expect(failure(() => expect([replacing, moving]).toHaveNoChanges())).toBe(
      `expected a plan without changes, but it has 3:
  azurerm_subnet.models: delete and create
  a.new: moved from a.old
  output directory: update`,
    );
  });

  it('toHaveNoReplacement names the attributes that force one', () => {
    expect(network).toHaveNoReplacement();
    expect(failure(() => expect(replacing).toHaveNoReplacement())).toBe(
      'expected a plan without replacement, but it has 1:\n  azurerm_subnet.models: delegation[0].name forces it',
    );
  });

  it('toHaveNoDestroy counts replacements too', () => {
    expect(moving).toHaveNoDestroy();
    expect(failure(() => expect([network, replacing]).toHaveNoDestroy())).toBe(
      `expected a plan without destroy, but it has 2:
  azurerm_public_ip.gone: delete
  azurerm_subnet.models: delete and create`,
    );
    expect(failure(() => expect(moving).not.toHaveNoDestroy())).toBe(
      'expected a plan with destroy, but it has none',
    );
  });

  it('need a plan, and say whose is missing', () => {
    const stack = {
      name: 'dev-hosted',
      ok: false,
      changes: [],
      outputs: [],
      diagnostics: [{ severity: 'error', summary: 'Invalid provider', detail: '' }],
    } as const;
    expect(failure(() => expect(stack).toHaveNoChanges())).toBe(
      'stack dev-hosted has no plan: Terraform could not make one: Invalid provider',
    );
  });

  it('work without jest', () => {
    const { pass, message } = terraformMatchers.toHaveNoDestroy(replacing);
    expect(pass).toBe(false);
    expect(message()).toContain('azurerm_subnet.models');
  });
});
