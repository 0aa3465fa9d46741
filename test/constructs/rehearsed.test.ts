import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AzapiProvider } from '../../constructs/azapi';
import { CatalogEndpoint, MachineLearningWorkspace } from '../../constructs/catalog';
import type { CatalogEndpointProps } from '../../constructs/catalog';
import { PrivateNetwork } from '../../constructs/network';
import { LogWorkspace } from '../../constructs/observability';
import { FoundryAccount } from '../../constructs/openai';
import { ResourceGroup } from '../../constructs/resource-group';
import { KeyVault, WorkloadIdentity } from '../../constructs/security';
import { openRehearsal, rehearse } from '../../testing';
import type { DriftChange } from '../../testing';

interface Platform {
  readonly stack: TerraformStack;
  readonly resourceGroup: ResourceGroup;
  readonly network: PrivateNetwork;
  readonly logWorkspace: LogWorkspace;
  readonly caller: WorkloadIdentity;
}

/** A stack with a platform, and on it what the test adds. */
function appWith(add: (platform: Platform) => void): App {
  const app = new App();
  const stack = new TerraformStack(app, 'dev');
  new AzurermProvider(stack, 'azurerm', {
    storageUseAzuread: true,
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
  });
  new AzapiProvider(stack, 'azapi');
  const resourceGroup = new ResourceGroup(stack, 'Group', { name: 'rg-dev', location: 'swedencentral' });
  const hostsZoneName = 'dev.berth.internal';
  add({
    stack,
    resourceGroup,
    network: new PrivateNetwork(stack, 'Network', { name: 'vnet-dev', resourceGroup, hostsZoneName }),
    logWorkspace: new LogWorkspace(stack, 'Logs', { name: 'log-dev', resourceGroup }),
    caller: new WorkloadIdentity(stack, 'Caller', { name: 'id-caller', resourceGroup }),
  });
  return app;
}

function model(name: string) {
  return {
    name,
    model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
    sku: { name: 'GlobalStandard', capacity: 10 },
    api: 'openai-chat',
  } as const;
}

function addVault(platform: Platform): void {
  const vault = new KeyVault(platform.stack, 'Vault', { ...platform, name: 'kv-dev' });
  vault.grantSecretsUser('Caller', platform.caller);
}

function addAccount(platform: Platform): void {
  const account = new FoundryAccount(platform.stack, 'Account', { ...platform, name: 'aif-dev' });
  for (const name of ['chat', 'images', 'search']) {
    account.addDeployment(name, model(name)).grantInvoke('Caller', platform.caller);
  }
  account
    .addManagedComputeDeployment('Qwen', {
      name: 'qwen',
      model: 'azureml://registries/azure-huggingface/models/qwen--qwen3-32b/versions/3',
      deploymentTemplate:
        'azureml://registries/azure-huggingface/deploymenttemplates/qwen--qwen3-32b--40k-nvidia-h100/labels/latest',
      acceleratorType: 'H100_80GB',
    })
    .grantInvoke('Caller', platform.caller);
}

const phi = (version: string) => `azureml://registries/azureml/models/Phi-4/versions/${version}`;

function addEndpoint(platform: Platform, version = '7', more: Partial<CatalogEndpointProps> = {}): void {
  const workspace = new MachineLearningWorkspace(platform.stack, 'Workspace', {
    ...platform,
    name: 'mlw-dev',
  });
  new CatalogEndpoint(platform.stack, 'Endpoint', {
    workspace,
    logWorkspace: platform.logWorkspace,
    name: 'dev-contracts',
    assetId: phi(version),
    instanceType: 'Standard_NC24ads_A100_v4',
    maximumInstances: 2,
    ...more,
  }).grantInvoke('Caller', platform.caller);
}

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-dev/providers';
const vaultId = `${group}/Microsoft.KeyVault/vaults/kv-dev`;
const chatId = `${group}/Microsoft.CognitiveServices/accounts/aif-dev/deployments/chat`;
const workspaceId = `${group}/Microsoft.MachineLearningServices/workspaces/mlw-dev`;
const endpointId = `${workspaceId}/onlineEndpoints/dev-contracts`;

/** A planned change of an endpoint, in a few words. */
function shownChange({
  address,
  actions,
}: {
  readonly address: string;
  readonly actions: readonly string[];
}) {
  const what = /_Autoscale_/.test(address)
    ? 'autoscale'
    : /Traffic_/.test(address)
      ? /_MoveTraffic_/.test(address)
        ? 'move'
        : 'traffic'
      : 'deployment';
  return `${actions.length > 1 ? 'replace' : String(actions[0])} ${what}`;
}

/** The real Terraform takes seconds where a synthesis takes milliseconds. */
const patience = 120_000;

interface Life {
  readonly what: string;
  readonly add: (platform: Platform) => void;
  /** What is changed behind Terraform. */
  readonly drift: DriftChange;
  /** What Terraform then plans for it. */
  readonly found: readonly (readonly string[])[];
}

const lives: readonly Life[] = [
  {
    what: 'a platform with a vault',
    add: addVault,
    drift: { id: vaultId, attributes: { body: { properties: { publicNetworkAccess: 'Enabled' } } } },
    found: [['update']],
  },
  {
    what: 'an account with three deployments and one on managed compute',
    add: addAccount,
    drift: { id: chatId, attributes: { version_upgrade_option: 'OnceNewDefaultVersionAvailable' } },
    found: [['update']],
  },
  {
    what: 'a workspace with an endpoint',
    add: addEndpoint,
    drift: {
      id: endpointId,
      attributes: { body: { properties: { authMode: 'Key', publicNetworkAccess: 'Enabled' } } },
    },
    // Writing the endpoint takes its traffic away, so the traffic is written again after it.
    found: [['update'], ['delete', 'create']],
  },
];

describe('the rehearsed life: deployed, planned again, changed behind Terraform, repaired, destroyed', () => {
  it.each(lives)(
    'of $what holds',
    async ({ add, drift, found }) => {
      const result = await rehearse(appWith(add), { drift });
      expect(result.findings).toEqual([]);
      expect(result.structureOnly).toEqual([]);
      expect(result.secondPlan.flatMap(plan => plan.changes)).toEqual([]);
      expect(result.drift).toMatchObject({ id: drift.id, repaired: true });
      expect(result.drift?.found.map(change => change.actions)).toEqual(found);
      expect(result.leftovers.resources).toEqual([]);
    },
    patience,
  );

  it(
    'of an endpoint outlasts refusals that pass, and goes through another model version without a gap',
    async () => {
      const faults = [
        { name: 'role-lag', resource: workspaceId, times: 3 },
        { name: 'conflict', resource: endpointId, times: 2 },
      ] as const;
      const rehearsal = await openRehearsal(appWith(addEndpoint), { faults });
      try {
        expect((await rehearsal.deploy()).flatMap(stack => stack.diagnostics)).toEqual([]);
        expect(rehearsal.azure?.operations().filter(({ outcome }) => outcome === 'failed').length).toBe(5);
        const before = rehearsal.azure?.operations().length ?? 0;
        await rehearsal.use(appWith(platform => addEndpoint(platform, '8')));
        await rehearsal.deploy();
        const moves = (rehearsal.azure?.operations() ?? [])
          .slice(before)
          .filter(({ id, outcome }) => outcome === 'done' && id.startsWith(endpointId))
          .map(({ action, id }) => `${action} ${id.slice(endpointId.length) || 'traffic'}`);
        expect(moves).toEqual([
          expect.stringMatching(/^create \/deployments\/model-/),
          'update traffic',
          'update traffic',
          expect.stringMatching(/^delete \/deployments\/model-/),
        ]);
        expect((await rehearsal.plan()).flatMap(plan => plan.changes)).toEqual([]);

        // A canary from 0 to 100, each step with the plan that it shows.
        const green = { deployments: { green: { assetId: phi('9') } } };
        const steps: readonly (readonly [string, Partial<CatalogEndpointProps>, readonly string[]])[] = [
          ['8', green, ['no-op deployment', 'create deployment', 'update move', 'update traffic']],
          ['8', { ...green, traffic: { placed: 90, green: 10 } }, ['update move', 'update traffic']],
          ['8', { ...green, traffic: { placed: 0, green: 100 } }, ['update move', 'update traffic']],
          [
            '9',
            { deployments: {} },
            ['delete deployment', 'update move', 'update traffic', 'replace autoscale'],
          ],
        ];
        for (const [version, more, planned] of steps) {
          await rehearsal.use(appWith(platform => addEndpoint(platform, version, more)));
          const changes = (await rehearsal.plan()).flatMap(plan => plan.changes);
          expect(changes.map(shownChange).toSorted()).toEqual(planned.toSorted());
          expect((await rehearsal.deploy()).flatMap(stack => stack.diagnostics)).toEqual([]);
        }
        expect((await rehearsal.plan()).flatMap(plan => plan.changes)).toEqual([]);
      } finally {
        await rehearsal.close();
      }
    },
    patience,
  );

  it(
    'begins again under the same names, of which Azure keeps some',
    async () => {
      const everything = (platform: Platform) => {
        addVault(platform);
        addAccount(platform);
        addEndpoint(platform);
      };
      const rehearsal = await openRehearsal(appWith(everything));
      try {
        await rehearsal.deploy();
        await rehearsal.destroy();
        expect(rehearsal.leftovers().softDeleted.map(({ name }) => name)).toEqual([
          'kv-dev',
          'kvmlwdev',
          'log-dev',
        ]);
        const again = await rehearsal.deploy();
        expect(again.flatMap(stack => stack.diagnostics)).toEqual([]);
        expect(again.map(stack => stack.ok)).toEqual([true]);
      } finally {
        await rehearsal.close();
      }
    },
    patience,
  );
});
