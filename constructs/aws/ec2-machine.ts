import { Fn, Stack } from 'aws-cdk-lib';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  Instance,
  MachineImage,
  HttpTokens,
  OperatingSystemType,
} from 'aws-cdk-lib/aws-ec2';
import type { CfnInstance, InstanceType, ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

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

/** How long the stack waits for a machine's models to answer. */
const patience = 'PT60M';

/** One EC2 instance that is reached through Session Manager, and whose creation ends when its models answer. */
export class Ec2Machine extends Construct {
  readonly instance: Instance;

  constructor(scope: Construct, id: string, props: Ec2MachineProps) {
    super(scope, id);
    this.instance = new Instance(this, 'Resource', {
      vpc: props.vpc,
      vpcSubnets: { subnets: [props.subnet] },
      securityGroup: props.securityGroup,
      instanceType: props.instanceType,
      machineImage: MachineImage.fromSsmParameter(props.imageParameter, { os: OperatingSystemType.LINUX }),
      role: this.addRole(props.secretArns),
      associatePublicIpAddress: false,
      httpTokens: HttpTokens.REQUIRED,
      detailedMonitoring: true,
      ebsOptimized: true,
      blockDevices: [
        {
          deviceName: '/dev/sda1',
          volume: BlockDeviceVolume.ebs(props.diskGib, {
            encrypted: true,
            volumeType: EbsDeviceVolumeType.GP3,
            deleteOnTermination: true,
          }),
        },
      ],
    });
    const resource = this.instance.node.defaultChild as CfnInstance;
    resource.cfnOptions.creationPolicy = { resourceSignal: { count: 1, timeout: patience } };
    resource.userData = Fn.base64(props.userData(Stack.of(this).getLogicalId(resource)));
  }

  private addRole(secretArns: readonly string[]): Role {
    const stack = Stack.of(this);
    const statement = (actions: string[], resources: readonly string[]) =>
      new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [...resources] });
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      description: 'A host of small language models',
      inlinePolicies: {
        secrets: new PolicyDocument({
          statements: [
            statement(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], secretArns),
          ],
        }),
        signal: new PolicyDocument({
          statements: [statement(['cloudformation:SignalResource'], [stack.stackId])],
        }),
        // What the Session Manager needs of AmazonSSMManagedInstanceCore; these actions know no resources.
        session: new PolicyDocument({
          statements: [
            statement(
              [
                'ssm:UpdateInstanceInformation',
                'ssmmessages:CreateControlChannel',
                'ssmmessages:CreateDataChannel',
                'ssmmessages:OpenControlChannel',
                'ssmmessages:OpenDataChannel',
              ],
              ['*'],
            ),
          ],
        }),
      },
    });
  }
}
