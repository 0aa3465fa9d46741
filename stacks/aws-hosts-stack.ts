import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { FlowLogDestination, FlowLogTrafficType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { hostOf } from '../config';
import type { Decision, Environment, GoingUnit, HostAddresses, MachineUnit } from '../config';
import { Ec2SlmHost } from '../constructs/aws';
import { Ec2HostIdentity } from '../constructs/aws/ec2-host-identity';
import type { EndpointAddress } from '../constructs/aws';
import { isOnAws } from './aws-directory';
import { powerOf } from './host-power';
import { directoryKeys } from './model-directory';
import type { ModelDirectory } from './model-directory';
import { namesOf } from './naming';
import { checkMachines, engineOf, modelOf } from './recipe';

export interface AwsHostsStackProps {
  readonly environment: Environment;
  /** What the environment's lock says. */
  readonly decision: Decision;
  /** Units that the lock holds until their successors serve. @default - none */
  readonly going?: readonly GoingUnit[];
  /** Units whose host name others have on. @default - each has its own */
  readonly hosts?: HostAddresses;
}

interface NamedUnits {
  /** Unit whose host name a unit has. */
  readonly nameOf: (unit: MachineUnit) => string;
  /** Those that the names lead to. */
  readonly answers: readonly MachineUnit[];
}

/**
 * `<environment>-hosts-aws`: machines on AWS that serve small models, in private subnets of a VPC, with names in a private
 * zone. Synthesised with CloudFormation; the VPC is made unless the environment names one, which is then looked up with
 * the caller's credentials.
 */
export class AwsHostsStack extends Stack {
  /** Workload → address, for the workloads on AWS. */
  readonly directory: ModelDirectory;

  /** @throws UnverifiedMachine when the environment does not say where engines or weights come from. */
  constructor(scope: Construct, { environment, decision, going = [], hosts }: AwsHostsStackProps) {
    super(scope, `${environment.name}-hosts-aws`, {
      env: { account: environment.aws?.account, region: environment.aws?.region },
      description: `Berth: small models of ${environment.name} on EC2`,
    });
    checkMachines(environment, decision);
    const held = going.filter(({ served }) => served).map(({ unit }) => unit);
    const units = [...held, ...decision.units].filter(isOnAws);
    // What a host name was made for comes first: it has the name where it still stands.
    const nameOf = ({ id }: MachineUnit): string => hostOf(id, hosts);
    const ordered = units.toSorted((a, b) => Number(nameOf(a) !== a.id) - Number(nameOf(b) !== b.id));
    const answers = ordered.filter(unit => {
      const namesakes = ordered.filter(each => nameOf(each) === nameOf(unit));
      return unit === (namesakes.find(each => !held.includes(each)) ?? namesakes[0]);
    });
    this.directory = this.addUnits(environment, decision, ordered, { nameOf, answers });
    for (const [key, value] of Object.entries({
      'managed-by': 'berth',
      environment: environment.name,
      ...environment.tags,
    })) {
      Tags.of(this).add(key, value);
    }
    new CfnOutput(this, 'models', {
      value: JSON.stringify(this.directory),
      description: 'How to reach the model of each workload',
    });
  }

  private addUnits(
    environment: Environment,
    { placements }: Decision,
    units: readonly MachineUnit[],
    { nameOf, answers }: NamedUnits,
  ): ModelDirectory {
    if (units.length === 0) return {};
    const names = namesOf(environment);
    const vpc = this.vpc(environment);
    const zone = new PrivateHostedZone(this, 'zone', { zoneName: names.hostsZone, vpc });
    const identities = new Map<string, Ec2HostIdentity>();
    const entries = units.flatMap(unit => {
      const of = nameOf(unit);
      const host = new Ec2SlmHost(this, unit.id, {
        name: names.host(unit.id),
        vpc,
        zone,
        ...(of === unit.id
          ? {}
          : {
              identity:
                identities.get(of) ??
                new Ec2HostIdentity(new Construct(this, of), 'Default', { name: names.host(of), zone }),
            }),
        answers: answers.includes(unit),
        instanceType: unit.sku,
        count: unit.count,
        power: powerOf(unit),
        engine: engineOf(environment, unit),
        models: unit.serves.map(modelOf),
      });
      identities.set(of, host.identity);
      return placements
        .filter(placement => placement.unit === unit.id)
        .flatMap(({ workload, model }) =>
          directoryKeys(environment, workload).map((key): [string, EndpointAddress] => [
            key,
            host.endpoint(model).address,
          ]),
        );
    });
    return Object.fromEntries(entries);
  }

  private vpc({ aws }: Environment): IVpc {
    if (aws?.vpcId !== undefined) return Vpc.fromLookup(this, 'vpc', { vpcId: aws.vpcId });
    const vpc = new Vpc(this, 'vpc', {
      maxAzs: 2,
      natGateways: 1,
      restrictDefaultSecurityGroup: true,
      subnetConfiguration: [
        { name: 'egress', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
        { name: 'hosts', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 24 },
      ],
    });
    const logGroup = new LogGroup(this, 'flow-logs', { retention: RetentionDays.ONE_MONTH });
    vpc.addFlowLog('flow-log', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.ALL,
    });
    return vpc;
  }
}
