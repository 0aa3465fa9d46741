import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { Construct } from 'constructs';
import { privateLinkZones } from '../network/private-dns-zone';
import { PrivateEndpoint } from '../network/private-endpoint';
import type { IPrivateNetwork } from '../network/private-network';
import type { IResourceGroup } from '../resource-group';
import { literals } from '../literals';

interface WorkspaceStorageProps {
  /** 3–24 lower-case letters and digits, unique in Azure. */
  readonly name: string;
  readonly resourceGroup: IResourceGroup;
  readonly location: string;
  readonly network: IPrivateNetwork;
}

/** How long deleted blobs and containers can be brought back. Unit: days. */
const softDeleteDays = 7;

/** What keeps everybody out but identities with a role, and what they send readable only to them. */
const closed = {
  publicNetworkAccessEnabled: false,
  networkRules: { defaultAction: 'Deny', bypass: ['AzureServices'] },
  allowNestedItemsToBePublic: false,
  sharedAccessKeyEnabled: false,
  defaultToOauthAuthentication: true,
  localUserEnabled: false,
  sasPolicy: { expirationPeriod: '01.00:00:00' },
  httpsTrafficOnlyEnabled: true,
  minTlsVersion: 'TLS1_2',
};

/** The storage account of a workspace: Entra ID identities only, no keys, no public network access. */
export class WorkspaceStorage extends Construct {
  /** ARM id of the account. */
  readonly id: string;

  constructor(scope: Construct, id: string, props: WorkspaceStorageProps) {
    super(scope, id);
    const account = new StorageAccount(
      this,
      'Resource',
      literals({
        name: props.name,
        resourceGroupName: props.resourceGroup.name,
        location: props.location,
        accountTier: 'Standard',
        accountReplicationType: 'LRS',
        ...closed,
        blobProperties: {
          deleteRetentionPolicy: { days: softDeleteDays },
          containerDeleteRetentionPolicy: { days: softDeleteDays },
        },
      }),
    );
    this.id = account.id;
    const endpoint = { resourceName: props.name, resourceId: account.id, network: props.network };
    new PrivateEndpoint(this, 'BlobEndpoint', {
      ...endpoint,
      subresource: 'blob',
      zoneNames: [privateLinkZones.blob],
    });
    new PrivateEndpoint(this, 'FileEndpoint', {
      ...endpoint,
      subresource: 'file',
      zoneNames: [privateLinkZones.file],
    });
  }
}
