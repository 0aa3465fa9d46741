import { Stack, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { hourAndMinute } from '../host/host-power';
import type { PowerSchedule, WeeklyTime } from '../host/host-power';
import type { Ec2Machine } from './ec2-machine';

interface Ec2ScheduleProps {
  readonly machines: readonly Ec2Machine[];
  readonly schedule: PowerSchedule;
}

/**
 * Starts and stops instances with the EventBridge Scheduler, as a role that may do only this to only them. A stopped
 * instance keeps its disk and its private address.
 */
export class Ec2Schedule extends Construct {
  constructor(scope: Construct, id: string, { machines, schedule }: Ec2ScheduleProps) {
    super(scope, id);
    const ids = machines.map(({ instance }) => instance.instanceId);
    this.addSwitch('Start', 'startInstances', 'ec2:StartInstances', ids, schedule.start, schedule.timeZone);
    this.addSwitch('Stop', 'stopInstances', 'ec2:StopInstances', ids, schedule.stop, schedule.timeZone);
  }

  private addSwitch(
    id: string,
    action: string,
    permission: string,
    ids: readonly string[],
    at: WeeklyTime,
    timeZone: string,
  ): void {
    const { hour, minute } = hourAndMinute(at);
    const stack = Stack.of(this);
    new Schedule(this, id, {
      description: `${id}s a host of small language models`,
      schedule: ScheduleExpression.cron({
        hour: String(hour),
        minute: String(minute),
        weekDay: at.days.map(day => day.toUpperCase()).join(','),
        timeZone: TimeZone.of(timeZone),
      }),
      target: new Universal({
        service: 'ec2',
        action,
        input: ScheduleTargetInput.fromObject({ InstanceIds: ids }),
        policyStatements: [
          new PolicyStatement({
            actions: [permission],
            resources: ids.map(instance =>
              stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: instance }),
            ),
          }),
        ],
      }),
    });
  }
}
