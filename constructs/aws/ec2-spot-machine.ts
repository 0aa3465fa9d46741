import { Duration, Fn, Stack } from 'aws-cdk-lib';
import type { CfnElement } from 'aws-cdk-lib';
import { AutoScalingGroup, Signals, UpdatePolicy } from 'aws-cdk-lib/aws-autoscaling';
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
import { rootDisk } from './ec2-disk';
import { hostRole } from './ec2-host-role';
import { patienceMinutes } from './ec2-machine';
import type { Ec2MachineProps, IEc2Machine } from './ec2-machine';

/**
 * One spot instance, kept by a group of one that starts another when EC2 takes it back. A persistent spot request would
 * do that too, and go on after its stack is deleted. The new instance has another address and downloads its weights
 * anew, so callers come through the load balancer.
 */
export class Ec2SpotMachine extends Construct implements IEc2Machine {
  private readonly group: AutoScalingGroup;

  constructor(scope: Construct, id: string, props: Ec2MachineProps) {
    super(scope, id);
    const template = new LaunchTemplate(this, 'Template', {
      instanceType: props.instanceType,
      machineImage: MachineImage.fromSsmParameter(props.imageParameter, { os: OperatingSystemType.LINUX }),
      role: hostRole(this, props.secretArns),
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
      signals: Signals.waitForCount(1, { timeout: Duration.minutes(patienceMinutes) }),
      updatePolicy: UpdatePolicy.replacingUpdate(),
    });
    const resource = template.node.defaultChild as CfnLaunchTemplate;
    const group = this.group.node.defaultChild as CfnElement;
    resource.addPropertyOverride(
      'LaunchTemplateData.UserData',
      Fn.base64(props.userData(Stack.of(this).getLogicalId(group))),
    );
  }

  target(): INetworkLoadBalancerTarget {
    return this.group;
  }
}
