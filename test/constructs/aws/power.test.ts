import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Ec2SlmHost } from '../../../constructs/aws';
import type { HostPower } from '../../../constructs/aws';
import { chat, engine } from '../host/recipe';

const days = ['mon', 'tue', 'sun'] as const;
const scheduled = {
  kind: 'scheduled',
  timeZone: 'Europe/Stockholm',
  start: { time: '07:05', days },
  stop: { time: '19:00', days },
} as const;

function hostOf(power: HostPower, count = 1): Template {
  const stack = new Stack(new App(), 'dev-aws', { env: { region: 'eu-north-1' } });
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const zone = new PrivateHostedZone(stack, 'Zone', { vpc, zoneName: 'dev.berth.internal' });
  const props = { name: 'support', vpc, zone, instanceType: 'm7i.xlarge', engine, models: [chat] };
  new Ec2SlmHost(stack, 'Host', { ...props, power, count });
  return Template.fromStack(stack);
}

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly CreationPolicy?: unknown;
}
const all = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type) as Record<string, Resource>);

describe('an EC2 host on a schedule', () => {
  const template = hostOf(scheduled, 2);
  const instances = all(template, 'AWS::EC2::Instance').map(([id]) => ({ Ref: id }));

  it('is started and stopped in its time zone', () => {
    expect(
      all(template, 'AWS::Scheduler::Schedule').map(([, { Properties: properties }]) => [
        properties['ScheduleExpression'],
        properties['ScheduleExpressionTimezone'],
        (properties['Target'] as { Arn: { 'Fn::Join': unknown[][] } }).Arn['Fn::Join'][1]?.at(-1),
      ]),
    ).toEqual([
      ['cron(5 7 ? * MON,TUE,SUN *)', 'Europe/Stockholm', ':scheduler:::aws-sdk:ec2:startInstances'],
      ['cron(0 19 ? * MON,TUE,SUN *)', 'Europe/Stockholm', ':scheduler:::aws-sdk:ec2:stopInstances'],
    ]);
  });

  it('switches its own instances, as roles that may do nothing else', () => {
    const statements = all(template, 'AWS::IAM::Policy').flatMap(
      ([
        ,
        {
          Properties: { PolicyDocument: document },
        },
      ]) => (document as { Statement: { Action: string; Resource: unknown }[] }).Statement,
    );
    const ofSchedules = statements.filter(({ Action: action }) => action.startsWith('ec2:'));
    expect(ofSchedules.map(({ Action: action }) => action)).toEqual([
      'ec2:StartInstances',
      'ec2:StopInstances',
    ]);
    for (const { Resource: resource } of ofSchedules) {
      const arns = resource as { 'Fn::Join': [string, unknown[]] }[];
      expect(arns.map(arn => arn['Fn::Join'][1].at(-1))).toEqual(instances);
    }
  });

  it('refuses a time that is none', () => {
    expect(() => hostOf({ ...scheduled, start: { time: '25:00', days } })).toThrow(
      'power.start must be a time from 00:00 to 23:59 on one or more different days of mon to sun, not {"time":"25:00","days":["mon","tue","sun"]}: correct it',
    );
  });
});

describe('an EC2 host on spot', () => {
  const template = hostOf({ kind: 'spot' });
  const groups = all(template, 'AWS::AutoScaling::AutoScalingGroup');
  const data = all(template, 'AWS::EC2::LaunchTemplate')[0]?.[1].Properties['LaunchTemplateData'] as Record<
    string,
    unknown
  >;

  it('is a group of one that starts another instance when EC2 takes it back', () => {
    expect(all(template, 'AWS::EC2::Instance')).toEqual([]);
    expect(
      groups.map(
        ([
          ,
          {
            Properties: { MinSize: min, MaxSize: max },
          },
        ]) => [min, max],
      ),
    ).toEqual([['1', '1']]);
    expect(data['InstanceMarketOptions']).toEqual({
      MarketType: 'spot',
      SpotOptions: { SpotInstanceType: 'one-time' },
    });
  });

  it('is private, encrypted, monitored, and asks for session tokens', () => {
    expect(data).toMatchObject({
      InstanceType: 'm7i.xlarge',
      EbsOptimized: true,
      Monitoring: { Enabled: true },
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [
        {
          DeviceName: '/dev/sda1',
          Ebs: { DeleteOnTermination: true, Encrypted: true, VolumeSize: 64, VolumeType: 'gp3' },
        },
      ],
      NetworkInterfaces: [expect.objectContaining({ AssociatePublicIpAddress: false })],
    });
    expect(data).not.toHaveProperty('KeyName');
  });

  it('is taken to its recipe as it comes, and complete when it says so', () => {
    const [[group] = ['']] = groups;
    expect(groups[0]?.[1].CreationPolicy).toBeUndefined();
    expect(all(template, 'AWS::SSM::Association').map(([, { Properties: of }]) => of['Targets'])).toEqual([
      [{ Key: 'tag:aws:autoscaling:groupName', Values: [{ Ref: group }] }],
    ]);
    expect(all(template, 'AWS::CloudFormation::WaitCondition')).toHaveLength(1);
  });

  it('is reached through a load balancer, because another instance has another address', () => {
    const [[balancer] = ['']] = all(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'support.dev.berth.internal.',
      AliasTarget: { DNSName: { 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': [balancer, 'DNSName'] }]] } },
    });
    const [[target] = ['']] = all(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(groups[0]?.[1].Properties['TargetGroupARNs']).toEqual([{ Ref: target }]);
  });
});
