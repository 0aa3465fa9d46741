import { Fn } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import {
  LaunchTemplate,
  LaunchTemplateHttpTokens,
  MachineImage,
  OperatingSystemType,
  SpotRequestType,
} from 'aws-cdk-lib/aws-ec2';
import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { INetworkLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import { rootDisk } from './ec2-disk';
import { hostRole } from './ec2-host-role';
import { Ec2Recipe } from './ec2-recipe';
import type { Ec2MachineProps, IEc2Machine } from './ec2-machine';

/**
 * One spot instance, kept by a group of one that starts another when EC2 takes it back. A persistent spot request would
 * do that too, and go on after its stack is deleted. The new instance has another address and downloads its weights
 * anew, so callers come through the load balancer.
 */
export class Ec2SpotMachine extends Construct implements IEc2Machine {
  readonly served: IDependable;
  private readonly group: AutoScalingGroup;

  constructor(host: Construct, id: string, props: Ec2MachineProps) {
    super(host, id);
    const template = new LaunchTemplate(this, 'Template', {
      instanceType: props.instanceType,
      machineImage: MachineImage.fromSsmParameter(props.imageParameter, { os: OperatingSystemType.LINUX }),
      role: hostRole(this, props.secretArns, props.documents),
      securityGroup: props.securityGroup,
      httpTokens: LaunchTemplateHttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      associatePublicIpAddress: false,
      detailedMonitoring: true,
      ebsOptimized: true,
      blockDevices: [rootDisk(props.diskGib)],
      spotOptions: { requestType: SpotRequestType.ONE_TIME },
    });
    this.group = new AutoScalingGroup(this, 'Resource', {
      vpc: props.vpc,
      vpcSubnets: { subnets: [props.subnet] },
      launchTemplate: template,
      minCapacity: 1,
      maxCapacity: 1,
    });
    const resource = template.node.defaultChild as CfnLaunchTemplate;
    resource.addPropertyOverride('LaunchTemplateData.UserData', Fn.base64(props.userData));
    const { document, documents: prefix, before } = props;
    this.served = new Ec2Recipe(this, 'Recipe', {
      host,
      prefix,
      document,
      target: { key: 'tag:aws:autoscaling:groupName', value: this.group.autoScalingGroupName },
    }).served;
    if (before) this.node.addDependency(before.served);
  }

  target(): INetworkLoadBalancerTarget {
    return this.group;
  }
}
