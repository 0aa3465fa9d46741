import { isOlder } from '../../text/version';
import type { Json } from '../azure/simulated-azure';
import table from './azurerm-facts.json';

/** What a binding does not tell about a resource type. Paths are dotted: `sku.capacity`. */
export interface TypeFacts {
  /** Paths whose change replaces the resource; a block's own path means that its count changed. */
  readonly forceNew?: readonly string[];
  readonly defaults?: Readonly<Record<string, Json>>;
  /** Blocks that Azure fills when the configuration has none. */
  readonly computedBlocks?: readonly string[];
  readonly sensitive?: readonly string[];
  /** List limits above one. */
  readonly maxItems?: Readonly<Record<string, number>>;
  readonly schemaVersion?: number;
}

/** Types that the schema export left out. Source: azurerm 4.55 provider documentation, read 2026-11. */
const fromDocumentation: Readonly<Record<string, TypeFacts>> = {
  azurerm_network_interface_backend_address_pool_association: {
    forceNew: ['backend_address_pool_id', 'ip_configuration_name', 'network_interface_id'],
  },
  azurerm_logic_app_workflow: {
    forceNew: [
      'name',
      'resource_group_name',
      'location',
      'integration_service_environment_id',
      'workflow_schema',
      'workflow_version',
    ],
    defaults: {
      enabled: true,
      workflow_schema:
        'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      workflow_version: '1.0.0.0',
    },
  },
  azurerm_logic_app_trigger_recurrence: { forceNew: ['name', 'logic_app_id'] },
  azurerm_logic_app_action_custom: { forceNew: ['name', 'logic_app_id'] },
};

/** Facts of azurerm 4.55.0 by resource type. Source and date are in the table. */
const azurermFacts: Readonly<Record<string, TypeFacts>> = { ...table.types, ...fromDocumentation };

/** Defaults that version 4.0 changed, as they were. Source: azurerm's 4.0 upgrade guide, read 2026-11. */
const defaultsBefore4: Readonly<Record<string, NonNullable<TypeFacts['defaults']>>> = {
  azurerm_lb: { sku: 'Basic' },
  azurerm_public_ip: { sku: 'Basic' },
  azurerm_storage_account: { cross_tenant_replication_enabled: true },
};

/** Facts of a type of azurerm. @param version the azurerm whose bindings are read, for example `3.116.0` */
export function azurermFactsOf(type: string, version: string): TypeFacts | undefined {
  const facts = azurermFacts[type];
  if (!facts || !isOlder(version, '4.0.0')) return facts;
  return { ...facts, defaults: { ...facts.defaults, ...defaultsBefore4[type] } };
}
