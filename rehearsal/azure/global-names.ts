import { parseArmId, sameId } from '../../text/arm-id';
import { AzureError } from './azure-error';
import type { SimulatedResource } from './simulated-azure';
import type { Store } from './store';

/** A name that becomes a host name must be free in all of Azure. */
interface GlobalName {
  readonly attribute: string;
  readonly code: string;
  readonly reason: (name: string) => string;
}

const GLOBAL_NAMES: Readonly<Record<string, GlobalName>> = {
  azurerm_cognitive_account: {
    attribute: 'custom_subdomain_name',
    code: 'CustomDomainInUse',
    reason: name =>
      `Please pick a different name. The subdomain name '${name}' is not available as it's already used by a resource.`,
  },
  azurerm_container_registry: {
    attribute: 'name',
    code: 'AlreadyInUse',
    reason: name => `The registry DNS name ${name.toLowerCase()}.azurecr.io is already in use.`,
  },
  azurerm_key_vault: {
    attribute: 'name',
    code: 'VaultAlreadyExists',
    reason: name =>
      `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
  },
  azurerm_storage_account: {
    attribute: 'name',
    code: 'StorageAccountAlreadyTaken',
    reason: name => `The storage account named ${name} is already taken.`,
  },
};

/**
 * Checks that a name which becomes a host name is free.
 * @throws AzureError when another resource of the simulated Azure has it.
 */
export function checkGlobalName(store: Store, resource: SimulatedResource): void {
  const rule = GLOBAL_NAMES[resource.type];
  const name = rule && resource.attributes[rule.attribute];
  if (!rule || typeof name !== 'string') return;
  const taken = store
    .ofType(resource.type)
    .some(
      other =>
        !sameId(other.id, resource.id) &&
        String(other.attributes[rule.attribute]).toLowerCase() === name.toLowerCase(),
    );
  if (taken && parseArmId(resource.id)) throw new AzureError(409, rule.code, rule.reason(name));
}
