import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { App, TerraformStack } from 'cdktf';
import { Rehearsal } from '../../../rehearsal/run';
import { adviceFor } from '../../../rehearsal/terraform/advice';
import type { Configuration, Ran } from '../terraform-folder';
import { TerraformFolder } from '../terraform-folder';
import { StateServer } from '../../../bench/deploy/state-server';

jest.setTimeout(60_000);

const groupId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';
const providers = { azurerm: { source: 'hashicorp/azurerm' }, azapi: { source: 'azure/azapi' } };

const configuration = (backend: object): Configuration => ({
  terraform: { required_providers: providers, ...backend } as Record<string, object>,
  resource: { azurerm_resource_group: { rg: { name: 'rg', location: 'westeurope' } } },
});

const killed = [{ name: 'deploy-killed-late' }] as const;

/** The arguments of the command that the advice for an error names. */
function advised({ text }: Ran): string {
  const command = adviceFor({
    severity: 'error',
    summary: text,
    detail: '',
    address: 'azurerm_resource_group.rg',
  })?.command;
  return (command ?? ['no-advice']).join(' ');
}

describe('a Terraform that is killed behind a write', () => {
  let folder: TerraformFolder;
  beforeEach(() => (folder = new TerraformFolder()));
  afterEach(() => folder.stop());

  it('leaves its lock file and a state behind Azure; the next run says what to import', async () => {
    await folder.start(configuration({}), { faults: killed });
    await folder.apply();
    expect(existsSync(join(folder.path, '.terraform.tfstate.lock.info'))).toBe(true);
    expect(folder.azure.list().map(({ id }) => id)).toEqual([groupId]);
    const again = await folder.apply();
    expect(advised(again)).toBe(`import azurerm_resource_group.rg ${groupId}`);
    expect((await folder.run(advised(again))).code).toBe(0);
    expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
  });

  it('leaves the lock of a remote state; the next run says how to remove it', async () => {
    const server = new StateServer();
    await server.start();
    try {
      await folder.start(configuration({ backend: server.backend }), { faults: killed });
      await folder.apply();
      const locked = await folder.apply();
      expect(locked.text).toContain('Error acquiring the state lock');
      expect(advised(locked)).toMatch(/^force-unlock -force [0-9a-f-]{36}$/);
      expect((await folder.run(advised(locked))).code).toBe(0);
      const again = await folder.apply();
      expect((await folder.run(advised(again))).code).toBe(0);
      expect((await folder.run('plan -detailed-exitcode')).code).toBe(0);
      expect(folder.azure.operations()).toHaveLength(1);
    } finally {
      await server.stop();
    }
  });
});

describe('a cdktf that is killed', () => {
  let outdir: string;
  beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), 'berth-killed-'))));
  afterEach(() => rmSync(outdir, { recursive: true }));

  function app(): App {
    const made = new App({ outdir });
    const stack = new TerraformStack(made, 'shop');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const group = new ResourceGroup(stack, 'group', { name: 'rg', location: 'westeurope' });
    new UserAssignedIdentity(stack, 'app', {
      name: 'app',
      resourceGroupName: group.name,
      location: group.location,
    });
    return made;
  }

  it('is told by the next run what to import', async () => {
    const faults = [{ name: 'deploy-killed-late', resource: 'azurerm_user_assigned_identity' }] as const;
    const rehearsal = await Rehearsal.open(app(), { deployWith: 'cdktf', faults });
    try {
      const [first] = await rehearsal.deploy();
      expect(first?.ok).toBe(false);
      expect(first?.diagnostics.map(({ detail }) => detail)).toEqual([
        expect.stringMatching(/^cdkt[fn] was ended by SIGKILL$/),
      ]);
      const [second] = await rehearsal.deploy();
      expect(second?.diagnostics.map(error => adviceFor(error)?.command)).toEqual([
        [
          'import',
          expect.stringMatching(/^azurerm_user_assigned_identity\.app/),
          `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app`,
        ],
      ]);
      expect(rehearsal.azure?.list()).toHaveLength(2);
    } finally {
      await rehearsal.close();
    }
  });
});
