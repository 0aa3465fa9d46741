import { parseArmId } from '../../../text/arm-id';
import { AzureError } from '../azure-error';
import type { Json } from '../simulated-azure';
import type { Store } from '../store';
import type { ArmView, JsonObject } from './arm-view';
import type { ServiceRules } from './service';

/**
 * Microsoft.KeyVault. Sources: the documentation of Azure Service Operator, "KeyVaults" (`recover` fails where no deleted vault
 * has the name), and AzureCosmosDB/OmniVec pull request 24 (the code of that error); read 2026-11.
 */
export const KEY_VAULT: readonly ServiceRules[] = [
  { armType: 'microsoft.keyvault/vaults', checkWrite: checkRecovery },
];

function checkRecovery(store: Store, { id, properties }: ArmView): void {
  if (!asksToRecover(properties) || store.get(id) || isDeleted(store, id)) return;
  throw new AzureError(
    400,
    'SoftDeletedVaultDoesNotExist',
    `A soft deleted vault with the given name does not exist: '${parseArmId(id)?.name}'. Create it with createMode 'default'.`,
  );
}

/** Whether a vault is to be what was deleted under its name, instead of a new one. */
export function asksToRecover(properties: JsonObject): boolean {
  return properties['createMode'] === 'recover';
}

function isDeleted(store: Store, id: string): boolean {
  return store.softDeleted().some(kept => kept.id.toLowerCase() === id.toLowerCase());
}

const DELETED_VAULTS = 'microsoft.keyvault/locations/deletedvaults';

/**
 * What a GET of `/subscriptions/…/providers/Microsoft.KeyVault/locations/{location}/deletedVaults/{name}` answers; undefined when
 * no vault of that name was deleted there. The dates of deletion and purge are left out.
 */
export function deletedVault(store: Store, id: string): { readonly [key: string]: Json } | undefined {
  const asked = parseArmId(id);
  if (asked?.type.toLowerCase() !== DELETED_VAULTS) return undefined;
  const location = parseArmId(asked.parent ?? '')?.name;
  const kept = store
    .softDeleted()
    .find(
      each =>
        parseArmId(each.id)?.type.toLowerCase() === 'microsoft.keyvault/vaults' &&
        each.name.toLowerCase() === asked.name.toLowerCase() &&
        each.location?.toLowerCase() === location?.toLowerCase(),
    );
  return (
    kept && {
      id,
      name: kept.name,
      type: 'Microsoft.KeyVault/deletedVaults',
      properties: { vaultId: kept.id, location: kept.location ?? '' },
    }
  );
}
