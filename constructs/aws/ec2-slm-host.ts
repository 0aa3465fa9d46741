import { Stack } from 'aws-cdk-lib';
import { InstanceType, Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { ConstructError, rejectViolations } from '../errors';
import {
  defaultPort,
  listedProblems,
  renderBootstrap,
  renderInstanceDocument,
  unitProblems,
} from '../host/engine';
import type { InstanceDocument, RecipeSpec } from '../host/engine';
import { listedModelShape } from '../host/host-endpoint';
import { recipeOf } from '../host/host-props';
import type { ServingAttributes } from '../host/host-props';
import { requireProps } from '../required-props';
import { ec2Address, secretNames } from './ec2-address';
import { Ec2Balancer } from './ec2-balancer';
import { Ec2HostIdentity } from './ec2-host-identity';
import { Ec2Machine } from './ec2-machine';
import type { Ec2MachineProps, IEc2Machine } from './ec2-machine';
import { documentPrefix } from './ec2-recipe';
import { Ec2Schedule } from './ec2-schedule';
import { checkEc2SlmHost, requireEc2SlmHostProps, ubuntuParameter, zoneProblems } from './ec2-slm-host-props';
import type { Ec2SlmHostAttributes, Ec2SlmHostProps } from './ec2-slm-host-props';
import { Ec2SpotMachine } from './ec2-spot-machine';
import { ImportedHostSecrets } from './host-secrets';
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
  /** Name of the host whose secrets it has. */
  protected abstract readonly keyOf: string;

  endpoint(model: string): IModelEndpointAws {
    const id = `Endpoint-${model}`;
    const known = this.node.tryFindChild(id);
    if (known instanceof Ec2Endpoint) return known;
    return new Ec2Endpoint(
      this,
      id,
      ec2Address({ ...this.listed, name: this.keyOf }, this.address, model),
      grantee => this.secrets.grantCaller(grantee),
    );
  }
}

/**
 * EC2 instances in private subnets that serve small language models over TLS: no public address, Session Manager
 * instead of SSH, secrets made by the first of them. What they serve is brought to them one after another, in place, by the State Manager.
 * The stack is complete when every model has given a token.
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
  /** Name, key and certificate that callers know it by. */
  readonly identity: Ec2HostIdentity;
  protected readonly listed: Ec2SlmHostProps;
  protected readonly secrets: IHostSecrets;
  protected readonly keyOf: string;

  /** @throws Error listing the props that EC2 or the recipe would refuse. */
  constructor(scope: Construct, id: string, props: Ec2SlmHostProps) {
    super(scope, id);
    requireEc2SlmHostProps(this, props);
    const { identity, name, zone, answers = true } = props;
    this.address = identity?.address ?? `${name}.${zone.zoneName}`;
    this.listed = props;
    checkEc2SlmHost(this, props, this.recipe());
    // By this id it is no part of what its resources are called.
    this.identity = identity ?? new Ec2HostIdentity(this, 'Default', { name, zone });
    this.secrets = this.identity.secrets;
    this.keyOf = this.identity.name;
    const subnets = props.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS }).subnets;
    const machines = this.addMachines(subnets);
    const target = this.target(subnets, machines);
    if (answers)
      this.identity.leadTo(
        target,
        machines.map(({ served }) => served),
      );
  }

  private recipe(): RecipeSpec {
    return recipeOf(this.listed, this.address);
  }

  private ports(): number[] {
    return this.listed.models.map((_, index) => (this.listed.port ?? defaultPort) + index);
  }

  /** Recipes go from one machine to the next, so that the others of a pool serve meanwhile. */
  private addMachines(subnets: readonly ISubnet[]): IEc2Machine[] {
    const { power, count = 1 } = this.listed;
    const propsOf = this.machineProps(subnets);
    const Machine = power?.kind === 'spot' ? Ec2SpotMachine : Ec2Machine;
    const machines: IEc2Machine[] = [];
    for (let index = 0; index < count; index++)
      machines.push(new Machine(this, `Machine${index + 1}`, propsOf(index, machines.at(-1))));
    if (power?.kind === 'scheduled')
      new Ec2Schedule(this, 'Schedule', {
        machines: machines.filter(each => each instanceof Ec2Machine),
        schedule: power,
      });
    return machines;
  }

  private machineProps(
    subnets: readonly ISubnet[],
  ): (index: number, before: IEc2Machine | undefined) => Ec2MachineProps {
    const { name, vpc, instanceType, engine, diskGib = 64, imageParameter } = this.listed;
    const shared = {
      vpc,
      securityGroup: this.addSecurityGroup(),
      instanceType: new InstanceType(instanceType),
      imageParameter: imageParameter ?? ubuntuParameter(engine.arch),
      diskGib,
      secretArns: this.identity.secrets.arns,
      userData: renderBootstrap({ cloud: 'aws', accelerator: engine.accelerator }),
      documents: documentPrefix(name),
    };
    return (index, before) => {
      const subnet = subnets[index % subnets.length];
      if (!subnet) {
        const { path } = this.node;
        throw new ConstructError(path, `${path}: the VPC has no private subnet with egress: add one`);
      }
      return { ...shared, subnet, document: this.document(index === 0), before };
    };
  }

  private document(first: boolean): InstanceDocument {
    const { count = 1, power } = this.listed;
    return renderInstanceDocument({
      recipe: this.recipe(),
      secrets: secretNames(this.identity.name),
      region: Stack.of(this).region,
      first,
      shared: count > 1 || power?.kind === 'spot',
    });
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
  protected readonly keyOf: string;

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
    this.keyOf = attributes.name;
    this.secrets = new ImportedHostSecrets(this, 'Secrets', attributes.name);
  }
}
