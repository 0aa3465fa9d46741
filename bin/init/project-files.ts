import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { satisfies } from 'semver';
import { deployWorkflow, driftWorkflow, planWorkflow } from './workflows';

/** What tells one team's repository from another's. */
export interface ProjectChoices {
  /** Name of the repository, as npm allows it. */
  readonly project: string;
  /** What `cdktf.json` calls it; in the keys of its states. */
  readonly projectId: string;
  readonly environment: string;
  /** Subscription; undefined where the team writes its own into the file. */
  readonly subscription?: string | undefined;
  readonly location: string;
  /** Storage account of the states; undefined where the team writes its own into the file. */
  readonly stateAccount?: string | undefined;
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Everything of the repository but the lock: path → text. */
export function projectFiles(choices: ProjectChoices): Record<string, string> {
  const { environment, projectId } = choices;
  return {
    '.github/workflows/deploy.yml': deployWorkflow(environment),
    '.github/workflows/drift.yml': driftWorkflow(environment),
    '.github/workflows/plan.yml': planWorkflow(environment),
    '.gitignore': [
      'node_modules/',
      'cdktf.out/',
      '*.tfstate*',
      'base.lock.json',
      'comment.md',
      'body.md',
      '',
    ].join('\n'),
    '.nvmrc': `${process.versions.node.split('.')[0]}\n`,
    'cdktf.json': json({
      language: 'typescript',
      app: 'node --import tsx main.ts',
      projectId,
      sendCrashReports: 'false',
    }),
    [`config/environments/${environment}.yaml`]: environmentText(choices),
    'main.ts': mainText,
    'package.json': json(packageOf(choices.project)),
    'test/plan.test.ts': planTest(environment),
    'tsconfig.json': json(compilerOptions),
  };
}

const json = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;

/** Placeholders that Azure refuses, so that nothing is deployed into somebody else's. */
const example = { subscription: '6f1c2f0e-6a55-4d0c-9a37-1d2f7c0b8e21', stateAccount: 'stexamplestates' };

function environmentText({ environment, subscription, location, stateAccount }: ProjectChoices): string {
  const own = (given: string | undefined): string =>
    given === undefined ? ' # an example: write your own' : '';
  return `# yaml-language-server: $schema=../../node_modules/cdktf-berth/dist/config/environment.schema.json
name: ${environment}
azure:
  subscriptionId: ${subscription ?? example.subscription}${own(subscription)}
  locations: [${location}]
backend:
  resourceGroupName: rg-terraform-state
  storageAccountName: ${stateAccount ?? example.stateAccount}${own(stateAccount)}
  containerName: berth
workloads:
  - name: support-chat
    task: chat
    quality: { atLeast: gpt-4.1-mini }
    traffic: { requestsPerDay: 20000, inputTokens: 900, outputTokens: 250 }
`;
}

const mainText = `import { berthApp } from 'cdktf-berth';

berthApp({ environment: process.env.BERTH_ENV });
`;

const planTest = (environment: string): string => `import { App } from 'cdktf';
import { synthesiseEnvironments } from 'cdktf-berth';
import { planSnapshot, rehearse, terraformMatchers } from 'cdktf-berth/testing';

expect.extend(terraformMatchers);

it('is deployed, planned again, drifted and destroyed, by the plan that was reviewed', async () => {
  const app = new App({ stackTraces: false });
  synthesiseEnvironments(app, { environment: '${environment}' });
  const result = await rehearse(app);
  expect(result.findings).toEqual([]);
  expect(result.stacks).toPlanResource('azurerm_cognitive_account', {
    local_auth_enabled: false,
    public_network_access_enabled: false,
  });
  expect(planSnapshot(result)).toMatchSnapshot();
}, 120_000);
`;

const compilerOptions = {
  compilerOptions: {
    target: 'es2022',
    module: 'node16',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['jest', 'node'],
  },
  include: ['main.ts', 'config/**/*.ts', 'test/**/*.ts'],
};

function packageOf(name: string): object {
  const { version, dependencies, peerDependencies: peers, devDependencies: tools } = ownManifest();
  const at = (from: Readonly<Record<string, string>>, ...names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map(each => [each, from[each] ?? '*']));
  // cdktf-cli has no binary for later Node.js; cdktn-cli deploys the same apps.
  const cli = satisfies(process.versions.node, '>=22.19') ? 'cdktn-cli' : 'cdktf-cli';
  return {
    name,
    private: true,
    scripts: {
      check: 'tsc && berth validate',
      explain: 'berth explain',
      place: 'berth place',
      test: 'jest',
    },
    jest: { transform: { '^.+\\.ts$': '@swc/jest' } },
    dependencies: {
      ...at(peers, '@cdktf/provider-azurerm', 'cdktf'),
      'cdktf-berth': `^${version}`,
      ...at(peers, 'constructs'),
      ...at(dependencies, 'tsx'),
    },
    devDependencies: at(
      tools,
      ...['@swc/core', '@swc/jest', '@types/jest', '@types/node', cli, 'jest', 'typescript'],
    ),
  };
}

/** The tools of a team are of the versions that Berth itself is tested with. */
function ownManifest(): Manifest {
  const manifest = createRequire(__filename).resolve('cdktf-berth/package.json');
  return JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
}
