import { AzurermBackend, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { hostOf, nameMadeFor, recordOutput, stateKey, statePlaceOf } from '../config';
import type { DeployRecord, Deployed, Environment, StatePlace } from '../config';
import { AzapiProvider } from '../constructs/azapi/azapi-provider';
import type { Names } from './naming';
import type { StackRole } from './stack-roles';
import { protectFromEdits } from './protection';
import { tagEverything } from './tags';
import { literals } from '../constructs/literals';

export interface EnvironmentStackProps {
  readonly environment: Environment;
  readonly names: Names;
  /** What the lock records of deployed things. */
  readonly deployed: Deployed;
  /** What its state is to tell of what it was deployed from. @default - nothing */
  readonly record?: DeployRecord | undefined;
}

/**
 * Resource providers that the environment's resources belong to and that are not in azurerm's own "core" set; their case
 * counts. A subscription that has not registered one refuses its resources. Microsoft.PolicyInsights is what managed
 * online endpoints ask for (https://learn.microsoft.com/azure/ai-foundry/how-to/flow-deploy).
 */
const resourceProviders = [
  'Microsoft.AlertsManagement',
  'Microsoft.CognitiveServices',
  'Microsoft.KeyVault',
  'Microsoft.Logic',
  'Microsoft.MachineLearningServices',
  'Microsoft.OperationalInsights',
  'Microsoft.PolicyInsights',
  'microsoft.insights',
];

/** One stack of an environment, `<environment>-<role>`, with its own state. */
export abstract class EnvironmentStack extends TerraformStack {
  protected readonly environment: Environment;
  protected readonly names: Names;
  private readonly deployed: Deployed;

  constructor(scope: Construct, role: StackRole, props: EnvironmentStackProps) {
    super(scope, `${props.environment.name}-${role}`);
    this.environment = props.environment;
    this.names = props.names;
    this.deployed = props.deployed;
    this.addBackend(statePlaceOf(this.environment, props.deployed.state));
    if (this.environment.azure) this.addAzureProviders(this.environment.azure.subscriptionId);
    this.addRecord(props.record);
    protectFromEdits(this, this.environment.name);
    tagEverything(this, {
      'managed-by': 'berth',
      environment: this.environment.name,
      ...this.environment.tags,
    });
  }

  /** The name that what belongs to a workload was made under, and keeps. */
  protected madeFor(workload: string): string {
    return nameMadeFor(workload, this.deployed);
  }

  private addRecord(record: DeployRecord | undefined): void {
    if (!record) return;
    const description = 'What it was deployed from';
    new TerraformOutput(this, recordOutput, literals({ staticId: true, description, value: record }));
  }

  /** The unit whose host name a unit of machines has. */
  protected hostOf(unit: string): string {
    return hostOf(unit, this.deployed.hosts);
  }

  private addBackend(place: StatePlace): void {
    const backend = this.environment.backend;
    if (backend && place.backend === 'azurerm') {
      const { resourceGroupName, storageAccountName, containerName } = backend;
      const key = stateKey(place.keyPrefix, this.node.id);
      new AzurermBackend(this, {
        resourceGroupName,
        storageAccountName,
        containerName,
        key,
        useAzureadAuth: true,
      });
      return;
    }
    // Relative to the directory terraform runs in, cdktf.out/stacks/<stack>: cdktf's own default is an absolute path,
    // which would put the machine's directories into the synthesised files.
    new LocalBackend(this, { path: `../../../terraform.${this.node.id}.tfstate` });
  }

  private addAzureProviders(subscriptionId: string): void {
    new AzurermProvider(
      this,
      'azurerm',
      literals({
        subscriptionId,
        storageUseAzuread: true,
        resourceProviderRegistrations: 'core',
        resourceProvidersToRegister: resourceProviders,
        features: [
          {
            cognitiveAccount: [{ purgeSoftDeleteOnDestroy: true }],
            machineLearning: [{ purgeSoftDeletedWorkspaceOnDestroy: true }],
            resourceGroup: [{ preventDeletionIfContainsResources: true }],
            // With public access off, nobody outside the network reaches the data plane.
            storage: [{ dataPlaneAvailable: false }],
          },
        ],
      }),
    );
    new AzapiProvider(this, 'azapi', { subscriptionId });
  }
}
