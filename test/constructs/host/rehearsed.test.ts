import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { rehearsedPool } from '../../../bench/machines/rehearsed-pool';
import { AzapiProvider } from '../../../constructs/azapi';
import { EdgeDevice, SlmHost } from '../../../constructs/host';
import type { HostPower } from '../../../constructs/host';
import { PrivateNetwork } from '../../../constructs/network';
import { LogWorkspace } from '../../../constructs/observability';
import { ResourceGroup } from '../../../constructs/resource-group';
import { KeyVault, WorkloadIdentity } from '../../../constructs/security';
import { openRehearsal, rehearse } from '../../../testing';
import { chat, embeddings, engine } from './recipe';

const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-dev/providers';
/** The real Terraform takes seconds where a synthesis takes milliseconds. */
const patience = 120_000;

function hostApp(count: number, power?: HostPower): App {
  const app = new App();
  const stack = new TerraformStack(app, 'hosts');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  new AzapiProvider(stack, 'azapi');
  const resourceGroup = new ResourceGroup(stack, 'Group', { name: 'rg-dev', location: 'swedencentral' });
  const hostsZoneName = 'dev.berth.internal';
  const network = new PrivateNetwork(stack, 'Network', { name: 'vnet-dev', resourceGroup, hostsZoneName });
  const logWorkspace = new LogWorkspace(stack, 'Logs', { name: 'log-dev', resourceGroup });
  const platform = { resourceGroup, network, logWorkspace };
  const keyVault = new KeyVault(stack, 'Vault', { ...platform, name: 'kv-dev' });
  const host = new SlmHost(stack, 'Host', {
    ...platform,
    keyVault,
    name: 'support',
    size: 'Standard_D4as_v5',
    count,
    power,
    engine,
    models: [chat, embeddings],
  });
  const caller = new WorkloadIdentity(stack, 'Caller', { name: 'id-caller', resourceGroup });
  host.endpoint(chat.model).grantInvoke('caller', caller);
  return app;
}

const scheduled: HostPower = {
  kind: 'scheduled',
  timeZone: 'W. Europe Standard Time',
  start: { time: '07:00', days: ['mon', 'tue'] },
  stop: { time: '19:00', days: ['mon', 'tue'] },
};

function deviceApp(connected: boolean, models = [chat]): App {
  const app = new App();
  const stack = new TerraformStack(app, 'edge');
  new EdgeDevice(stack, 'Device', {
    name: 'jetson-1',
    connection: { host: '10.0.0.9', hostKey: 'ssh-ed25519 AAAAC3Nz' },
    connected,
    engine,
    models,
  });
  return app;
}

/** What the addresses would serve, if they served anything. */
const fixtures = Object.fromEntries(
  [engine, chat.weights, embeddings.weights].map(({ url, sha256 }) => [String(url), String(sha256)]),
);

describe('the rehearsed life of a host', () => {
  it.each([
    ['one machine', 1, `${group}/Microsoft.Compute/virtualMachines/support`, undefined],
    ['a pool', 2, `${group}/Microsoft.Compute/virtualMachines/support-2`, undefined],
    ['a pool on a schedule', 2, `${group}/Microsoft.Compute/virtualMachines/support-2`, scheduled],
    ['a spot machine', 1, `${group}/Microsoft.Compute/virtualMachines/support`, { kind: 'spot' } as const],
  ])(
    'holds for %s: deployed, planned again, a change found and repaired, destroyed',
    async (_, count, machine, power: HostPower | undefined) => {
      const drift = { id: machine, attributes: { encryption_at_host_enabled: false } };
      const result = await rehearse(hostApp(count, power), { drift });
      expect(result.findings).toEqual([]);
      expect(result.structureOnly).toEqual([]);
      expect(result.secondPlan.flatMap(plan => plan.changes)).toEqual([]);
      expect(result.drift).toMatchObject({
        id: machine,
        attribute: 'encryption_at_host_enabled',
        repaired: true,
      });
      expect(result.leftovers.resources).toEqual([]);
    },
    patience,
  );
});

it(
  'a rehearsed pool takes another model under load, one machine after another, so that no request fails',
  async () => {
    const { answers, failures } = await rehearsedPool(3, 50);
    expect(failures).toEqual([]);
    expect([...answers.keys()].sort()).toEqual(['2 of 3 machines', '3 of 3 machines']);
  },
  patience,
);

describe('the rehearsed life of a device', () => {
  it.each([
    ['that downloads', true],
    ['without a connection', false],
  ])(
    'holds for one %s: set up, planned again, taken away',
    async (_, connected) => {
      const result = await rehearse(deviceApp(connected), { fixtures });
      expect(result.findings).toEqual([]);
      expect(result.secondPlan.flatMap(plan => plan.changes)).toEqual([]);
      expect(result.devices.flatMap(({ refused }) => refused)).toEqual([]);
      expect(result.devices.flatMap(({ units }) => units)).toEqual([
        {
          unit: 'jetson-1',
          port: 8443,
          models: [chat.model],
          sha256: [engine.sha256, chat.weights.sha256],
        },
      ]);
      expect(result.leftovers.units).toEqual([]);
    },
    patience,
  );

  it(
    'goes on with other models: the unit is taken away and set up anew',
    async () => {
      const rehearsal = await openRehearsal(deviceApp(true), { fixtures });
      try {
        await rehearsal.deploy();
        await rehearsal.use(deviceApp(true, [embeddings]));
        const again = await rehearsal.deploy();
        expect(again.flatMap(stack => stack.diagnostics)).toEqual([]);
        const units = rehearsal.deviceReports().flatMap(device => device.units);
        expect(units.map(({ models }) => models)).toEqual([[embeddings.model]]);
        expect((await rehearsal.plan()).flatMap(plan => plan.changes)).toEqual([]);
      } finally {
        await rehearsal.close();
      }
    },
    patience,
  );

  it(
    'ends with what the rehearsal says is wrong with it',
    async () => {
      const deviceTroubles = { 'jetson-1': { isFull: true } };
      const result = await rehearse(deviceApp(true), { fixtures, deviceTroubles });
      expect(result.ok).toBe(false);
      expect(result.findings.join('\n')).toContain('Process exited with status 4');
    },
    patience,
  );
});
