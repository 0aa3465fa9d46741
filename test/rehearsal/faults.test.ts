import type { Fault } from '../../rehearsal/simulation';
import type { Configuration } from './terraform-folder';
import { TerraformFolder } from './terraform-folder';

const groupId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';
const identity = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/runner`;

const stack: Configuration = {
  resource: {
    azurerm_resource_group: { rg: { name: 'rg', location: 'westeurope' } },
    azurerm_user_assigned_identity: {
      runner: {
        name: 'runner',
        location: 'westeurope',
        resource_group_name: '${azurerm_resource_group.rg.name}',
      },
    },
    azurerm_role_assignment: {
      read: {
        scope: '${azurerm_resource_group.rg.id}',
        role_definition_name: 'Reader',
        principal_id: '${azurerm_user_assigned_identity.runner.principal_id}',
      },
    },
  },
};

let folder: TerraformFolder;
beforeEach(() => (folder = new TerraformFolder()));
afterEach(() => folder.stop());

/** Resources in the state and in the simulated Azure, which must be the same ones. */
function idsOf() {
  const inState = folder
    .state()
    .resources.flatMap(({ instances }) =>
      instances.map(instance => (instance as { attributes: { id: string } }).attributes.id),
    );
  return { inState: inState.sort(), inAzure: folder.azure.list().map(({ id }) => id) };
}

async function playedOn(fault: Fault) {
  await folder.start(stack, { faults: [fault] });
  const first = await folder.apply();
  return { first, again: () => folder.apply() };
}

describe('a deploy that fails once', () => {
  it.each<readonly [Fault, string]>([
    [{ name: 'server-error', nth: 2 }, '500 (500 Internal Server Error) with error: InternalServerError'],
    [{ name: 'timeout', nth: 3 }, 'context deadline exceeded'],
    [
      { name: 'role-lag', resource: 'azurerm_user_assigned_identity' },
      'If access was recently granted, please refresh your credentials',
    ],
    [{ name: 'region-not-available', resource: '*' }, 'List of available regions for the resource type'],
    [{ name: 'conflict', resource: 'azurerm_user_assigned_identity' }, 'RequestConflict'],
  ])('with %j converges when it is run again', async (fault, message) => {
    const { first, again } = await playedOn(fault);
    expect(first.code).toBe(1);
    expect(first.text).toContain(message);
    expect((await again()).code).toBe(0);
    const { inState, inAzure } = idsOf();
    expect(inState).toEqual(inAzure);
    expect(inState).toHaveLength(3);
  });

  it('waits out a throttled request', async () => {
    const { first } = await playedOn({ name: 'throttle', times: 2 });
    expect(first.code).toBe(0);
  });

  it('because its provider dies converges when it is run again', async () => {
    const { first, again } = await playedOn({ name: 'provider-dies', nth: 2 });
    expect(first.code).toBe(1);
    expect(first.text).toContain('Plugin did not respond');
    expect((await again()).code).toBe(0);
    expect(folder.azure.list()).toHaveLength(3);
  });

  it('because an answer was lost is told what to import by the next one', async () => {
    const { first, again } = await playedOn({
      name: 'answer-lost',
      resource: 'azurerm_user_assigned_identity',
    });
    expect(first.text).toContain(
      `Put "https://management.azure.com${identity}": read tcp: connection reset by peer`,
    );
    expect((await again()).text).toContain(`A resource with the ID "${identity}" already exists`);
    await folder.run(`import azurerm_user_assigned_identity.runner ${identity}`);
    expect((await again()).code).toBe(0);
    const { inState, inAzure } = idsOf();
    expect(inState).toEqual(inAzure);
  });
});

describe('a role assignment whose answer was lost', () => {
  const name = '5f6ad8a4-7b0e-4e3b-9a55-0d7c1f0c2b11';
  const named = (more: object): Configuration => {
    const resources = stack['resource'] as Record<string, Record<string, object>>;
    const read = { ...resources['azurerm_role_assignment']?.['read'], ...more };
    return { resource: { ...resources, azurerm_role_assignment: { read } } };
  };
  const faults = [{ name: 'answer-lost', resource: 'azurerm_role_assignment' }] as const;

  it('cannot be found again when azurerm made up its name', async () => {
    await folder.start(named({}), { faults });
    await folder.apply();
    const again = await folder.apply();
    expect(again.text).toContain('RoleAssignmentExists: The role assignment already exists.');
    expect(again.text).not.toContain('roleAssignments/');
  });

  it('is named with its id when the configuration named it', async () => {
    await folder.start(named({ name }), { faults });
    await folder.apply();
    expect((await folder.apply()).text).toContain(
      `A resource with the ID "${groupId}/providers/Microsoft.Authorization/roleAssignments/${name}" already exists`,
    );
  });
});

describe('moved and removed blocks', () => {
  it('rename and forget resources without touching Azure', async () => {
    await folder.start(stack);
    await folder.apply();
    const resources = stack['resource'] as Record<string, Record<string, object>>;
    const identities = resources['azurerm_user_assigned_identity'] ?? {};
    const renamed: Configuration = {
      moved: [{ from: 'azurerm_user_assigned_identity.runner', to: 'azurerm_user_assigned_identity.agent' }],
      removed: [{ from: 'azurerm_role_assignment.read', lifecycle: { destroy: false } }],
      resource: {
        azurerm_resource_group: resources['azurerm_resource_group'] ?? {},
        azurerm_user_assigned_identity: { agent: identities['runner'] ?? {} },
      },
    };
    folder.write(renamed);
    const applied = await folder.apply();
    expect(applied.text).toContain('Apply complete! Resources: 0 added, 0 changed, 0 destroyed.');
    expect(folder.azure.list()).toHaveLength(3);
    expect(folder.state().resources.map(({ type }) => type)).toEqual([
      'azurerm_resource_group',
      'azurerm_user_assigned_identity',
    ]);
  });
});
