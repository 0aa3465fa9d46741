import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AzurermProvider as CdktfAzurerm } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup as CdktfGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { AzurermProvider } from '@cdktn/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktn/provider-azurerm/lib/resource-group';
import { UserAssignedIdentity } from '@cdktn/provider-azurerm/lib/user-assigned-identity';
import * as cdktf from 'cdktf';
import * as cdktn from 'cdktn';
import { version as cdktfVersion } from 'cdktf/package.json';
import { version as cdktnVersion } from 'cdktn/package.json';
import { openRehearsal, planSnapshot, rehearse, terraformMatchers } from '../testing';
import { projectWith, releasedApps } from './releases/apps';
import type { ReleasedApp } from './releases/apps';
import { differences } from './releases/differences';
import { planLines } from './releases/plan-lines';
import { releasedStacks, statedLines } from './releases/release';

/** Rehearsals, and programs that synthesise. */
jest.setTimeout(120_000);
expect.extend(terraformMatchers);

const execute = promisify(execFile);
const subscriptionId = '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11';
const group = { name: 'rg-shop', location: 'swedencentral', tags: { owner: 'shop' } };

interface Synthesised {
  readonly version?: string;
  readonly terraform?: {
    readonly required_providers: Readonly<Record<string, { readonly version: string }>>;
  };
}

function cdktfStack(): cdktf.TerraformStack {
  const stack = new cdktf.TerraformStack(new cdktf.App({ stackTraces: false }), 'shop');
  new CdktfAzurerm(stack, 'azurerm', { features: [{}], subscriptionId });
  new CdktfGroup(stack, 'group', group);
  return stack;
}

/** With an attribute that azurerm has since 4.56 only. */
function cdktnStack(isolationScope?: string): cdktn.TerraformStack {
  const stack = new cdktn.TerraformStack(new cdktn.App({ stackTraces: false }), 'shop');
  new AzurermProvider(stack, 'azurerm', { features: [{}], subscriptionId });
  const { name, location } = new ResourceGroup(stack, 'group', group);
  if (isolationScope !== undefined)
    new UserAssignedIdentity(stack, 'app', {
      name: 'id-shop',
      resourceGroupName: name,
      location,
      isolationScope,
    });
  return stack;
}

describe('a stack of cdktn', () => {
  it('is rehearsed with the schemas of its own bindings', async () => {
    const result = await rehearse(cdktnStack('Regional'));
    expect(result.findings).toEqual([]);
    expect(result.resources.map(({ type }) => type)).toContain('azurerm_user_assigned_identity');
  });

  it('is rehearsed as an app and as a list of stacks, too', async () => {
    const stack = cdktnStack();
    for (const target of [stack.node.root as cdktn.App, [stack]]) {
      const rehearsal = await openRehearsal(target);
      expect(rehearsal.stacks.map(({ name }) => name)).toEqual(['shop']);
      await rehearsal.close();
    }
  });

  it('is not rehearsed together with one of cdktf', async () => {
    await expect(openRehearsal([cdktfStack(), cdktnStack()])).rejects.toThrow(
      'an App, a stack, a list of stacks of one App, or a directory is allowed as what to rehearse',
    );
  });

  it('is known to the matchers', () => {
    expect(cdktnStack()).toSynthesiseResource('azurerm_resource_group', { name: 'rg-shop' });
  });

  it('takes over what one of cdktf has deployed, and gives it back, without a change', async () => {
    const rehearsal = await openRehearsal(cdktfStack());
    try {
      await rehearsal.deploy();
      const plans: string[] = [];
      for (const next of [cdktnStack(), cdktfStack()]) {
        await rehearsal.use(next);
        plans.push(planSnapshot(await rehearsal.plan()));
        expect((await rehearsal.deploy()).map(({ ok }) => ok)).toEqual([true]);
      }
      expect(plans).toEqual(['stack shop\nno changes\n', 'stack shop\nno changes\n']);
    } finally {
      await rehearsal.close();
    }
  });
});

describe('an environment on cdktn', () => {
  let work: string;
  /** What release 0.1.0 placed. */
  let project: string;
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'berth-frameworks-'));
    project = projectWith('dev', 'test/lock/release-0.1.0');
    await Promise.all([synthesise('cdktf', 'tsconfig.json'), synthesise('cdktn', 'tsconfig.cdktn.json')]);
  });
  afterAll(() => {
    rmSync(work, { recursive: true });
    rmSync(project, { recursive: true });
  });

  /** The same sources, with the imports of a framework and its bindings as the compiler's options say. */
  async function synthesise(framework: string, tsconfig: string): Promise<void> {
    const variables = { TSX_TSCONFIG_PATH: tsconfig, BERTH_ENV: 'dev', CDKTF_OUTDIR: join(work, framework) };
    const env = { ...process.env, ...variables };
    await execute(process.execPath, ['--import', 'tsx', 'main.ts'], { env, cwd: project });
  }

  const stacks = Object.keys(releasedStacks('0.1.0', 'dev'));
  const read = (framework: string, file: string) =>
    JSON.parse(readFileSync(join(work, framework, file), 'utf8')) as Synthesised;
  const stackFile = (stack: string) => `stacks/${stack}/cdk.tf.json`;

  it('is the same JSON as on cdktf, but for the versions of framework and provider', () => {
    expect(readdirSync(join(work, 'cdktn'), { recursive: true }).sort()).toEqual(
      readdirSync(join(work, 'cdktf'), { recursive: true }).sort(),
    );
    for (const file of ['dev.models.json', ...stacks.map(stackFile)])
      expect(differences(read('cdktf', file), read('cdktn', file))).toEqual([]);
    const { version: before, ...manifest } = read('cdktf', 'manifest.json');
    expect(read('cdktn', 'manifest.json')).toEqual({ ...manifest, version: cdktnVersion });
    expect(before).toEqual(cdktfVersion);
    const versions = (framework: string) =>
      read(framework, stackFile('dev-platform')).terraform?.required_providers.azurerm?.version;
    expect([versions('cdktf'), versions('cdktn')]).toEqual(['4.55.0', '4.73.0']);
  });

  it('takes over the states that release 0.1.0 deployed with cdktf, with the changes that are stated', async () => {
    const states = mkdtempSync(join(work, 'states-'));
    for (const [stack, { state }] of Object.entries(releasedStacks('0.1.0', 'dev')))
      writeFileSync(join(states, `${stack}.tfstate`), JSON.stringify(state));
    const { existing } = releasedApps().find(({ name }) => name === 'dev') as ReleasedApp;
    // The devices of the edge stack are the rehearsal's own.
    const options = { states, existing, stacks: stacks.filter(name => name !== 'dev-edge') };
    const rehearsal = await openRehearsal({ directory: join(work, 'cdktn') }, options);
    try {
      const stated = statedLines('0.1.0', 'dev', 'plan').filter(line => !line.startsWith('dev-edge'));
      expect(planLines(await rehearsal.plan())).toEqual(stated);
    } finally {
      await rehearsal.close();
    }
  });
});
