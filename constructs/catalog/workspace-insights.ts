import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { Construct } from 'constructs';
import { AzapiResourceAction } from '../azapi';
import type { ILogWorkspace } from '../observability/log-workspace';
import type { IResourceGroup } from '../resource-group';
import { literals } from '../literals';

interface WorkspaceInsightsProps {
  readonly name: string;
  readonly resourceGroup: IResourceGroup;
  readonly location: string;
  readonly logWorkspace: ILogWorkspace;
}

/**
 * What Azure makes beside Application Insights some minutes later, in no state: id segments below the group, and API
 * version. Left behind, they keep the resource group from being deleted (terraform-provider-azurerm#18026).
 */
const leftovers = (name: string) => ({
  FailureRule: [
    'Microsoft.AlertsManagement/smartDetectorAlertRules',
    `Failure Anomalies - ${name}`,
    '2021-04-01',
  ],
  FailureGroup: ['Microsoft.Insights/actionGroups', 'Application Insights Smart Detection', '2023-01-01'],
});

/** The application insights of a workspace, for identities only; what Azure makes beside it goes with it. */
export class WorkspaceInsights extends Construct {
  /** ARM id of the application insights. */
  readonly id: string;

  constructor(scope: Construct, id: string, props: WorkspaceInsightsProps) {
    super(scope, id);
    // `Default` keeps the logical id that it had when it was the workspace's own child.
    const insights = new ApplicationInsights(
      this,
      'Default',
      literals({
        name: props.name,
        resourceGroupName: props.resourceGroup.name,
        location: props.location,
        applicationType: 'web',
        workspaceId: props.logWorkspace.id,
        localAuthenticationDisabled: true,
      }),
    );
    this.id = insights.id;
    for (const [action, [type, name, version]] of Object.entries(leftovers(props.name))) {
      new AzapiResourceAction(this, action, {
        type: `${type}@${version}`,
        resourceId: `${props.resourceGroup.id}/providers/${type}/${name}`,
        method: 'DELETE',
        when: 'destroy',
        ignoreNotFound: true,
        dependsOn: [insights],
      });
    }
  }
}
