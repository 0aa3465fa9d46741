import { Token } from 'aws-cdk-lib';
import { InstanceArchitecture, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { hostLimits } from '../../limits/host';
import { shown } from '../../text/shown';
import type { EngineSpec } from '../host/engine';
import { weeklyTimeConstraint } from '../host/host-power';
import type { Ec2SlmHostProps } from './ec2-slm-host';

/**
 * Serial of Canonical's image. Seen in public use; read 2026-11-24. The path of a serial's parameter:
 * https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
 */
const ubuntuSerial = '20251212';

export const ubuntuParameter = (arch: EngineSpec['arch']) =>
  `/aws/service/canonical/ubuntu/server/24.04/stable/${ubuntuSerial}/${arch}/hvm/ebs-gp3/ami-id`;

const architectures = { amd64: InstanceArchitecture.X86_64, arm64: InstanceArchitecture.ARM_64 } as const;

/** CloudFormation would look up what `{{resolve:…}}` names, wherever it stands. */
export function zoneProblems(prop: string, name: string): string[] {
  return Token.isUnresolved(name) || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name)
    ? []
    : [`${prop} must be a domain name in lower case, not "${shown(name)}": correct it`];
}

/** Problems of the props that are of EC2 alone. */
export function hostProblems(props: Ec2SlmHostProps): string[] {
  const { instanceType, engine, zone } = props;
  const within = (prop: string, value: number, low: number, high: number, unit: string) =>
    Number.isInteger(value) && value >= low && value <= high
      ? []
      : [
          `${prop} must be a whole number from ${low} to ${high} ${unit}, not ${value}: choose a number inside the limits`,
        ];
  const found = [
    ...within('count', props.count ?? 1, 1, hostLimits.machines, 'instances'),
    ...within('diskGib', props.diskGib ?? 64, 16, 16_384, 'GiB'),
  ];
  if (props.power?.kind === 'scheduled') {
    const { start, stop } = props.power;
    for (const [prop, time] of Object.entries({ start, stop })) {
      if (weeklyTimeConstraint.holds(time)) continue;
      found.push(
        `power.${prop} must be ${weeklyTimeConstraint.allowed}, not ${JSON.stringify(time)}: ${weeklyTimeConstraint.advice}`,
      );
    }
  }
  if (Token.isUnresolved(zone.zoneName)) {
    found.push('zone.zoneName must be known at synthesis: give the zone a name that is no token');
  }
  if (props.imageParameter !== undefined && !/^\/[\w./-]{1,1010}$/.test(props.imageParameter)) {
    found.push(
      `imageParameter must be the path of an SSM parameter, not "${shown(props.imageParameter)}": write it like ${ubuntuParameter(engine.arch)}`,
    );
  }
  if (props.power?.kind === 'scheduled' && !/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(props.power.timeZone)) {
    found.push(
      `power.timeZone must be an IANA name, such as Europe/Stockholm, not "${shown(props.power.timeZone)}": correct it`,
    );
  }
  if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(instanceType)) {
    return [
      ...found,
      `instanceType must be a type such as m7i.xlarge, not "${shown(instanceType)}": choose one`,
    ];
  }
  const { architecture } = new InstanceType(instanceType);
  if (architecture !== architectures[engine.arch]) {
    found.push(
      `instanceType must be of the engine's architecture ${engine.arch}, not ${JSON.stringify(instanceType)} of ${architecture}: choose another type or engine`,
    );
  }
  return found;
}
