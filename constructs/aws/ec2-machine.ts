import { Fn, Stack } from 'aws-cdk-lib';
import { Instance, MachineImage, HttpTokens, OperatingSystemType } from 'aws-cdk-lib/aws-ec2';
import type { CfnInstance, InstanceType, ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { INetworkLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { InstanceTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import { Construct } from 'constructs';
import { rootDisk } from './ec2-disk';
import { hostRole } from './ec2-host-role';

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
  /** The cloud-config, given the machine's logical id. */
  readonly userData: (logicalId: string) => string;
}

/** Something that serves and that a load balancer can send callers to. */
export interface IEc2Machine {
  target(port: number): INetworkLoadBalancerTarget;
}

/** How long the stack waits for a machine's models to answer. */
export const patienceMinutes = 60;

/** One EC2 instance that is reached through Session Manager, and whose creation ends when its models answer. */
export class Ec2Machine extends Construct implements IEc2Machine {
  readonly instance: Instance;

  constructor(scope: Construct, id: string, props: Ec2MachineProps) {
    super(scope, id);
    this.instance = new Instance(this, 'Resource', {
      vpc: props.vpc,
      vpcSubnets: { subnets: [props.subnet] },
      securityGroup: props.securityGroup,
      instanceType: props.instanceType,
      machineImage: MachineImage.fromSsmParameter(props.imageParameter, { os: OperatingSystemType.LINUX }),
      role: hostRole(this, props.secretArns),
      associatePublicIpAddress: false,
      httpTokens: HttpTokens.REQUIRED,
      detailedMonitoring: true,
      ebsOptimized: true,
      blockDevices: [rootDisk(props.diskGib)],
    });
    const resource = this.instance.node.defaultChild as CfnInstance;
    resource.cfnOptions.creationPolicy = { resourceSignal: { count: 1, timeout: `PT${patienceMinutes}M` } };
    resource.userData = Fn.base64(props.userData(Stack.of(this).getLogicalId(resource)));
  }

  target(port: number): INetworkLoadBalancerTarget {
    return new InstanceTarget(this.instance, port);
  }
}
