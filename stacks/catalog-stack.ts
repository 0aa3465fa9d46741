import type { Construct } from 'constructs';
import type { CatalogUnit } from '../config';
import type { IMachineLearningWorkspace } from '../constructs';
import { CatalogEndpoint, MachineLearningWorkspace } from '../constructs';
import { endpointSettings } from './endpoint-settings';
import { UnitStack } from './unit-stack';
import type { UnitStackProps } from './unit-stack';

const apis = { chat: 'openai-chat', embeddings: 'openai-embeddings' } as const;

/** `<environment>-catalog`: a Machine Learning workspace, and a managed online endpoint for each unit. */
export class CatalogStack extends UnitStack {
  private readonly workspaces = new Map<string, IMachineLearningWorkspace>();

  constructor(scope: Construct, props: UnitStackProps) {
    super(scope, 'catalog', props);
    // A workspace stays when nobody uses it, until it is let go: so that no edit takes it away.
    for (const location of Object.keys(props.deployed.platform?.workspaces ?? {})) this.workspace(location);
    for (const unit of this.unitsOf('catalog')) this.addUnit(unit);
    this.addDirectoryOutput();
  }

  private addUnit(unit: CatalogUnit): void {
    const endpoint = new CatalogEndpoint(this, unit.id, {
      workspace: this.workspace(unit.location),
      logWorkspace: this.platform.logWorkspace,
      name: this.names.onlineEndpoint(unit.id),
      assetId: unit.assetId,
      ...(unit.speaks === 'openai' ? { api: apis[unit.api] } : {}),
      instanceType: unit.sku,
      instanceCount: unit.count,
      ...endpointSettings(this.environment.onlineEndpoints?.[unit.model], unit.count),
    });
    for (const { workload } of this.placementsOn(unit)) this.serve(unit, workload, endpoint);
  }

  private workspace(location: string): IMachineLearningWorkspace {
    const known = this.workspaces.get(location);
    if (known) return known;
    const id = this.environment.azure?.existing.machineLearningWorkspaceId;
    const workspace =
      id === undefined
        ? new MachineLearningWorkspace(this, `workspace-${location}`, {
            ...this.platform,
            name: this.names.machineLearningWorkspace(location),
            location,
          })
        : MachineLearningWorkspace.fromAttributes(this, `workspace-${location}`, {
            id,
            resourceGroupName: resourceGroupOf(id),
            location,
          });
    this.workspaces.set(location, workspace);
    return workspace;
  }
}

/** The group named in a literal ARM id. */
function resourceGroupOf(armId: string): string {
  return armId.split('/')[4] ?? '';
}
