import { CognitiveAccount } from '@cdktf/provider-azurerm/lib/cognitive-account';
import type { CognitiveAccountConfig } from '@cdktf/provider-azurerm/lib/cognitive-account';
import type { Construct } from 'constructs';
import { privateLinkZones } from '../network/private-dns-zone';
import { PrivateEndpoint } from '../network/private-endpoint';
import type { IPrivateNetwork } from '../network/private-network';
import { DiagnosticSettings } from '../observability/diagnostic-settings';
import type { ILogWorkspace } from '../observability/log-workspace';
import type { IResourceGroup } from '../resource-group';
import type { IWorkloadIdentity } from '../security/workload-identity';
import { nameConstraint } from '../constraint';
import { rejectViolations } from '../errors';
import { armIdConstraint, hostNamesConstraint, locationConstraint, violation } from '../validation';
import { requireProps, whenGiven } from '../required-props';
import { FoundryAccountBase } from './foundry-account-base';
import type { IFoundryAccount } from './foundry-account-base';
import { literals } from '../literals';

/** A key of the customer's own, with which the account encrypts what it stores. */
export interface CustomerManagedKey {
  /** Versioned id of the key in its vault, such as `https://…vault.azure.net/keys/models/0123…`. */
  readonly keyId: string;
  /** Identity that reads the key. It must hold its role on the vault before the account is made. */
  readonly identity: IWorkloadIdentity;
}

/** An account that is made. */
export interface FoundryAccountProps {
  /**
   * 2–64 letters, digits and hyphens; begins and ends with a letter or digit. It is the custom subdomain too, which is
   * unique in Azure and kept for 48 hours after the account is deleted.
   */
  readonly name: string;
  /** Group that gets the account. */
  readonly resourceGroup: IResourceGroup;
  /** Network in which the account has its private endpoint, the only way to its models. */
  readonly network: IPrivateNetwork;
  /** Where audit and request logs go. */
  readonly logWorkspace: ILogWorkspace;
  /** Azure location; it may differ from the network's. @default - the resource group's */
  readonly location?: string;
  /** Hosts that the account may call, for images given by URL for example. @default - none */
  readonly allowedFqdns?: readonly string[];
  /** Whether projects can be made in the account. @default false */
  readonly projectManagementEnabled?: boolean;
  /** @default - a key that Microsoft manages */
  readonly customerManagedKey?: CustomerManagedKey;
}

/** An account that is there already. */
export interface FoundryAccountAttributes {
  /** ARM id of the account. */
  readonly id: string;
  /** Subdomain under `openai.azure.com`. */
  readonly customSubdomainName: string;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcognitiveservices */
const accountName = nameConstraint(
  /^[A-Za-z0-9][A-Za-z0-9-]{0,62}[A-Za-z0-9]$/,
  '2 to 64 letters, digits and hyphens that begin and end with a letter or digit',
);

const accountId = armIdConstraint('Microsoft.CognitiveServices/accounts');

const keyId = nameConstraint(
  /^https:\/\/[a-z0-9-]+\.(vault|managedhsm)\.[a-z.]+\/keys\/[A-Za-z0-9-]{1,127}(\/[0-9a-f]{32})?$/,
  'the id of a key, such as https://kv-models.vault.azure.net/keys/models/0123456789abcdef0123456789abcdef',
);

/**
 * An Azure AI Foundry account: hosted models of OpenAI and partners, for Entra ID identities only, reached only through
 * its private endpoint.
 *
 * @example
 * const models = new FoundryAccount(this, 'Account', { name: 'oai-shop', resourceGroup, network, logWorkspace });
 * models.addDeployment('Chat', {
 *   name: 'chat',
 *   model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
 *   sku: { name: 'DataZoneStandard', capacity: 50 },
 *   api: 'openai-chat',
 * });
 */
export class FoundryAccount extends FoundryAccountBase {
  /** An existing account. Deployments can be added to it; nobody else may write to it in the meantime. */
  static fromAttributes(scope: Construct, id: string, attributes: FoundryAccountAttributes): IFoundryAccount {
    return new ImportedFoundryAccount(scope, id, attributes);
  }

  readonly id: string;
  readonly customSubdomainName: string;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: FoundryAccountProps) {
    super(scope, id);
    requireProps<FoundryAccountProps>(this, props, {
      name: 'string',
      resourceGroup: 'object',
      network: 'object',
      logWorkspace: 'object',
      customerManagedKey: whenGiven({ keyId: 'string', identity: 'object' }),
    });
    rejectViolations(this, [
      ...violation('name', props.name, accountName),
      ...violation('location', props.location, locationConstraint),
      ...violation('customerManagedKey.keyId', props.customerManagedKey?.keyId, keyId),
      ...violation('allowedFqdns', props.allowedFqdns, hostNamesConstraint),
    ]);
    const account = new CognitiveAccount(this, 'Resource', literals(accountConfig(props)));
    this.id = account.id;
    this.customSubdomainName = props.name;
    const diagnostics = new DiagnosticSettings(this, 'Diagnostics', {
      resourceId: account.id,
      logWorkspace: props.logWorkspace,
    });
    this.comesLast = new PrivateEndpoint(this, 'PrivateEndpoint', {
      resourceName: props.name,
      resourceId: account.id,
      subresource: 'account',
      network: props.network,
      zoneNames: [privateLinkZones.cognitiveServices, privateLinkZones.openAi, privateLinkZones.aiServices],
    });
    this.append(diagnostics.settled);
  }
}

function accountConfig(props: FoundryAccountProps): CognitiveAccountConfig {
  const { customerManagedKey: key } = props;
  return {
    name: props.name,
    resourceGroupName: props.resourceGroup.name,
    location: props.location ?? props.resourceGroup.location,
    kind: 'AIServices',
    skuName: 'S0',
    customSubdomainName: props.name,
    publicNetworkAccessEnabled: false,
    localAuthEnabled: false,
    outboundNetworkAccessRestricted: true,
    fqdns: props.allowedFqdns && [...props.allowedFqdns],
    projectManagementEnabled: props.projectManagementEnabled ?? false,
    networkAcls: { defaultAction: 'Deny', bypass: 'None' },
    identity: key
      ? { type: 'SystemAssigned, UserAssigned', identityIds: [key.identity.id] }
      : { type: 'SystemAssigned' },
    customerManagedKey: key && { keyVaultKeyId: key.keyId, identityClientId: key.identity.clientId },
  };
}

class ImportedFoundryAccount extends FoundryAccountBase {
  readonly id: string;
  readonly customSubdomainName: string;

  constructor(scope: Construct, id: string, attributes: FoundryAccountAttributes) {
    super(scope, id);
    requireProps<FoundryAccountAttributes>(this, attributes, { id: 'string', customSubdomainName: 'string' });
    rejectViolations(this, [
      ...violation('id', attributes.id, accountId),
      ...violation('customSubdomainName', attributes.customSubdomainName, accountName),
    ]);
    this.id = attributes.id;
    this.customSubdomainName = attributes.customSubdomainName;
  }
}
