import { newStatePlace, parseEnvironment, statePlaceOf } from '../../config';
import type { Environment, StatePlace } from '../../config';
import { stateProblem } from '../../lock/state-place';

const subscriptionId = '7B1F6A52-0d0f-4c7e-9a39-0f7f2f1f6d11';
const container = { resourceGroupName: 'rg', storageAccountName: 'stshop', containerName: 'berth' };
const project = 'b0e7f2a4-6c1d-4a57-9a7e-2f0d5c3be411';

function dev(more: object, backend: object | null = container): Environment {
  const workloads = [
    { name: 'chat', task: 'chat', traffic: { requestsPerDay: 1, inputTokens: 1, outputTokens: 1 } },
  ];
  return parseEnvironment({ name: 'dev', workloads, ...(backend ? { backend } : {}), ...more }, 'dev.yaml');
}

const azure = { azure: { subscriptionId, locations: ['swedencentral'] } };
const aws = { aws: { account: '123456789012', region: 'us-east-1' } };
const awsWithout = { aws: { region: 'us-east-1' } };

const at = (keyPrefix: string): StatePlace => ({
  backend: 'azurerm',
  storageAccountName: 'stshop',
  containerName: 'berth',
  keyPrefix,
});

describe('the states of a new environment', () => {
  it.each<[string, Environment, string | undefined, StatePlace]>([
    ['without a backend', dev(azure, null), project, { backend: 'local' }],
    ['of a subscription and project', dev(azure), project, at(`${subscriptionId.toLowerCase()}/${project}`)],
    ['without a project', dev(azure), undefined, at(subscriptionId.toLowerCase())],
    ['of an AWS account', dev(aws), project, at(`aws-123456789012/${project}`)],
    ['of no known account', dev(awsWithout), project, at(project)],
    ['of a project that no key can hold', dev(aws), '../x y', at('aws-123456789012')],
    ['with a prefix', dev(azure, { ...container, keyPrefix: 'shop/team' }), project, at('shop/team')],
    ['with an empty prefix', dev(azure, { ...container, keyPrefix: '' }), project, at('')],
  ])('%s are where no other dev is', (_, environment, projectId, place) => {
    expect(newStatePlace(environment, 'dev.yaml', projectId)).toEqual(place);
  });

  it('need a prefix where nothing tells it from another dev', () => {
    expect(() => newStatePlace(dev(awsWithout), 'dev.yaml')).toThrow(
      'dev.yaml: backend.keyPrefix: a prefix is needed where neither a subscription nor cdktf.json tells this environment from another dev, got nothing; write one like team/project',
    );
  });

  it.each(['/shop', 'shop/', 'a//b', '../b', '${x}', 'a b'])('take no prefix like %j', keyPrefix => {
    expect(() => dev(azure, { ...container, keyPrefix })).toThrow(
      /backend\.keyPrefix: must be parts of letters/,
    );
  });
});

describe('the states of an environment that is deployed', () => {
  it.each<[string, Environment, StatePlace | undefined, StatePlace]>([
    ['of release 0.1 keep their keys', dev(azure), undefined, at('')],
    ['of release 0.1 stay in local files', dev(azure, null), undefined, { backend: 'local' }],
    ['are where the lock records them', dev(azure), at('shop'), at('shop')],
  ])('%s', (_, environment, recorded, place) => {
    expect(statePlaceOf(environment, recorded)).toEqual(place);
    expect(stateProblem(environment, recorded)).toBeUndefined();
  });

  const none = 'where Terraform would begin with none';
  it.each<[string, Environment, StatePlace | undefined, string]>([
    [
      'a new backend',
      dev(azure),
      { backend: 'local' },
      `the states are in local files (terraform.dev-*.tfstate), and the environment's backend names in stshop/berth/dev-*.tfstate, ${none}`,
    ],
    [
      'a backend that is gone',
      dev(azure, null),
      at('a'),
      `the states are in stshop/berth/a/dev-*.tfstate, and the environment's backend names in local files (terraform.dev-*.tfstate), ${none}`,
    ],
    [
      'another container',
      dev(azure, { ...container, containerName: 'other' }),
      at('a'),
      `the states are in stshop/berth/a/dev-*.tfstate, and the environment's backend names in stshop/other/a/dev-*.tfstate, ${none}`,
    ],
    [
      'a prefix for keys of release 0.1',
      dev(azure, { ...container, keyPrefix: 'shop' }),
      undefined,
      `the states are in stshop/berth/dev-*.tfstate, and the environment's backend names in stshop/berth/shop/dev-*.tfstate, ${none}`,
    ],
  ])('are never left behind by %s', (_, environment, recorded, problem) => {
    expect(stateProblem(environment, recorded)).toBe(problem);
  });
});
