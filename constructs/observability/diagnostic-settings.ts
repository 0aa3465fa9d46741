import { MonitorDiagnosticSetting } from '@cdktf/provider-azurerm/lib/monitor-diagnostic-setting';
import { Construct } from 'constructs';
import type { ITerraformDependable } from 'cdktf';
import { requireProps } from '../required-props';
import type { ILogWorkspace } from './log-workspace';
import { literals } from '../literals';
import { rejectViolations } from '../errors';
import { armIdConstraint, violation } from '../validation';

/** Which logs go where. */
export interface DiagnosticSettingsProps {
  /** ARM id of the resource whose logs are kept. */
  readonly resourceId: string;
  /** Where the logs go. */
  readonly logWorkspace: ILogWorkspace;
  /**
   * Log category groups: `allLogs`, or `audit` for the audit trail only.
   * @default - every log of the resource
   */
  readonly categoryGroups?: readonly ('allLogs' | 'audit')[];
  /** Whether platform metrics are kept too; a type without metrics refuses them. @default true */
  readonly metrics?: boolean;
}

/**
 * Sends the logs and metrics of a resource to a Log Analytics workspace.
 *
 * @example
 * new DiagnosticSettings(this, 'Diagnostics', { resourceId: account.id, logWorkspace, categoryGroups: ['audit'] });
 */
export class DiagnosticSettings extends Construct {
  /** What a resource that must come after the settings depends on. */
  readonly settled: ITerraformDependable;

  /** @throws Error when `resourceId` is no ARM id. */
  constructor(scope: Construct, id: string, props: DiagnosticSettingsProps) {
    super(scope, id);
    requireProps<DiagnosticSettingsProps>(this, props, { resourceId: 'string', logWorkspace: 'object' });
    rejectViolations(this, violation('resourceId', props.resourceId, armIdConstraint()));
    this.settled = new MonitorDiagnosticSetting(
      this,
      'Resource',
      literals({
        name: 'berth',
        targetResourceId: props.resourceId,
        logAnalyticsWorkspaceId: props.logWorkspace.id,
        enabledLog: (props.categoryGroups ?? ['allLogs']).map(categoryGroup => ({ categoryGroup })),
        enabledMetric: (props.metrics ?? true) ? [{ category: 'AllMetrics' }] : undefined,
      }),
    );
  }
}
