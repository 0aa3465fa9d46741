import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * Role of a machine: it reads and writes its secrets, tells its stack that it answers, and is reached through Session
 * Manager.
 * @param secretArns ARNs of the secrets
 */
export function hostRole(scope: Construct, secretArns: readonly string[]): Role {
  const statement = (actions: string[], resources: readonly string[]) =>
    new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [...resources] });
  return new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    description: 'A host of small language models',
    inlinePolicies: {
      secrets: new PolicyDocument({
        statements: [
          statement(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], secretArns),
        ],
      }),
      signal: new PolicyDocument({
        statements: [statement(['cloudformation:SignalResource'], [Stack.of(scope).stackId])],
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
