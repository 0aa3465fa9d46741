import { SlmHost } from '../../../constructs/host';
import type { HostPower, SlmHostProps } from '../../../constructs/host';
import { KeyVault } from '../../../constructs/security';
import { group, inventory, messageOf, only, resourcesOf, surroundings } from '../synthesised';
import { chat, engine } from './recipe';

const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-dev`;
const scheduled = {
  kind: 'scheduled',
  timeZone: 'W. Europe Standard Time',
  start: { time: '07:30', days: ['mon', 'fri'] },
  stop: { time: '19:00', days: ['mon', 'fri'] },
} as const;

function resources(power?: HostPower, change: Partial<SlmHostProps> = {}) {
  const { stack, ...rest } = surroundings();
  const keyVault = KeyVault.fromAttributes(stack, 'Vault', { id: vaultId, name: 'kv-dev' });
  const props = { ...rest, keyVault, name: 'support', size: 'Standard_D4as_v5', engine, models: [chat] };
  new SlmHost(stack, 'Host', { ...props, power, ...change });
  return resourcesOf(stack);
}

const all = (of: ReturnType<typeof resources>, type: string) => Object.values(of[type] ?? {});
const idOf = (of: ReturnType<typeof resources>, type: string, i = 0) =>
  `\${${type}.${Object.keys(of[type] ?? {})[i] ?? ''}.id}`;

describe('a host that is always on', () => {
  it('has nothing that switches it, and is no spot machine', () => {
    const made = resources();
    expect(inventory(made)).not.toHaveProperty('azurerm_logic_app_workflow');
    expect(only(made, 'azurerm_linux_virtual_machine')).not.toHaveProperty('priority');
  });
});

describe('a host on a schedule', () => {
  const made = resources(scheduled, { count: 2 });

  it('is started and deallocated each week, in its own time zone', () => {
    const triggers = all(made, 'azurerm_logic_app_trigger_recurrence');
    const common = { frequency: 'Week', interval: 1, time_zone: 'W. Europe Standard Time' };
    expect(triggers).toEqual([
      expect.objectContaining({
        ...common,
        name: 'deallocate',
        schedule: { at_these_hours: [19], at_these_minutes: [0], on_these_days: ['Monday', 'Friday'] },
      }),
      expect.objectContaining({
        ...common,
        name: 'start',
        schedule: { at_these_hours: [7], at_these_minutes: [30], on_these_days: ['Monday', 'Friday'] },
      }),
    ]);
  });

  it('asks Azure itself for what its trigger is named after, as an identity of its own, for each machine', () => {
    // The second identity is the machines' own.
    const identities = all(made, 'azurerm_user_assigned_identity').map(({ name }) => name);
    const power = idOf(made, 'azurerm_user_assigned_identity', identities.indexOf('id-support-power'));
    const bodies = all(made, 'azurerm_logic_app_action_custom').map(
      ({ body }) => JSON.parse(String(body)) as unknown,
    );
    const machines = [0, 1].map(i => idOf(made, 'azurerm_linux_virtual_machine', i));
    expect(bodies).toEqual(
      machines.map(machine => ({
        type: 'Http',
        inputs: {
          method: 'POST',
          uri: `https://management.azure.com${machine}/@{trigger()['name']}?api-version=2024-07-01`,
          authentication: {
            type: 'ManagedServiceIdentity',
            identity: power,
            audience: 'https://management.azure.com/',
          },
        },
        runAfter: {},
      })),
    );
  });

  it('may only switch its own machines', () => {
    const grants = all(made, 'azurerm_role_assignment').filter(
      ({ role_definition_name: role }) => role === 'Desktop Virtualization Power On Off Contributor',
    );
    expect(grants.map(({ scope }) => scope)).toEqual(
      [0, 1].map(i => idOf(made, 'azurerm_linux_virtual_machine', i)),
    );
  });

  it('keeps a log of each run, and has triggers only once there is something to do', () => {
    expect(only(made, 'azurerm_monitor_diagnostic_setting')['target_resource_id']).toBe(
      idOf(made, 'azurerm_logic_app_workflow'),
    );
    const actions = Object.keys(made['azurerm_logic_app_action_custom'] ?? {});
    for (const { depends_on: after } of all(made, 'azurerm_logic_app_trigger_recurrence')) {
      expect(after).toEqual(actions.map(id => `azurerm_logic_app_action_custom.${id}`));
    }
  });

  it.each([
    [{ time: '24:00', days: ['mon'] }],
    [{ time: '7:00', days: ['mon'] }],
    [{ time: '07:00', days: [] }],
    [{ time: '07:00', days: ['mon', 'mon'] }],
  ] as const)('refuses %j', stop => {
    expect(messageOf(() => resources({ ...scheduled, stop }))).toBe(
      `invalid props of dev/Host:\n  - power.stop must be a time from 00:00 to 23:59 on one or more different days of mon to sun, not ${JSON.stringify(stop)}: correct it`,
    );
  });
});

describe('a host on spot', () => {
  const made = resources({ kind: 'spot' });

  it('is deallocated when Azure needs the room, which keeps its disk and address', () => {
    expect(only(made, 'azurerm_linux_virtual_machine')).toMatchObject({
      priority: 'Spot',
      eviction_policy: 'Deallocate',
    });
  });

  it('is started again every half hour', () => {
    const trigger = only(made, 'azurerm_logic_app_trigger_recurrence');
    expect(trigger).toMatchObject({ name: 'start', frequency: 'Minute', interval: 30 });
    expect(trigger).not.toHaveProperty('schedule');
  });
});
