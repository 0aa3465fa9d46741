import { parseArmId } from '../../../text/arm-id';
import { AzureError } from '../azure-error';
import type { Json } from '../simulated-azure';
import type { Store } from '../store';
import { armViewOf } from './arm-view';
import type { ArmView, JsonObject } from './arm-view';
import type { ServiceRules } from './service';

/**
 * Microsoft.KeyVault. Sources: the documentation of Azure Service Operator, "KeyVaults" (`recover` fails where no deleted vault
 * has the name), AzureCosmosDB/OmniVec pull request 24 (the code of that error), Microsoft Learn, "Azure Key Vault soft-delete"
 * (retention and purge protection are fixed), and Azure/azure-cli issue 29115 (how Azure says so); read 2026-11.
 */
export const keyVault: readonly ServiceRules[] = [
  { armType: 'microsoft.keyvault/vaults', checkWrite: checkVault },
];

function checkVault(store: Store, vault: ArmView): void {
  checkRecovery(store, vault);
  const live = store.get(vault.id);
  if (live) checkFixed(armViewOf(live).properties, vault.properties);
}

function checkFixed(before: JsonObject, now: JsonObject): void {
  const [days, wanted] = [before, now].map(
    ({ softDeleteRetentionInDays }) => softDeleteRetentionInDays ?? null,
  );
  const refuse = (message: string): AzureError => new AzureError(400, 'BadRequest', message);
  if (before['enablePurgeProtection'] === true && now['enablePurgeProtection'] === false) {
    throw refuse(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  }
  if (days !== null && wanted !== null && days !== wanted) {
    throw refuse('The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.');
  }
}

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

const deletedVaults = 'microsoft.keyvault/locations/deletedvaults';

/**
 * What a GET of `/subscriptions/…/providers/Microsoft.KeyVault/locations/{location}/deletedVaults/{name}` answers; undefined when
 * no vault of that name was deleted there. The dates of deletion and purge are left out.
 */
export function deletedVault(store: Store, id: string): { readonly [key: string]: Json } | undefined {
  const asked = parseArmId(id);
  if (asked?.type.toLowerCase() !== deletedVaults) return undefined;
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
