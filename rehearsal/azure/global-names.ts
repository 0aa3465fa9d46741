import { parseArmId, sameId } from '../../text/arm-id';
import { AzureError } from './azure-error';
import { isOverlay } from './overlays';
import { armViewOf } from './services/arm-view';
import type { ArmView } from './services/arm-view';
import type { Json, SimulatedResource } from './simulated-azure';
import type { Store } from './store';

/** A name that becomes a host name must be free in all of Azure. */
interface GlobalName {
  /** The name, as the service sees the resource. */
  readonly nameOf: (view: ArmView) => Json | undefined;
  readonly code: string;
  readonly reason: (name: string) => string;
}

const ownName = ({ id }: ArmView): Json | undefined => parseArmId(id)?.name;

/** By ARM type in lower case. */
const globalNames: Readonly<Record<string, GlobalName>> = {
  'microsoft.cognitiveservices/accounts': {
    nameOf: ({ properties }) => properties['customSubDomainName'],
    code: 'CustomDomainInUse',
    reason: name =>
      `Please pick a different name. The subdomain name '${name}' is not available as it's already used by a resource.`,
  },
  'microsoft.containerregistry/registries': {
    nameOf: ownName,
    code: 'AlreadyInUse',
    reason: name => `The registry DNS name ${name.toLowerCase()}.azurecr.io is already in use.`,
  },
  'microsoft.keyvault/vaults': {
    nameOf: ownName,
    code: 'VaultAlreadyExists',
    reason: name =>
      `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
  },
  'microsoft.storage/storageaccounts': {
    nameOf: ownName,
    code: 'StorageAccountAlreadyTaken',
    reason: name => `The storage account named ${name} is already taken.`,
  },
};

/**
 * Checks that a name which becomes a host name is free.
 * @throws AzureError when another resource of the simulated Azure has it, whichever provider made it.
 */
export function checkGlobalName(store: Store, resource: SimulatedResource): void {
  const view = armViewOf(resource);
  const rule = globalNames[view.armType];
  const name = rule?.nameOf(view);
  if (!rule || typeof name !== 'string') return;
  const taken = store
    .list()
    .filter(other => !isOverlay(other.type) && !sameId(other.id, resource.id))
    .map(armViewOf)
    .some(
      other =>
        other.armType === view.armType && String(rule.nameOf(other)).toLowerCase() === name.toLowerCase(),
    );
  if (taken) throw new AzureError(409, rule.code, rule.reason(name));
}
