/**
 * Attributes for whose change azurerm 4 powers a virtual machine off, and on again: read in the updates of its
 * `linux_virtual_machine` and `windows_virtual_machine`, 2026-11-30.
 */
const virtualMachine: ReadonlySet<string> = new Set([
  'additional_capabilities',
  'capacity_reservation_group_id',
  'dedicated_host_group_id',
  'dedicated_host_id',
  'encryption_at_host_enabled',
  'max_bid_price',
  'network_interface_ids',
  'os_disk',
  'proximity_placement_group_id',
  'size',
]);

const restarting: Readonly<Record<string, ReadonlySet<string>>> = {
  azurerm_linux_virtual_machine: virtualMachine,
  azurerm_windows_virtual_machine: virtualMachine,
};

/** Whether a resource that stays is down for a while when the attribute changes. */
export function restartsOn(type: string, attribute: string): boolean {
  return restarting[type]?.has(attribute) ?? false;
}
