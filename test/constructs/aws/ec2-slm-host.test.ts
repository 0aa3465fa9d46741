import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { Ec2SlmHost } from '../../../constructs/aws';
import type { Ec2SlmHostProps } from '../../../constructs/aws';
import { Ec2HostIdentity } from '../../../constructs/aws/ec2-host-identity';
import { chat, embeddings, engine } from '../host/recipe';

function platform() {
  const stack = new Stack(new App(), 'dev-aws', { env: { region: 'eu-north-1' } });
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  return { stack, vpc, zone: new PrivateHostedZone(stack, 'Zone', { vpc, zoneName: 'dev.berth.internal' }) };
}

function hostOf(change: Partial<Ec2SlmHostProps> = {}) {
  const { stack, vpc, zone } = platform();
  const props = { name: 'support', vpc, zone, instanceType: 'm7i.xlarge', engine, models: [chat] };
  return { stack, host: new Ec2SlmHost(stack, 'Host', { ...props, ...change }) };
}

const templateOf = (change: Partial<Ec2SlmHostProps> = {}) => Template.fromStack(hostOf(change).stack);

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
}
const entriesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type) as Record<string, Resource>);
const idsOf = (template: Template, type: string) => entriesOf(template, type).map(([id]) => id);
const propertiesOf = (template: Template, type: string) =>
  entriesOf(template, type).map(([, each]) => each.Properties);
const userDataOf = (template: Template) =>
  propertiesOf(template, 'AWS::EC2::Instance').map(each =>
    String((each['UserData'] as { 'Fn::Base64': string })['Fn::Base64']),
  );

function refuse(change: Partial<Ec2SlmHostProps>): string {
  try {
    hostOf(change);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}

describe('a host of one EC2 instance', () => {
  const template = templateOf();

  it('is private, encrypted, monitored, and asks for session tokens', () => {
    expect(propertiesOf(template, 'AWS::EC2::Instance')).toEqual([
      expect.objectContaining({
        InstanceType: 'm7i.xlarge',
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/sda1',
            Ebs: { DeleteOnTermination: true, Encrypted: true, VolumeSize: 64, VolumeType: 'gp3' },
          },
        ],
        EbsOptimized: true,
        MetadataOptions: { HttpTokens: 'required' },
        Monitoring: true,
        NetworkInterfaces: [
          expect.objectContaining({
            AssociatePublicIpAddress: false,
            SubnetId: { Ref: expect.stringMatching(/^VpcPrivateSubnet1/) },
          }),
        ],
      }),
    ]);
    expect(propertiesOf(template, 'AWS::EC2::Instance')[0]).not.toHaveProperty('KeyName');
  });

  it('comes from an image at a pinned serial, found at deploy time without an account at synthesis', () => {
    template.hasParameter('*', {
      Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      Default: '/aws/service/canonical/ubuntu/server/24.04/stable/20251212/amd64/hvm/ebs-gp3/ami-id',
    });
  });

  it('is complete only when it says that its models answer', () => {
    const [association] = entriesOf(template, 'AWS::SSM::Association');
    const [handle = ''] = idsOf(template, 'AWS::CloudFormation::WaitConditionHandle');
    const [document] = idsOf(template, 'AWS::SSM::Document');
    expect(association?.[1].Properties).toEqual({
      Name: { Ref: document },
      Targets: [{ Key: 'InstanceIds', Values: [{ Ref: idsOf(template, 'AWS::EC2::Instance')[0] }] }],
      Parameters: { Signal: [{ Ref: handle }] },
      ScheduleExpression: 'rate(30 minutes)',
    });
    const [wait] = entriesOf(template, 'AWS::CloudFormation::WaitCondition');
    expect(wait?.[1]).toEqual({
      Type: 'AWS::CloudFormation::WaitCondition',
      Properties: { Handle: { Ref: handle }, Timeout: '5700', Count: 1 },
      DependsOn: [association?.[0]],
    });
    const [record] = entriesOf(template, 'AWS::Route53::RecordSet');
    expect(record?.[1].DependsOn).toEqual([wait?.[0]]);
  });

  it('lets in TLS from the network alone, and out only what it fetches', () => {
    expect(propertiesOf(template, 'AWS::EC2::SecurityGroup')).toEqual([
      expect.objectContaining({
        GroupDescription: 'A host of small language models',
        SecurityGroupIngress: [
          {
            CidrIp: { 'Fn::GetAtt': [expect.stringMatching(/^Vpc/), 'CidrBlock'] },
            Description: 'TLS from the network',
            FromPort: 8443,
            ToPort: 8443,
            IpProtocol: 'tcp',
          },
        ],
        SecurityGroupEgress: [
          expect.objectContaining({ FromPort: 443, ToPort: 443 }),
          expect.objectContaining({ FromPort: 80, ToPort: 80 }),
        ],
      }),
    ]);
  });

  it('may use its own secrets, read its own recipes, and be reached by the Systems Manager', () => {
    const [role] = propertiesOf(template, 'AWS::IAM::Role').filter(each => each['Policies']);
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    const policies = role?.['Policies'] as {
      PolicyName: string;
      PolicyDocument: { Statement: { Action: unknown; Resource: unknown }[] };
    }[];
    const secret = (name: string) => ({ Ref: expect.stringMatching(new RegExp(`^HostSecrets${name}`)) });
    expect(
      policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument.Statement[0]?.Resource]),
    ).toEqual([
      ['secrets', [secret('ApiKey'), secret('Tls'), secret('Certificate')]],
      ['recipe', { 'Fn::Join': ['', expect.arrayContaining([':document/berth-support-*'])] }],
      ['session', '*'],
    ]);
    expect(policies[0]?.PolicyDocument.Statement[0]?.Action).toEqual([
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
    ]);
  });

  it('has secrets without a value: the host fills them at boot', () => {
    expect(propertiesOf(template, 'AWS::SecretsManager::Secret')).toEqual([
      { Name: 'berth/support/api-key', Description: 'API key of the models on this host' },
      { Name: 'berth/support/tls', Description: 'Private key and certificate of this host' },
      { Name: 'berth/support/certificate', Description: 'Certificate of this host, for clients to trust' },
    ]);
  });

  it('has its name in the private zone', () => {
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'support.dev.berth.internal.',
      Type: 'A',
      ResourceRecords: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^HostMachine1'), 'PrivateIp'] }],
    });
  });

  it('boots from user data within the limit of EC2, without a key in it', () => {
    const [text = ''] = userDataOf(template);
    expect(text).toMatch(/^#cloud-config\n/);
    expect(Buffer.byteLength(text)).toBeLessThan(16_384);
    expect(text).not.toMatch(/PRIVATE KEY|AKIA[0-9A-Z]{16}/);
    expect(text).not.toMatch(/example\.com|phi-4|support/);
  });
});

describe('a host of several EC2 instances', () => {
  const template = templateOf({
    count: 3,
    models: [chat, embeddings],
    instanceType: 'm7g.xlarge',
    engine: { ...engine, arch: 'arm64' },
    port: 9443,
    diskGib: 200,
    imageParameter: '/my/image',
  });

  it('spreads them over the private subnets', () => {
    const subnets = propertiesOf(template, 'AWS::EC2::Instance').map(each =>
      (each['NetworkInterfaces'] as { SubnetId: { Ref: string } }[])[0]?.SubnetId.Ref.slice(0, 17),
    );
    expect(subnets).toEqual(['VpcPrivateSubnet1', 'VpcPrivateSubnet2', 'VpcPrivateSubnet1']);
  });

  it('lets the first make the secrets and the others wait', () => {
    const documents = new Map(entriesOf(template, 'AWS::SSM::Document'));
    const taken = entriesOf(template, 'AWS::SSM::Association').map(([, { Properties: of }]) =>
      JSON.stringify(documents.get((of['Name'] as { readonly Ref: string }).Ref)),
    );
    expect(taken.map(text => text.includes(String.raw`\"first\": true`))).toEqual([true, false, false]);
  });

  it('changes one after another: each waits until the one before gave a token', () => {
    const waits = idsOf(template, 'AWS::CloudFormation::WaitCondition');
    const after = ['AWS::EC2::Instance', 'AWS::CloudFormation::WaitConditionHandle'].map(type =>
      entriesOf(template, type).map(([, { DependsOn: ids = [] }]) => ids.filter(id => waits.includes(id))),
    );
    expect(after).toEqual([
      [[], [waits[0]], [waits[1]]],
      [[], [waits[0]], [waits[1]]],
    ]);
    const [record] = entriesOf(template, 'AWS::Route53::RecordSet');
    expect(record?.[1].DependsOn).toEqual(waits);
  });

  it('balances each model over those that are healthy, inside the network', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
      Type: 'network',
    });
    const groups = propertiesOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(
      groups.map(group => [group['Port'], group['HealthCheckProtocol'], group['HealthCheckPath']]),
    ).toEqual([
      [9443, 'HTTPS', '/health'],
      [9444, 'HTTPS', '/health'],
    ]);
    expect(groups.map(group => (group['Targets'] as unknown[]).length)).toEqual([3, 3]);
  });

  it('takes image and disk as given', () => {
    template.hasParameter('*', { Default: '/my/image' });
    const disks = propertiesOf(template, 'AWS::EC2::Instance').map(each => each['BlockDeviceMappings']);
    expect(JSON.stringify(disks)).toContain('"VolumeSize":200');
  });
});

describe('an endpoint of an EC2 host', () => {
  it('has an address that is known at synthesis', () => {
    const { host } = hostOf({ models: [chat, embeddings] });
    expect(host.endpoint('bge-m3').address).toEqual({
      api: 'openai-embeddings',
      baseUrl: 'https://support.dev.berth.internal:8444/v1',
      model: 'bge-m3',
      auth: 'api-key',
      keySource: 'secretsmanager:berth/support/api-key',
    });
  });

  it('lets a grantee read the key and the certificate, not the private key', () => {
    const { stack, host } = hostOf();
    const role = new Role(stack, 'Caller', { assumedBy: new AccountPrincipal('111111111111') });
    host.endpoint(chat.model).grantInvoke(role).assertSuccess();
    const [policy] = propertiesOf(Template.fromStack(stack), 'AWS::IAM::Policy');
    const text = JSON.stringify(policy);
    expect(text).toContain('HostSecretsApiKey');
    expect(text).toContain('HostSecretsCertificate');
    expect(text).not.toContain('HostSecretsTls');
    expect(text).not.toContain('PutSecretValue');
  });

  it('has the same address when the host is imported, and grants by name', () => {
    const { stack } = platform();
    const models = [chat, embeddings];
    const attributes = { name: 'support', zoneName: 'dev.berth.internal', models };
    const imported = Ec2SlmHost.fromAttributes(stack, 'Host', attributes);
    expect(imported.endpoint('bge-m3').address).toEqual(hostOf({ models }).host.endpoint('bge-m3').address);
    const role = new Role(stack, 'Caller', { assumedBy: new AccountPrincipal('111111111111') });
    imported.endpoint('bge-m3').grantInvoke(role);
    imported.endpoint(chat.model).grantInvoke(role);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::Instance', 0);
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(JSON.stringify(propertiesOf(template, 'AWS::IAM::Policy'))).toContain(
      ':secret:berth/support/api-key-??????',
    );
  });

  it('is refused for a model that is not served', () => {
    expect(() => hostOf().host.endpoint('gpt-4o')).toThrow(
      "support: serves no model 'gpt-4o'; it serves: phi-4-mini-instruct",
    );
  });
});

describe('the props of an EC2 host', () => {
  it.each<Partial<Ec2SlmHostProps>>([{ count: 1 }, { count: 20 }, { diskGib: 16 }, { diskGib: 16_384 }])(
    'may be %j',
    change => {
      expect(refuse(change)).toBe('nothing was thrown');
    },
  );

  const limits = 'choose a number inside the limits';
  it.each<[string, Partial<Ec2SlmHostProps>]>([
    [`count must be a whole number from 1 to 20 instances, not 0: ${limits}`, { count: 0 }],
    [`count must be a whole number from 1 to 20 instances, not 21: ${limits}`, { count: 21 }],
    [`diskGib must be a whole number from 16 to 16384 GiB, not 15: ${limits}`, { diskGib: 15 }],
    [`diskGib must be a whole number from 16 to 16384 GiB, not 16385: ${limits}`, { diskGib: 16_385 }],
    ['instanceType must be a type such as m7i.xlarge, not "big": choose one', { instanceType: 'big' }],
    [
      `instanceType must be of the engine's architecture amd64, not "m7g.xlarge" of arm64: choose another type or engine`,
      { instanceType: 'm7g.xlarge' },
    ],
    [
      'engine has no sha256: supply url and sha256 of a file that you verified; hashes are never invented',
      { engine: { ...engine, sha256: null } },
    ],
  ])('are refused: %s', (problem, change) => {
    expect(refuse(change)).toBe(`invalid props of dev-aws/Host:\n  - ${problem}`);
  });
});

describe('another recipe of a host', () => {
  const resourcesOf = (change: Partial<Ec2SlmHostProps>) =>
    templateOf({ count: 2, ...change }).toJSON()['Resources'] as Record<string, Resource & { Type: string }>;
  const before = resourcesOf({});

  it.each<[string, Partial<Ec2SlmHostProps>]>([
    ['model', { models: [{ ...chat, model: 'another' }] }],
    ['context', { models: [{ ...chat, contextTokens: 4096 }] }],
    ['engine', { engine: { ...engine, version: 'b7000', sha256: 'd'.repeat(64) } }],
  ])(
    'with another %s changes only what brings it, and no id but of what waits and what is brought',
    (_, change) => {
      const after = resourcesOf(change);
      const gone = Object.keys(before).filter(id => !(id in after));
      expect(gone.map(id => before[id]?.Type).sort()).toEqual([
        'AWS::CloudFormation::WaitCondition',
        'AWS::CloudFormation::WaitCondition',
        'AWS::CloudFormation::WaitConditionHandle',
        'AWS::CloudFormation::WaitConditionHandle',
        'AWS::SSM::Document',
        'AWS::SSM::Document',
      ]);
      const changed = Object.entries(after).filter(
        ([id, { Properties: of }]) =>
          id in before && JSON.stringify(of) !== JSON.stringify(before[id]?.Properties),
      );
      expect(changed.map(([, { Type: type }]) => type)).toEqual([
        'AWS::SSM::Association',
        'AWS::SSM::Association',
      ]);
    },
  );
});

/** The ids of the record and the secrets. */
const identityIn = (template: Template) =>
  ['AWS::Route53::RecordSet', 'AWS::SecretsManager::Secret'].map(type => idsOf(template, type).sort());

describe('a host in the place of another', () => {
  const { stack, vpc, zone } = platform();
  const props = { vpc, zone, instanceType: 'm7i.xlarge', engine, models: [chat] };
  const old = new Ec2SlmHost(stack, 'Old', { ...props, name: 'support', answers: false });
  const now = new Ec2SlmHost(stack, 'New', { ...props, name: 'support-2', identity: old.identity });
  const template = Template.fromStack(stack);

  it('answers under its name, with its key and certificate, once its own models gave a token', () => {
    expect(now.address).toBe(old.address);
    expect(now.endpoint(chat.model).address).toEqual(old.endpoint(chat.model).address);
    const records = entriesOf(template, 'AWS::Route53::RecordSet');
    const [, wait] = idsOf(template, 'AWS::CloudFormation::WaitCondition');
    expect(records.map(([id, { DependsOn: after }]) => [id.slice(0, 7), after])).toEqual([
      ['OldName', [wait]],
    ]);
    expect(wait).toMatch(/^NewMachine1/);
    expect(propertiesOf(template, 'AWS::SecretsManager::Secret').map(each => each['Name'])).toEqual([
      'berth/support/api-key',
      'berth/support/tls',
      'berth/support/certificate',
    ]);
  });

  it('has the same record and secrets when the other one is gone', () => {
    const { stack: later, ...around } = platform();
    const owner = new Construct(later, 'Old');
    const identity = new Ec2HostIdentity(owner, 'Default', { name: 'support', zone: around.zone });
    new Ec2SlmHost(later, 'New', { ...props, ...around, name: 'support-2', identity });
    expect(identityIn(Template.fromStack(later))).toEqual(identityIn(template));
  });
});
