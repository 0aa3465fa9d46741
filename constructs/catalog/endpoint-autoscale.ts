import { MonitorAutoscaleSetting } from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import type { MonitorAutoscaleSettingProfileRule } from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import { Construct } from 'constructs';
import { literals } from '../literals';

interface EndpointAutoscaleProps {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  /** ARM id of the deployment whose instances are counted. */
  readonly deploymentId: string;
  /** Machine size; it says whether the GPU or the CPU is watched. */
  readonly instanceType: string;
  /** Fewest instances, at least 1. */
  readonly minimum: number;
  /** Most instances. */
  readonly maximum: number;
  /** Utilisation at which instances are added and taken away, percent. */
  readonly scaleAt: { readonly outPercent: number; readonly inPercent: number };
}

/** Adds an instance while the deployment is busy and takes one away while it is idle. */
export class EndpointAutoscale extends Construct {
  constructor(scope: Construct, id: string, props: EndpointAutoscaleProps) {
    super(scope, id);
    new MonitorAutoscaleSetting(
      this,
      'Resource',
      literals({
        name: props.name,
        resourceGroupName: props.resourceGroupName,
        location: props.location,
        targetResourceId: props.deploymentId,
        profile: [
          {
            name: 'load',
            capacity: { default: props.minimum, minimum: props.minimum, maximum: props.maximum },
            rule: [
              rule(
                props,
                { operator: 'GreaterThan', threshold: props.scaleAt.outPercent, timeWindow: 'PT5M' },
                'Increase',
              ),
              rule(
                props,
                { operator: 'LessThan', threshold: props.scaleAt.inPercent, timeWindow: 'PT15M' },
                'Decrease',
              ),
            ],
          },
        ],
      }),
    );
  }
}

function rule(
  props: EndpointAutoscaleProps,
  trigger: { readonly operator: string; readonly threshold: number; readonly timeWindow: string },
  direction: 'Increase' | 'Decrease',
): MonitorAutoscaleSettingProfileRule {
  return {
    metricTrigger: {
      ...trigger,
      // Machine sizes with a GPU are Azure's N families.
      metricName: /^Standard_N/.test(props.instanceType)
        ? 'GpuUtilizationPercentage'
        : 'CpuUtilizationPercentage',
      metricResourceId: props.deploymentId,
      statistic: 'Average',
      timeAggregation: 'Average',
      timeGrain: 'PT1M',
    },
    // A new instance needs its time to load the weights before the next decision.
    scaleAction: { direction, type: 'ChangeCount', value: 1, cooldown: 'PT15M' },
  };
}
