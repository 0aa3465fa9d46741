import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { App, TerraformStack } from 'cdktf';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { openRehearsal } from '../../../testing';

jest.setTimeout(60_000);

interface Wanted {
  /** Name of the construct of the identity. @default - no identity */
  readonly identity?: string;
  /** Address that the identity had before. */
  readonly movedFrom?: string;
}

/** A resource group and an identity. */
function shop({ identity, movedFrom }: Wanted): TerraformStack {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'shop');
  new AzurermProvider(stack, 'azurerm', {
    features: [{}],
    subscriptionId: '7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11',
  });
  const group = new ResourceGroup(stack, 'group', { name: 'rg-shop', location: 'swedencentral' });
  if (identity === undefined) return stack;
  const made = new UserAssignedIdentity(stack, identity, {
    name: 'id-shop',
    resourceGroupName: group.name,
    location: group.location,
  });
  if (movedFrom) made.moveFromId(movedFrom);
  return stack;
}

let states: string;
beforeAll(async () => {
  states = mkdtempSync(join(os.tmpdir(), 'states-'));
  const rehearsal = await openRehearsal(shop({ identity: 'clerk' }));
  try {
    expect((await rehearsal.deploy()).map(({ ok }) => ok)).toEqual([true]);
    cpSync(join(rehearsal.directory, 'state'), states, { recursive: true });
  } finally {
    await rehearsal.close();
  }
});
afterAll(() => rmSync(states, { recursive: true }));

async function planned(wanted: Wanted): Promise<string[]> {
  const rehearsal = await openRehearsal(shop(wanted), { states });
  try {
    const plans = await rehearsal.plan();
    expect(plans.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    return plans.flatMap(({ changes }) =>
      changes.map(({ address, actions }) => `${actions.join()} ${address}`),
    );
  } finally {
    await rehearsal.close();
  }
}

describe('a rehearsal over states', () => {
  it('finds everything there', async () => {
    expect(await planned({ identity: 'clerk' })).toEqual([]);
  });

  it('shows what another address costs, and that a moved block mends it', async () => {
    expect(await planned({ identity: 'assistant' })).toEqual([
      'create azurerm_user_assigned_identity.assistant',
      'delete azurerm_user_assigned_identity.clerk',
    ]);
    expect(
      await planned({ identity: 'assistant', movedFrom: 'azurerm_user_assigned_identity.clerk' }),
    ).toEqual(['no-op azurerm_user_assigned_identity.assistant']);
  });

  it('destroys what is of a type that the code no longer names', async () => {
    const rehearsal = await openRehearsal(shop({}), { states });
    try {
      const [result] = await rehearsal.deploy();
      expect(result?.destroyed).toEqual(['azurerm_user_assigned_identity.clerk']);
      expect(rehearsal.azure?.list().map(({ type }) => type)).toEqual(['azurerm_resource_group']);
      await rehearsal.destroy();
      expect(rehearsal.leftovers()).toMatchObject({ resources: [], inState: [] });
    } finally {
      await rehearsal.close();
    }
  });

  it('reads states by the name of a local backend, too', async () => {
    const [name = ''] = readdirSync(states).filter(each => each.endsWith('.tfstate'));
    renameSync(join(states, name), join(states, `terraform.${name}`));
    expect(await planned({ identity: 'clerk' })).toEqual([]);
  });

  it.each([
    [
      'nothing',
      undefined,
      /holds no state: a file <stack>\.tfstate is needed for each stack that is deployed/,
    ],
    ['no JSON', '{', /shop\.tfstate cannot be read as JSON: /],
    [
      'another format',
      '{"version": 3}',
      /shop\.tfstate is no Terraform state of format 4: its "version" is 3$/,
    ],
  ])('says what is wrong with a directory that holds %s', async (_what, content, message) => {
    const directory = mkdtempSync(join(os.tmpdir(), 'states-'));
    const temporary = join(directory, 'temporary');
    mkdirSync(temporary);
    const spy = jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
    try {
      if (content !== undefined) writeFileSync(join(directory, 'shop.tfstate'), content);
      await expect(openRehearsal(shop({}), { states: directory })).rejects.toThrow(message);
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      spy.mockRestore();
      rmSync(directory, { recursive: true });
    }
  });
});
