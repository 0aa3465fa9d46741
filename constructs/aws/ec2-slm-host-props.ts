import { Token } from 'aws-cdk-lib';
import { InstanceArchitecture, InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IPrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IConstruct } from 'constructs';
import { hostLimits } from '../../limits/host';
import { shown } from '../../text/shown';
import { integerConstraint, nameConstraint, violationOf } from '../constraint';
import { rejectViolations } from '../errors';
import { engineShape, recipeProblems, servedModelShape } from '../host/engine';
import type { EngineSpec, RecipeSpec } from '../host/engine';
import { powerShape, weeklyTimeConstraint } from '../host/host-power';
import type { HostPower } from '../host/host-power';
import type { PoolProps, ServingAttributes, ServingProps } from '../host/host-props';
import { requireProps } from '../required-props';
import type { Ec2HostIdentity } from './ec2-host-identity';

/** Where a host on AWS stands. */
export interface Ec2SlmHostPlatformProps {
  /** Must have private subnets with egress; its address range reaches the models. */
  readonly vpc: IVpc;
  /** Private zone of the VPC in which the host gets its name. */
  readonly zone: IPrivateHostedZone;
  /** Name, key and certificate of another host of the zone, whose machines these take the place of. @default - its own */
  readonly identity?: Ec2HostIdentity;
  /** Whether the name leads here. Of several hosts with one identity, one answers. @default true */
  readonly answers?: boolean;
}

/** What each of a host's instances is. */
export interface Ec2SlmHostMachineProps {
  /** Instance type of the engine's architecture, such as `m7i.xlarge`. */
  readonly instanceType: string;
  /** Disk of an instance in GiB, 16 to 16384: the system, the engine and twice the largest weights. @default 64 */
  readonly diskGib?: number;
  /** SSM parameter with the image's id. @default - Ubuntu 24.04 LTS of the engine's architecture, at a pinned serial */
  readonly imageParameter?: string;
}

/** A host on AWS: what it serves, where it stands, its instances, and how many of them run when. */
export interface Ec2SlmHostProps
  extends ServingProps, Ec2SlmHostPlatformProps, Ec2SlmHostMachineProps, PoolProps {}

/** A host on AWS that is made elsewhere. */
export interface Ec2SlmHostAttributes extends ServingAttributes {
  /** Domain name of the private zone that has the host's name. */
  readonly zoneName: string;
}

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
  return Token.isUnresolved(name) ? [] : violationOf(prop, name, zoneName);
}

/** @throws InvalidProps naming each prop that is missing or of another kind */
export function requireEc2SlmHostProps(scope: IConstruct, props: Ec2SlmHostProps): void {
  requireProps<Ec2SlmHostProps>(scope, props, {
    name: 'string',
    vpc: 'object',
    zone: 'object',
    instanceType: 'string',
    engine: engineShape,
    models: [servedModelShape],
    power: powerShape(props),
  });
}

/** @throws InvalidProps listing the props that EC2 or the recipe would refuse */
export function checkEc2SlmHost(scope: IConstruct, props: Ec2SlmHostProps, recipe: RecipeSpec): void {
  const { count: instances = 1, diskGib: disk = 64, imageParameter: image, zone, engine } = props;
  rejectViolations(scope, [
    ...recipeProblems(recipe),
    ...violationOf('count', instances, count),
    ...violationOf('diskGib', disk, diskGib),
    ...powerProblems(props.power),
    ...(Token.isUnresolved(zone.zoneName)
      ? ['zone.zoneName must be known at synthesis: give the zone a name that is no token']
      : []),
    ...(image === undefined ? [] : violationOf('imageParameter', image, imageParameter(engine.arch))),
    ...instanceTypeProblems(props.instanceType, engine.arch),
  ]);
}

const count = integerConstraint(1, hostLimits.machines, ' instances');
const diskGib = integerConstraint(16, 16_384, ' GiB');
const zoneName = nameConstraint(
  /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  'a domain name in lower case',
  'correct it',
);
const timeZone = nameConstraint(
  /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/,
  'an IANA name, such as Europe/Stockholm',
  'correct it',
);
const imageParameter = (arch: EngineSpec['arch']) =>
  nameConstraint(
    /^\/[\w./-]{1,1010}$/,
    'the path of an SSM parameter',
    `write it like ${ubuntuParameter(arch)}`,
  );
const instanceType = nameConstraint(
  /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
  'a type such as m7i.xlarge',
  'choose one',
);

function powerProblems(power: HostPower | undefined): string[] {
  if (power !== undefined && !['scheduled', 'spot'].includes(power.kind))
    return [`power.kind must be scheduled or spot, not "${shown(power.kind)}": choose one`];
  if (power?.kind !== 'scheduled') return [];
  return [
    ...violationOf('power.start', power.start, weeklyTimeConstraint),
    ...violationOf('power.stop', power.stop, weeklyTimeConstraint),
    ...violationOf('power.timeZone', power.timeZone, timeZone),
  ];
}

function instanceTypeProblems(type: string, arch: EngineSpec['arch']): string[] {
  const malformed = violationOf('instanceType', type, instanceType);
  if (malformed.length > 0) return malformed;
  const { architecture } = new InstanceType(type);
  if (architecture === architectures[arch]) return [];
  return [
    `instanceType must be of the engine's architecture ${arch}, not ${JSON.stringify(type)} of ${architecture}: choose another type or engine`,
  ];
}
