import type { Change } from '../../rehearsal/run';
import { costChanges, terraformMatchers } from '../../testing';
import { plan } from './plan-fixture';

expect.extend(terraformMatchers);

const update = (address: string, before: object, after: object, more: Partial<Change> = {}) =>
  plan([{ address, change: { actions: ['update'], before, after, ...more } }]);

const billed = plan([
  {
    address: 'azurerm_linux_virtual_machine.new',
    change: { after: { name: 'vm', size: 'Standard_B2s', os_disk: [{ disk_size_gb: 30, caching: 'None' }] } },
  },
  { address: 'azurerm_cognitive_account.new', change: { after: { name: 'x', kind: 'OpenAI' } } },
  { address: 'azurerm_public_ip.gone', change: { actions: ['delete'], before: { sku: 'Standard' } } },
  {
    address: 'azurerm_cognitive_deployment.chat',
    change: {
      actions: ['delete', 'create'],
      before: { name: 'a', sku: [{ name: 'Standard', capacity: 10 }], model: [{ version: '1' }] },
      after: { name: 'b', sku: [{ name: 'Standard', capacity: 20 }], model: [{ version: '2' }] },
    },
  },
]);

describe('the changes that the bill would show', () => {
  it('are of what is created, destroyed, or of another size, with old and new values', () => {
    const { pass, message } = terraformMatchers.toHaveNoCostChanges(billed);
    expect(pass).toBe(false);
    expect(message()).toBe(`expected a plan without cost-relevant changes, but it has 4:
  azurerm_linux_virtual_machine.new: created (os_disk[0].disk_size_gb 30, size "Standard_B2s")
  azurerm_cognitive_account.new: created
  azurerm_public_ip.gone: destroyed (sku "Standard")
  azurerm_cognitive_deployment.chat: model[0].version: "1" -> "2", sku[0].capacity: 10 -> 20`);
    expect(costChanges(billed)[3]).toEqual({
      place: 'azurerm_cognitive_deployment.chat',
      type: 'azurerm_cognitive_deployment',
      action: 'changed',
      attributes: [
        { path: 'model[0].version', before: '"1"', after: '"2"' },
        { path: 'sku[0].capacity', before: '10', after: '20' },
      ],
    });
  });

  it.each([
    ['azurerm_a.b', { sku_name: 'B1' }, { sku_name: 'P1v3' }, 'sku_name: "B1" -> "P1v3"'],
    ['azurerm_a.b', { vm_size: 'a' }, { vm_size: 'b' }, 'vm_size: "a" -> "b"'],
    ['azurerm_a.b', { instances: 1 }, { instances: 3 }, 'instances: 1 -> 3'],
    ['azurerm_a.b', {}, { max_count: 3 }, 'max_count: (none) -> 3'],
    ['azurerm_a.b', { disk_size_gb: 30 }, { disk_size_gb: 64 }, 'disk_size_gb: 30 -> 64'],
    ['azurerm_a.b', { access_tier: 'Hot' }, { access_tier: 'Cool' }, 'access_tier: "Hot" -> "Cool"'],
    [
      'azurerm_monitor_autoscale_setting.b',
      { profile: [{ capacity: [{ default: 1, minimum: 1, maximum: 3 }] }] },
      { profile: [{ capacity: [{ default: 1, minimum: 1, maximum: 30 }] }] },
      'profile[0].capacity[0].maximum: 3 -> 30',
    ],
    [
      'azurerm_machine_learning_compute_cluster.b',
      { vm_priority: 'LowPriority', scale_settings: [{ max_node_count: 1 }] },
      { vm_priority: 'Dedicated', scale_settings: [{ max_node_count: 50 }] },
      'scale_settings[0].max_node_count: 1 -> 50, vm_priority: "LowPriority" -> "Dedicated"',
    ],
    [
      'azurerm_container_app.b',
      { template: [{ container: [{ cpu: 0.25, memory: '0.5Gi' }], max_replicas: 1 }] },
      { template: [{ container: [{ cpu: 4, memory: '8Gi' }], max_replicas: 30 }] },
      'template[0].container[0].cpu: 0.25 -> 4, template[0].container[0].memory: "0.5Gi" -> "8Gi", template[0].max_replicas: 1 -> 30',
    ],
    [
      'azurerm_postgresql_flexible_server.b',
      { storage_mb: 32768 },
      { storage_mb: 1048576, high_availability: [{ mode: 'SameZone' }] },
      'high_availability[0].mode: (none) -> "SameZone", storage_mb: 32768 -> 1048576',
    ],
    [
      'azurerm_container_group.b',
      { container: [{ cpu: 1 }] },
      { container: [{ cpu: 16 }] },
      'container[0].cpu: 1 -> 16',
    ],
    ['azurerm_linux_virtual_machine.b', { priority: 'Spot' }, {}, 'priority: "Spot" -> (none)'],
    [
      'azapi_resource.b',
      { body: { properties: { vmSize: 'a', instanceCount: 1 } } },
      { body: { properties: { vmSize: 'b', instanceCount: 2 } } },
      'body.properties.instanceCount: 1 -> 2, body.properties.vmSize: "a" -> "b"',
    ],
  ])('count %s %j -> %j', (address, before, after, said) => {
    expect(terraformMatchers.toHaveNoCostChanges(update(address, before, after)).message()).toBe(
      `expected a plan without cost-relevant changes, but it has 1:\n  ${address}: ${said}`,
    );
  });

  it('say what is not known yet, and show nothing sensitive', () => {
    const unknown = update('azurerm_a.b', { size: 'a' }, {}, { after_unknown: { size: true } });
    expect(costChanges(unknown)[0]?.attributes).toEqual([
      { path: 'size', before: '"a"', after: '(known after apply)' },
    ]);
    const hidden = update('azurerm_a.b', { size: 'a' }, { size: 'b' }, { after_sensitive: { size: true } });
    expect(costChanges(hidden)[0]?.attributes).toEqual([
      { path: 'size', before: '(sensitive)', after: '(sensitive)' },
    ]);
  });

  it.each([
    ['what is free', plan([{ address: 'azurerm_subnet.b', change: { after: { name: 'x' } } }])],
    ['another description', update('azurerm_a.b', { description: 'a' }, { description: 'b' })],
    [
      'tags, whatever they are called',
      update('azurerm_a.b', { tags: { size: 'a' } }, { tags: { size: 'b' } }),
    ],
    ['the order of rules', update('azurerm_firewall_policy.b', { priority: 100 }, { priority: 200 })],
    ['a replacement by the same', update('azurerm_a.b', { size: 'a', name: 'x' }, { size: 'a', name: 'y' })],
    [
      'what is only forgotten',
      plan([{ address: 'azurerm_a.b', change: { actions: ['forget'], before: {} } }]),
    ],
  ])('are not of %s', (_what, free) => {
    expect(free).toHaveNoCostChanges();
  });
});
