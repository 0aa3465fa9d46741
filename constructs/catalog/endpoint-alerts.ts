import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import type { MonitorMetricAlertConfig } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { Construct } from 'constructs';
import { integerConstraint } from '../constraint';
import { literals } from '../literals';
import { armIdConstraint, violation } from '../validation';

/** What is told of an endpoint that serves badly; looked at each minute, over the last five. */
export interface EndpointAlerts {
  /** ARM ids of the action groups that hear of it. @default - none: alerts are seen in Azure Monitor only */
  readonly actionGroupIds?: readonly string[];
  /** Slowest of 95 in 100 requests that is still right. Unit: seconds, 1 to 180. @default - not watched */
  readonly latencyP95Seconds?: number;
  /** Answers of 5xx in a minute, on average, that are too many; at least 1. @default - not watched */
  readonly failuresPerMinute?: number;
}

interface EndpointAlertsProps extends EndpointAlerts {
  /** Of the endpoint, and of its alerts with what they watch behind it. */
  readonly name: string;
  readonly resourceGroupName: string;
  /** ARM id of the endpoint. */
  readonly endpointId: string;
}

const actionGroup = armIdConstraint('Microsoft.Insights/actionGroups');

/** What Azure would refuse of alerts. */
export function alertsViolations({
  actionGroupIds = [],
  latencyP95Seconds,
  failuresPerMinute,
}: EndpointAlerts): string[] {
  return [
    ...actionGroupIds.flatMap((id, at) => violation(`alerts.actionGroupIds[${at}]`, id, actionGroup)),
    ...violation('alerts.latencyP95Seconds', latencyP95Seconds, integerConstraint(1, 180)),
    ...violation('alerts.failuresPerMinute', failuresPerMinute, integerConstraint(1, 1_000_000)),
  ];
}

/** Alerts of Azure Monitor on a managed online endpoint. */
export class EndpointAlertRules extends Construct {
  constructor(scope: Construct, id: string, props: EndpointAlertsProps) {
    super(scope, id);
    if (props.latencyP95Seconds !== undefined)
      this.add(props, 'Latency', 'latency', 'answers slower than it should', {
        metricName: 'RequestLatency_P95',
        threshold: props.latencyP95Seconds * 1000,
      });
    if (props.failuresPerMinute !== undefined)
      this.add(props, 'Failures', 'failures', 'fails more than it should', {
        metricName: 'RequestsPerMinute',
        threshold: props.failuresPerMinute,
        dimension: [{ name: 'statusCodeClass', operator: 'Include', values: ['5xx'] }],
      });
  }

  /** @param what it says when it is told */
  private add(
    { name, resourceGroupName, endpointId, actionGroupIds = [] }: EndpointAlertsProps,
    id: string,
    suffix: string,
    what: string,
    criteria: Pick<Criteria, 'metricName' | 'threshold' | 'dimension'>,
  ): void {
    new MonitorMetricAlert(
      this,
      id,
      literals({
        name: `al-${name}-${suffix}`,
        resourceGroupName,
        scopes: [endpointId],
        description: `${name} ${what}`,
        severity: 2,
        frequency: 'PT1M',
        windowSize: 'PT5M',
        criteria: [
          {
            ...criteria,
            metricNamespace: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints',
            aggregation: 'Average',
            operator: 'GreaterThan',
            // An endpoint that nobody has asked yet has no metric to compare with.
            skipMetricValidation: true,
          },
        ],
        action: actionGroupIds.map(actionGroupId => ({ actionGroupId })),
      }),
    );
  }
}

type Criteria = Extract<NonNullable<MonitorMetricAlertConfig['criteria']>, readonly unknown[]>[number];
