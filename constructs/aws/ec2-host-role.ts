import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * What the agent of the Systems Manager needs of AmazonSSMManagedInstanceCore to run associations and sessions; these actions know no
 * resources. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html, read 2026-12-01
 */
const agentActions = [
  'ssm:UpdateInstanceInformation',
  'ssm:ListAssociations',
  'ssm:ListInstanceAssociations',
  'ssm:UpdateAssociationStatus',
  'ssm:UpdateInstanceAssociationStatus',
  'ssm:PutComplianceItems',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
  'ec2messages:AcknowledgeMessage',
  'ec2messages:DeleteMessage',
  'ec2messages:FailMessage',
  'ec2messages:GetEndpoint',
  'ec2messages:GetMessages',
  'ec2messages:SendReply',
];

/**
 * Role of a machine: it reads and writes its secrets, reads its recipe, and is reached by the Systems Manager.
 * @param secretArns ARNs of the secrets
 * @param documents how the names of the host's documents begin
 */
export function hostRole(scope: Construct, secretArns: readonly string[], documents: string): Role {
  const document = Stack.of(scope).formatArn({
    service: 'ssm',
    resource: 'document',
    resourceName: `${documents}*`,
  });
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
      recipe: new PolicyDocument({
        statements: [statement(['ssm:DescribeDocument', 'ssm:GetDocument'], [document])],
      }),
      session: new PolicyDocument({ statements: [statement(agentActions, ['*'])] }),
    },
  });
}
