import { Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Ec2SlmHost } from 'cdktf-berth/aws';
import type { Construct } from 'constructs';

/** A function in a VPC that asks a small model on a machine beside it; nothing of Terraform. */
export class ClassifierStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const zone = new PrivateHostedZone(this, 'Zone', { vpc, zoneName: 'models.internal' });
    const host = new Ec2SlmHost(this, 'Host', {
      name: 'classifier',
      vpc,
      zone,
      instanceType: 'm7i.xlarge',
      engine: {
        version: 'b9000',
        url: 'https://models.example.com/llama.cpp/b9000/llama-server-linux-amd64-cpu.tar.gz',
        sha256: 'ba732d16f46fef35bf7cfee5b97b17fb3e949dd6aa01bd7e2373f20b1895ba73',
        arch: 'amd64',
        accelerator: 'cpu',
      },
      models: [
        {
          model: 'intents',
          api: 'chat',
          weights: {
            url: 'https://models.example.com/store-intents/v7/store-intents-q8_0.gguf',
            revision: 'v7',
            sha256: 'd52df0582a9aff1daa70a376dc1942a03f66c5630aa188cb96794cb7f6320f11',
            format: 'gguf',
          },
          contextTokens: 4096,
          parallel: 2,
        },
      ],
    });
    const intents = host.endpoint('intents');
    const caller = new Lambda(this, 'Caller', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async event => event;'),
      vpc,
      timeout: Duration.seconds(30),
      environment: { OPENAI_BASE_URL: intents.address.baseUrl, MODEL: intents.address.model },
    });
    intents.grantInvoke(caller);
  }
}
