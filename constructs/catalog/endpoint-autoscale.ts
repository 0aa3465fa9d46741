import { MonitorAutoscaleSetting } from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import type {
  MonitorAutoscaleSettingProfile,
  MonitorAutoscaleSettingProfileRule,
} from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import { Construct } from 'constructs';
import { integerConstraint } from '../constraint';
import { hourAndMinute, weeklyTimeConstraint } from '../host/host-power';
import type { WeeklyTime } from '../host/host-power';
import { dayNames } from '../host/power-workflow';
import { literals } from '../literals';
import { violation } from '../validation';

/** Hours of each week in which more instances stand by. */
export interface ScaleHours {
  /** Name of the time zone, as Azure knows it, such as `W. Europe Standard Time`. */
  readonly timeZone: string;
  /** Instances are added then, and answer once they have loaded the weights, up to half an hour later. */
  readonly start: WeeklyTime;
  /** The fewest of other hours count again. */
  readonly stop: WeeklyTime;
  /** Fewest instances in these hours, at least 1 and at most the most of the endpoint. */
  readonly minimumInstances: number;
}

interface EndpointAutoscaleProps {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  /** ARM id of the deployment whose instances are counted. */
  readonly deploymentId: string;
  /** Machine size; it says whether the GPU or the CPU is watched. */
  readonly instanceType: string;
  /** Instances to begin with, and while Azure knows no utilisation. */
  readonly count: number;
  /** Fewest instances, at least 1. */
  readonly minimum: number;
  /** Most instances. */
  readonly maximum: number;
  /** Utilisation at which instances are added and taken away, percent. */
  readonly scaleAt: { readonly outPercent: number; readonly inPercent: number };
  /** @default - all hours are alike */
  readonly hours: ScaleHours | undefined;
}

/** What Azure would refuse of hours. */
export function scaleHoursViolations(hours: ScaleHours | undefined, maximum: number | undefined): string[] {
  if (!hours) return [];
  if (maximum === undefined) return ['scaleHours needs maximumInstances: say the most instances'];
  return [
    ...violation('scaleHours.start', hours.start, weeklyTimeConstraint),
    ...violation('scaleHours.stop', hours.stop, weeklyTimeConstraint),
    ...violation('scaleHours.minimumInstances', hours.minimumInstances, integerConstraint(1, maximum)),
  ];
}

/** Adds an instance while the deployment is busy and takes one away while it is idle; in some hours, more stand by. */
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
        profile: [profile(props, 'load', props.minimum), ...weekly(props)],
      }),
    );
  }
}

/**
 * A profile that recurs holds until another one begins, so the hours end with one that says for which it stands in, by a name of this form.
 * https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-multiprofile
 */
function weekly(props: EndpointAutoscaleProps): MonitorAutoscaleSettingProfile[] {
  const { hours } = props;
  if (!hours) return [];
  const recurrence = (at: WeeklyTime) => ({
    timezone: hours.timeZone,
    days: at.days.map(day => dayNames[day]),
    hours: [hourAndMinute(at).hour],
    minutes: [hourAndMinute(at).minute],
  });
  return [
    { ...profile(props, 'hours', hours.minimumInstances), recurrence: recurrence(hours.start) },
    {
      ...profile(props, JSON.stringify({ name: 'load', for: 'hours' }), props.minimum),
      recurrence: recurrence(hours.stop),
    },
  ];
}

function profile(
  props: EndpointAutoscaleProps,
  name: string,
  minimum: number,
): MonitorAutoscaleSettingProfile {
  const { maximum, count, scaleAt } = props;
  return {
    name,
    capacity: { default: Math.max(minimum, count), minimum, maximum },
    rule: [
      rule(props, { operator: 'GreaterThan', threshold: scaleAt.outPercent, timeWindow: 'PT5M' }, 'Increase'),
      rule(props, { operator: 'LessThan', threshold: scaleAt.inPercent, timeWindow: 'PT15M' }, 'Decrease'),
    ],
  };
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
