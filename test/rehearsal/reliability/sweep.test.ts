import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { App, TerraformStack } from 'cdktf';
import { environmentFile, loadEnvironment } from '../../../config';
import { failures, sample, sweep } from '../../../rehearsal/reliability';
import type { Sweep } from '../../../rehearsal/reliability';
import { faultNames } from '../../../rehearsal/simulation';

jest.setTimeout(600_000);

const root = join(__dirname, '../../..');

const problems = ({ cases }: Sweep): string[] =>
  cases.flatMap(({ scene, operation, failure, problems: found }) =>
    found.map(problem => `${scene.act}, ${failure.name} at ${operation.action} ${operation.id}: ${problem}`),
  );

describe('the reliability of dev', () => {
  let swept: Sweep;

  beforeAll(async () => {
    const { weights, engines } = loadEnvironment(environmentFile('dev', root));
    const fixtures = new Map([...Object.values(weights), ...engines].map(({ url, sha256 }) => [url, sha256]));
    const target = { directory: root, environmentVariables: { BERTH_ENV: 'dev' } };
    swept = await sweep(target, { fixtures, choose: sample });
  });

  it('converges after every fault that is tried, with nothing twice, nothing orphaned and an empty plan', () => {
    expect(problems(swept)).toEqual([]);
  });

  /** `npm run bench -- reliability` tries each at every operation. */
  it('is tried with every fault, and in all three acts', () => {
    const { cases } = swept;
    expect(new Set(cases.map(({ failure }) => failure))).toEqual(new Set(failures));
    expect(new Set(cases.map(({ scene }) => scene.act))).toEqual(new Set(['deploy', 'change', 'destroy']));
    expect(new Set(cases.map(({ operation }) => operation.type)).size).toBeGreaterThan(failures.length / 2);
  });

  it('needs the imports that the messages name', () => {
    const lost = swept.cases.filter(
      ({ scene, failure }) => scene.act === 'deploy' && failure.fault.name === 'answer-lost',
    );
    expect(lost.length).toBeGreaterThan(0);
    for (const { failedFirst, runs, commands } of lost)
      expect({ failedFirst, runs, commands }).toEqual({ failedFirst: true, runs: 3, commands: 1 });
  });
});

describe('the failures', () => {
  it('are all the faults that there are', () => {
    expect(new Set(failures.map(({ fault }) => fault.name))).toEqual(new Set(faultNames));
  });
});

describe('a stack that cannot recover', () => {
  let outdir: string;
  beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), 'berth-sweep-'))));
  afterEach(() => rmSync(outdir, { recursive: true }));

  it('is found: a role assignment that azurerm names, whose answer is lost', async () => {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'shop');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const group = new ResourceGroup(stack, 'group', { name: 'rg', location: 'westeurope' });
    new RoleAssignment(stack, 'reader', {
      scope: group.id,
      roleDefinitionName: 'Reader',
      principalId: '11111111-1111-4111-8111-111111111111',
    });
    const swept = await sweep(app, {
      workers: 1,
      choose: cases =>
        cases.filter(
          ({ scene, operation, failure }) =>
            scene.act === 'deploy' &&
            operation.type === 'azurerm_role_assignment' &&
            failure.fault.name === 'answer-lost',
        ),
    });
    expect(problems(swept)).toEqual([
      expect.stringMatching(/does not converge: azurerm_role_assignment\.reader: [^]*RoleAssignmentExists/),
      expect.stringMatching(/orphaned, in Azure and in no state: azurerm_role_assignment /),
    ]);
  });
});
