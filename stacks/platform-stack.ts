import type { Construct } from 'constructs';
import type { Environment } from '../config';
import type {
  IKeyVault,
  ILogWorkspace,
  IPrivateNetwork,
  IResourceGroup,
  IWorkloadIdentity,
} from '../constructs';
import {
  KeyVault,
  LogWorkspace,
  PrivateDnsZone,
  PrivateNetwork,
  privateLinkZones,
  ResourceGroup,
  WorkloadIdentity,
} from '../constructs';
import { networkLocation } from '../limits/network';
import type { EnvironmentStackProps } from './environment-stack';
import { EnvironmentStack } from './environment-stack';

type Azure = NonNullable<Environment['azure']>;

/** What every model of an environment stands on in Azure. */
export interface Platform {
  readonly resourceGroup: IResourceGroup;
  readonly network: IPrivateNetwork;
  readonly logWorkspace: ILogWorkspace;
  readonly keyVault: IKeyVault;
  /** Name of the key vault, a literal: other stacks import the vault by it, so that what they grant is theirs. */
  readonly keyVaultName: string;
  /** Workload → who it is in Entra ID. */
  readonly identities: Readonly<Record<string, IWorkloadIdentity>>;
}

/**
 * `<environment>-platform`: resource group, network, logs, key vault, and an identity for each workload. It depends on
 * which workloads there are, never on where they were placed, so a workload that moves takes nothing away from others.
 */
export class PlatformStack extends EnvironmentStack {
  /** Absent in an environment without Azure. */
  readonly platform: Platform | undefined;

  constructor(scope: Construct, props: EnvironmentStackProps) {
    super(scope, 'platform', props);
    if (this.environment.azure) this.platform = this.addPlatform(this.environment.azure);
  }

  private addPlatform(azure: Azure): Platform {
    const location = networkLocation(azure);
    const resourceGroup = new ResourceGroup(this, 'resource-group', {
      name: this.names.resourceGroup,
      location,
    });
    const network = this.addNetwork(azure, resourceGroup);
    const logWorkspace = this.addLogWorkspace(azure, resourceGroup);
    const keyVaultName =
      azure.existing.keyVaultId === undefined ? this.names.keyVault : lastSegment(azure.existing.keyVaultId);
    return {
      resourceGroup,
      network,
      logWorkspace,
      keyVault: this.addKeyVault(azure, keyVaultName, { resourceGroup, network, logWorkspace }),
      keyVaultName,
      identities: this.addIdentities(resourceGroup),
    };
  }

  private addNetwork(azure: Azure, resourceGroup: IResourceGroup): IPrivateNetwork {
    const { virtualNetworkId, endpointSubnetId, hostSubnetId, privateDnsZoneIds = {} } = azure.existing;
    const { hostsZone: hostsZoneName } = this.names;
    if (virtualNetworkId === undefined || endpointSubnetId === undefined || hostSubnetId === undefined) {
      return new PrivateNetwork(this, 'network', {
        name: this.names.network,
        resourceGroup,
        addressSpace: azure.addressSpace,
        hostsZoneName,
      });
    }
    const missing = [...Object.values(privateLinkZones), hostsZoneName].filter(
      zone => !(zone in privateDnsZoneIds),
    );
    const made = missing.map(zoneName => {
      const zone = new PrivateDnsZone(this, `zone-${zoneName}`, {
        zoneName,
        resourceGroupName: resourceGroup.name,
        virtualNetworkId,
      });
      return [zoneName, zone.id] as const;
    });
    return PrivateNetwork.fromAttributes(this, 'network', {
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      virtualNetworkId,
      endpointSubnetId,
      hostSubnetId,
      hostsZoneName,
      privateDnsZoneIds: { ...privateDnsZoneIds, ...Object.fromEntries(made) },
    });
  }

  private addLogWorkspace(azure: Azure, resourceGroup: IResourceGroup): ILogWorkspace {
    const id = azure.existing.logAnalyticsWorkspaceId;
    return id === undefined
      ? new LogWorkspace(this, 'logs', { name: this.names.logWorkspace, resourceGroup })
      : LogWorkspace.fromAttributes(this, 'logs', { id });
  }

  private addKeyVault(
    azure: Azure,
    name: string,
    parts: Pick<Platform, 'resourceGroup' | 'network' | 'logWorkspace'>,
  ): IKeyVault {
    const id = azure.existing.keyVaultId;
    return id === undefined
      ? new KeyVault(this, 'key-vault', { name, ...parts })
      : KeyVault.fromAttributes(this, 'key-vault', { id, name });
  }

  private addIdentities(resourceGroup: IResourceGroup): Record<string, IWorkloadIdentity> {
    return Object.fromEntries(
      this.environment.workloads.map(({ name }) => {
        const made = this.madeFor(name);
        const identity = { name: this.names.identity(made), resourceGroup };
        return [name, new WorkloadIdentity(this, `identity-${made}`, identity)];
      }),
    );
  }
}

/** The resource's own name, which ends its ARM id; the ids of a config are literals. */
export function lastSegment(armId: string): string {
  return armId.slice(armId.lastIndexOf('/') + 1);
}
