import { Fn } from 'aws-cdk-lib';
import { Instance, MachineImage, HttpTokens, OperatingSystemType } from 'aws-cdk-lib/aws-ec2';
import type { CfnInstance, InstanceType, ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { INetworkLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { InstanceTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import type { InstanceDocument } from '../host/engine';
import { rootDisk } from './ec2-disk';
import { hostRole } from './ec2-host-role';
import { Ec2Recipe } from './ec2-recipe';

export interface Ec2MachineProps {
  readonly vpc: IVpc;
  readonly subnet: ISubnet;
  readonly securityGroup: ISecurityGroup;
  readonly instanceType: InstanceType;
  /** SSM parameter that holds the id of the machine image. */
  readonly imageParameter: string;
  readonly diskGib: number;
  /** ARNs of the secrets that the machine reads and writes. */
  readonly secretArns: readonly string[];
  /** The cloud-config of its first boot: nothing of what it serves. */
  readonly userData: string;
  /** How the names of the host's documents begin. */
  readonly documents: string;
  /** What it is taken to. */
  readonly document: InstanceDocument;
  /** Machine that is changed before this one. */
  readonly before: IEc2Machine | undefined;
}

/** Something that serves and that a load balancer can send callers to. */
export interface IEc2Machine extends Construct {
  /** What is complete once it has its recipe. */
  readonly served: IDependable;
  target(port: number): INetworkLoadBalancerTarget;
}

/** One EC2 instance that is reached through the Systems Manager, and takes its recipe in place once the one before it has. */
export class Ec2Machine extends Construct implements IEc2Machine {
  readonly instance: Instance;
  readonly served: IDependable;

  constructor(host: Construct, id: string, props: Ec2MachineProps) {
    super(host, id);
    this.instance = new Instance(this, 'Resource', {
      vpc: props.vpc,
      vpcSubnets: { subnets: [props.subnet] },
      securityGroup: props.securityGroup,
      instanceType: props.instanceType,
      machineImage: MachineImage.fromSsmParameter(props.imageParameter, { os: OperatingSystemType.LINUX }),
      role: hostRole(this, props.secretArns, props.documents),
      associatePublicIpAddress: false,
      httpTokens: HttpTokens.REQUIRED,
      detailedMonitoring: true,
      ebsOptimized: true,
      blockDevices: [rootDisk(props.diskGib)],
    });
    const resource = this.instance.node.defaultChild as CfnInstance;
    resource.userData = Fn.base64(props.userData);
    const { document, documents: prefix, before } = props;
    this.served = new Ec2Recipe(this, 'Recipe', {
      host,
      prefix,
      document,
      target: { key: 'InstanceIds', value: this.instance.instanceId },
    }).served;
    if (before) this.node.addDependency(before.served);
  }

  target(port: number): INetworkLoadBalancerTarget {
    return new InstanceTarget(this.instance, port);
  }
}
