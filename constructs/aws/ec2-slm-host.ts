import { Stack } from 'aws-cdk-lib';
import { InstanceType, Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { ConstructError, rejectViolations } from '../errors';
import { checkSize, defaultPort, listedProblems, renderCloudInit, unitProblems } from '../host/engine';
import type { RecipeSpec } from '../host/engine';
import { listedModelShape } from '../host/host-endpoint';
import { recipeOf } from '../host/host-props';
import type { ServingAttributes } from '../host/host-props';
import { requireProps } from '../required-props';
import { ec2Address, secretNames } from './ec2-address';
import { Ec2Balancer } from './ec2-balancer';
import { Ec2Machine } from './ec2-machine';
import type { Ec2MachineProps, IEc2Machine } from './ec2-machine';
import { Ec2Schedule } from './ec2-schedule';
import { checkEc2SlmHost, requireEc2SlmHostProps, ubuntuParameter, zoneProblems } from './ec2-slm-host-props';
import type { Ec2SlmHostAttributes, Ec2SlmHostProps } from './ec2-slm-host-props';
import { Ec2SpotMachine } from './ec2-spot-machine';
import { HostSecrets, ImportedHostSecrets } from './host-secrets';
import type { IHostSecrets } from './host-secrets';
import { Ec2Endpoint } from './model-endpoint';
import type { IModelEndpointAws } from './model-endpoint';

/** A pool of EC2 instances that serve small language models. */
export interface IEc2SlmHost extends IConstruct {
  /** Name of the host in the private zone. */
  readonly address: string;
  /**
   * A served model. The host has one key: who may call one of its models may call all of them.
   * @throws Error naming the served models when there is none of this name.
   */
  endpoint(model: string): IModelEndpointAws;
}

abstract class HostBase extends Construct implements IEc2SlmHost {
  abstract readonly address: string;
  protected abstract readonly listed: ServingAttributes;
  protected abstract readonly secrets: IHostSecrets;

  endpoint(model: string): IModelEndpointAws {
    const id = `Endpoint-${model}`;
    const known = this.node.tryFindChild(id);
    if (known instanceof Ec2Endpoint) return known;
    return new Ec2Endpoint(this, id, ec2Address(this.listed, this.address, model), grantee =>
      this.secrets.grantCaller(grantee),
    );
  }
}

/**
 * EC2 instances in private subnets that serve small language models over TLS: no public address, Session Manager
 * instead of SSH, secrets made at boot. The stack is complete when every model answers.
 *
 * @example
 * const host = new Ec2SlmHost(this, 'Host', {
 *   name: 'gpu',
 *   vpc,
 *   zone,
 *   instanceType: 'g4dn.xlarge',
 *   engine,
 *   models,
 * });
 * host.endpoint('phi-4-mini').grantInvoke(role);
 */
export class Ec2SlmHost extends HostBase {
  /** An existing host. */
  static fromAttributes(scope: Construct, id: string, attributes: Ec2SlmHostAttributes): IEc2SlmHost {
    return new ImportedEc2SlmHost(scope, id, attributes);
  }

  readonly address: string;
  protected readonly listed: Ec2SlmHostProps;
  protected readonly secrets: HostSecrets;

  /** @throws Error listing the props that EC2 or the recipe would refuse. */
  constructor(scope: Construct, id: string, props: Ec2SlmHostProps) {
    super(scope, id);
    requireEc2SlmHostProps(this, props);
    this.address = `${props.name}.${props.zone.zoneName}`;
    this.listed = props;
    checkEc2SlmHost(this, props, this.recipe());
    this.secrets = new HostSecrets(this, 'Secrets', props.name);
    const subnets = props.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnets;
    const machines = this.addMachines(subnets);
    new ARecord(this, 'Name', {
      zone: props.zone,
      recordName: props.name,
      target: this.target(subnets, machines),
    });
  }

  private recipe(): RecipeSpec {
    return recipeOf(this.listed, this.address);
  }

  private ports(): number[] {
    return this.listed.models.map((_, index) => (this.listed.port ?? defaultPort) + index);
  }

  private addMachines(subnets: readonly ISubnet[]): IEc2Machine[] {
    const { power } = this.listed;
    const all = this.machineProps(subnets);
    if (power?.kind === 'spot')
      return all.map((props, index) => new Ec2SpotMachine(this, `Machine${index + 1}`, props));
    const machines = all.map((props, index) => new Ec2Machine(this, `Machine${index + 1}`, props));
    if (power) new Ec2Schedule(this, 'Schedule', { machines, schedule: power });
    return machines;
  }

  private machineProps(subnets: readonly ISubnet[]): Ec2MachineProps[] {
    const { vpc, instanceType, engine, diskGib = 64, imageParameter, count = 1 } = this.listed;
    const securityGroup = this.addSecurityGroup();
    return Array.from({ length: count }, (_, index) => {
      const subnet = subnets[index % subnets.length];
      if (!subnet) {
        const { path } = this.node;
        throw new ConstructError(path, `${path}: the VPC has no private subnet with egress: add one`);
      }
      return {
        vpc,
        subnet,
        securityGroup,
        instanceType: new InstanceType(instanceType),
        imageParameter: imageParameter ?? ubuntuParameter(engine.arch),
        diskGib,
        secretArns: this.secrets.arns,
        userData: logicalId => this.userData(index === 0, logicalId),
      };
    });
  }

  private userData(first: boolean, logicalId: string): string {
    const stack = Stack.of(this);
    const text = renderCloudInit({
      recipe: this.recipe(),
      secrets: secretNames(this.listed.name),
      store: { kind: 'aws', region: stack.region, signal: { stack: stack.stackName, resource: logicalId } },
      first,
    });
    checkSize(this.node.path, text);
    return text;
  }

  private addSecurityGroup(): SecurityGroup {
    const { vpc } = this.listed;
    const group = new SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'A host of small language models',
      allowAllOutbound: false,
    });
    for (const port of this.ports()) {
      group.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(port), 'TLS from the network');
    }
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'Weights, engine, packages and AWS services');
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(80), 'Signed packages of the distribution');
    return group;
  }

  private target(subnets: readonly ISubnet[], machines: readonly IEc2Machine[]): RecordTarget {
    const [only] = machines;
    if (only instanceof Ec2Machine && machines.length === 1)
      return RecordTarget.fromIpAddresses(only.instance.instancePrivateIp);
    const { vpc } = this.listed;
    const { balancer } = new Ec2Balancer(this, 'LoadBalancer', {
      vpc,
      subnets,
      machines,
      ports: this.ports(),
    });
    return RecordTarget.fromAlias(new LoadBalancerTarget(balancer));
  }
}

class ImportedEc2SlmHost extends HostBase {
  readonly address: string;
  protected readonly listed: Ec2SlmHostAttributes;
  protected readonly secrets: IHostSecrets;

  constructor(scope: Construct, id: string, attributes: Ec2SlmHostAttributes) {
    super(scope, id);
    requireProps<Ec2SlmHostAttributes>(this, attributes, {
      name: 'string',
      zoneName: 'string',
      models: [listedModelShape],
    });
    rejectViolations(this, [
      ...unitProblems(attributes.name),
      ...listedProblems(attributes.models),
      ...zoneProblems('zoneName', attributes.zoneName),
    ]);
    this.address = `${attributes.name}.${attributes.zoneName}`;
    this.listed = attributes;
    this.secrets = new ImportedHostSecrets(this, 'Secrets', attributes.name);
  }
}
