import { LogAnalyticsWorkspace } from '@cdktf/provider-azurerm/lib/log-analytics-workspace';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { IResourceGroup } from '../resource-group';
import { integerConstraint, nameConstraint } from '../constraint';
import { rejectViolations } from '../errors';
import { armIdConstraint, locationConstraint, violation } from '../validation';
import { literals } from '../literals';
import { requireProps } from '../required-props';

/** A Log Analytics workspace, made here or already there. */
export interface ILogWorkspace extends IConstruct {
  /** ARM id of the workspace. */
  readonly id: string;
}

/** A Log Analytics workspace that is made. */
export interface LogWorkspaceProps {
  /** 4–63 letters, digits and hyphens; begins and ends with a letter or digit. */
  readonly name: string;
  /** Group that gets the workspace. */
  readonly resourceGroup: IResourceGroup;
  /** Azure location. @default - the resource group's */
  readonly location?: string;
  /** How long logs are kept. Unit: days, 30 to 730. @default 30 */
  readonly retentionDays?: number;
  /** Ingestion stops for the day at this volume. Unit: GB a day. @default - no limit */
  readonly dailyQuotaGb?: number;
}

/** A Log Analytics workspace that is there already. */
export interface LogWorkspaceAttributes {
  /** ARM id of the workspace. */
  readonly id: string;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftoperationalinsights */
const workspaceName = nameConstraint(
  /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
  '4 to 63 letters, digits and hyphens that begin and end with a letter or digit',
);

const workspaceId = armIdConstraint('Microsoft.OperationalInsights/workspaces');

/** Outside these limits the price tier PerGB2018 refuses the workspace. */
const retention = integerConstraint(30, 730, ' days');

const dailyQuota = {
  allowed: 'more than 0 GB',
  advice: 'leave it out for no limit',
  holds: (value: number) => value > 0,
};

/**
 * A Log Analytics workspace that only Entra ID identities write to and read from.
 *
 * @example
 * const logs = new LogWorkspace(this, 'Logs', { name: 'log-shop', resourceGroup, retentionDays: 90 });
 */
export class LogWorkspace extends Construct implements ILogWorkspace {
  /** An existing workspace. */
  static fromAttributes(scope: Construct, id: string, attributes: LogWorkspaceAttributes): ILogWorkspace {
    return new ImportedLogWorkspace(scope, id, attributes);
  }

  readonly id: string;

  /** @throws Error listing the props that Azure would refuse. */
  constructor(scope: Construct, id: string, props: LogWorkspaceProps) {
    super(scope, id);
    requireProps<LogWorkspaceProps>(this, props, { name: 'string', resourceGroup: 'object' });
    rejectViolations(this, [
      ...violation('name', props.name, workspaceName),
      ...violation('location', props.location, locationConstraint),
      ...violation('retentionDays', props.retentionDays, retention),
      ...violation('dailyQuotaGb', props.dailyQuotaGb, dailyQuota),
    ]);
    const workspace = new LogAnalyticsWorkspace(
      this,
      'Resource',
      literals({
        name: props.name,
        resourceGroupName: props.resourceGroup.name,
        location: props.location ?? props.resourceGroup.location,
        sku: 'PerGB2018',
        retentionInDays: props.retentionDays ?? 30,
        dailyQuotaGb: props.dailyQuotaGb,
        localAuthenticationEnabled: false,
      }),
    );
    this.id = workspace.id;
  }
}

class ImportedLogWorkspace extends Construct implements ILogWorkspace {
  readonly id: string;

  constructor(scope: Construct, id: string, attributes: LogWorkspaceAttributes) {
    super(scope, id);
    requireProps<LogWorkspaceAttributes>(this, attributes, { id: 'string' });
    rejectViolations(this, violation('id', attributes.id, workspaceId));
    this.id = attributes.id;
  }
}
