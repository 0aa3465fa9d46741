import { ControlPlane } from '../../../rehearsal/azure/control-plane';
import { Faults } from '../../../rehearsal/azure/faults';
import { cognitive } from '../../../rehearsal/azure/services/cognitive';
import { compute } from '../../../rehearsal/azure/services/compute';
import { keyVault } from '../../../rehearsal/azure/services/key-vault';
import { machineLearning, noteTraffic } from '../../../rehearsal/azure/services/machine-learning';
import type { Json, SimulatedResource } from '../../../rehearsal/azure/simulated-azure';
import { Store } from '../../../rehearsal/azure/store';
import { parseArmId } from '../../../text/arm-id';

type Properties = Readonly<Record<string, Json>>;

const groupId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';
const group: SimulatedResource = { id: groupId, type: 'azurerm_resource_group', attributes: { name: 'rg' } };
const idOf = (...path: readonly string[]): string => [groupId, 'providers', ...path].join('/');

const account = idOf('Microsoft.CognitiveServices/accounts/a');
const deployment = `${account}/deployments/d`;
const machine = idOf('Microsoft.Compute/virtualMachines/m');
const extension = `${machine}/extensions/gpu`;
const vault = idOf('Microsoft.KeyVault/vaults/v');
const workspace = idOf('Microsoft.MachineLearningServices/workspaces/w');
const endpoint = `${workspace}/onlineEndpoints/e`;
const served = `${endpoint}/deployments/blue`;

const azapi = (id: string, properties: Properties): SimulatedResource => ({
  id,
  type: 'azapi_resource',
  attributes: { id, name: parseArmId(id)?.name ?? '', body: { properties } },
});
const azurerm = (type: string, id: string, attributes: Properties): SimulatedResource => ({
  id,
  type,
  attributes: { id, name: parseArmId(id)?.name ?? '', ...attributes },
});

/** What a service refuses, as each provider writes it. */
interface Refusal {
  readonly rule: string;
  /** What is there before. */
  readonly given?: readonly SimulatedResource[];
  /** Writes of one resource, each provider's. Where azurerm has no such argument, there is azapi's alone. */
  readonly writes: readonly SimulatedResource[];
  readonly says: string;
}

const driver = { publisher: 'Microsoft.HpcCompute', type: 'NvidiaGpuDriverLinux' };
const secure = { securityProfile: { uefiSettings: { secureBootEnabled: true } } };

const refusals: readonly Refusal[] = [
  {
    rule: 'network rules without a subdomain',
    writes: [
      azapi(account, { networkAcls: { defaultAction: 'Deny' } }),
      azurerm('azurerm_cognitive_account', account, { network_acls: [{ default_action: 'Deny' }] }),
    ],
    says: "CustomSubDomainNameRequired: The account 'a' has network rules, which need a custom subdomain name.",
  },
  {
    rule: 'a content filter that nobody made',
    given: [azapi(account, {})],
    writes: [
      azapi(deployment, { raiPolicyName: 'strict' }),
      azurerm('azurerm_cognitive_deployment', deployment, { rai_policy_name: 'strict' }),
    ],
    says: "InvalidResourceProperties: The raiPolicyName 'strict' of the deployment",
  },
  {
    rule: 'a spillover deployment that is not there',
    given: [azapi(account, {})],
    writes: [azapi(deployment, { spilloverDeploymentName: 'other' })],
    says: "InvalidResourceProperties: The spilloverDeploymentName 'other' of the deployment",
  },
  {
    rule: 'the GPU driver extension under Secure Boot, of a machine of azapi',
    given: [azapi(machine, secure)],
    writes: [azapi(extension, driver), azurerm('azurerm_virtual_machine_extension', extension, driver)],
    says: 'VMExtensionProvisioningTimeout: Provisioning of VM extension gpu has timed out.',
  },
  {
    rule: 'the GPU driver extension under Secure Boot, of a machine of azurerm',
    given: [azurerm('azurerm_linux_virtual_machine', machine, { secure_boot_enabled: true })],
    writes: [azapi(extension, driver), azurerm('azurerm_virtual_machine_extension', extension, driver)],
    says: 'VMExtensionProvisioningTimeout: Provisioning of VM extension gpu has timed out.',
  },
  {
    rule: 'purge protection that is taken away',
    given: [azapi(vault, { enablePurgeProtection: true })],
    writes: [
      azapi(vault, { enablePurgeProtection: false }),
      azurerm('azurerm_key_vault', vault, { purge_protection_enabled: false }),
    ],
    says: 'The property "enablePurgeProtection" cannot be set to false.',
  },
  {
    rule: 'another retention of a vault',
    given: [azurerm('azurerm_key_vault', vault, { soft_delete_retention_days: 7 })],
    writes: [
      azapi(vault, { softDeleteRetentionInDays: 90 }),
      azurerm('azurerm_key_vault', vault, { soft_delete_retention_days: 90 }),
    ],
    says: 'The property "softDeleteRetentionInDays" has been set already',
  },
  {
    rule: 'recovery of a vault that was not deleted',
    writes: [azapi(vault, { createMode: 'recover' })],
    says: "SoftDeletedVaultDoesNotExist: A soft deleted vault with the given name does not exist: 'v'.",
  },
  {
    rule: 'traffic to a deployment that is not there',
    given: [azapi(workspace, {})],
    writes: [azapi(endpoint, { traffic: { blue: 100 } })],
    says: `BadArgument: The traffic of ${endpoint} names the deployment blue, which does not exist.`,
  },
];

async function azureWith(resources: readonly SimulatedResource[]) {
  const store = new Store();
  const azure = new ControlPlane(store, new Faults([]));
  for (const each of [group, ...resources]) await azure.create(each, {});
  return { azure, store };
}

describe('what a service refuses, whichever provider writes', () => {
  const cases = refusals.flatMap(({ rule, given = [], writes, says }) =>
    writes.map(write => [rule, write.type, { given, write, says }] as const),
  );

  it.each(cases)('%s, by %s', async (_rule, _type, { given, write, says }) => {
    const { azure } = await azureWith(given);
    const isThere = given.some(({ id }) => id === write.id);
    await expect(isThere ? azure.update(write) : azure.create(write, {})).rejects.toThrow(says);
  });

  it('the deletion of a deployment that has traffic', async () => {
    const deployed = azapi(served, {});
    const { azure, store } = await azureWith([azapi(workspace, {}), azapi(endpoint, {}), deployed]);
    noteTraffic(store, endpoint, { properties: { traffic: { blue: 100 } } }, 'update');
    await expect(azure.delete(deployed, {})).rejects.toThrow('The deployment blue has 100% of the traffic');
    noteTraffic(store, endpoint, { properties: { traffic: { blue: 0 } } }, 'update');
    await azure.delete(deployed, {});
  });

  it('traffic that sums to more than 100 with what is in force, unless a PUT says all of it', async () => {
    const { store } = await azureWith([azapi(workspace, {}), azapi(endpoint, {})]);
    const to = (name: string, how: 'put' | 'update') =>
      noteTraffic(store, endpoint, { properties: { traffic: { [name]: 100 } } }, how);
    to('blue', 'update');
    expect(() => to('green', 'update')).toThrow(
      `The traffic of ${endpoint} must sum to 0 or 100, got 200 (blue 100, green 100).`,
    );
    to('green', 'put');
    to('green', 'update');
  });

  it('has a case of every type that a service has rules for', () => {
    const ruled = [...cognitive, ...compute, ...keyVault, ...machineLearning].map(({ armType }) => armType);
    const written = [...refusals.flatMap(({ writes }) => writes.map(({ id }) => id)), served];
    const types = new Set(written.map(id => parseArmId(id)?.type.toLowerCase()));
    expect([...types].sort()).toEqual(ruled.sort());
  });
});
