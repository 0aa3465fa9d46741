import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AzapiProvider } from '../../constructs/azapi';
import { SlmHost } from '../../constructs/host';
import { PrivateNetwork } from '../../constructs/network';
import { LogWorkspace } from '../../constructs/observability';
import { ResourceGroup } from '../../constructs/resource-group';
import { KeyVault } from '../../constructs/security';
import { Rehearsal } from '../../rehearsal/run';
import { underLoad } from './load';
import type { Load } from './load';

/** How long a machine takes to get another recipe, and any other write. Unit: milliseconds. */
const recipeMs = 500;
const writeMs = 5;

const runCommand = 'azurerm_virtual_machine_run_command';
const member = 'azurerm_network_interface_backend_address_pool_association';
const machine = 'azurerm_linux_virtual_machine';

/** A pool of machines, and what it serves. */
function poolApp(count: number, model: string): App {
  const app = new App({ stackTraces: false });
  const stack = new TerraformStack(app, 'hosts');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  new AzapiProvider(stack, 'azapi');
  const resourceGroup = new ResourceGroup(stack, 'Group', { name: 'rg-pool', location: 'swedencentral' });
  const hostsZoneName = 'pool.berth.internal';
  const network = new PrivateNetwork(stack, 'Network', { name: 'vnet-pool', resourceGroup, hostsZoneName });
  const logWorkspace = new LogWorkspace(stack, 'Logs', { name: 'log-pool', resourceGroup });
  const platform = { resourceGroup, network, logWorkspace };
  const file = (name: string) => ({ url: `https://example.com/${name}`, sha256: 'e'.repeat(64) });
  const weights = { ...file(`${model}.gguf`), revision: '1', format: 'gguf' } as const;
  new SlmHost(stack, 'Host', {
    ...platform,
    keyVault: new KeyVault(stack, 'Vault', { ...platform, name: 'kv-pool' }),
    name: 'pool',
    size: 'Standard_D4as_v5',
    count,
    engine: { version: 'b6900', ...file('engine.tar.gz'), arch: 'amd64', accelerator: 'cpu' },
    models: [{ model, api: 'chat', weights, contextTokens: 4096, parallel: 2 }],
  });
  return app;
}

/**
 * Deploys a pool in a rehearsal, and another model to it under a steady load. A machine that is being taken to its recipe counts as one that
 * answers nobody, as where its memory does not hold both models; a request fails where every machine of the pool is that, or gone.
 * @param count machines @param perSecond requests a second
 */
export async function rehearsedPool(count: number, perSecond: number): Promise<Load<void>> {
  const changing = new Map<string, number>();
  const latencyMs = ({ action, type, id }: { action: string; type: string; id: string }): number => {
    if (type !== runCommand || action !== 'create') return writeMs;
    changing.set(machineOf(id), Date.now() + recipeMs);
    return recipeMs;
  };
  const rehearsal = await Rehearsal.open(poolApp(count, 'small'), { latencyMs });
  const deploy = async (): Promise<void> => {
    const results = await rehearsal.deploy();
    const errors = results.flatMap(({ diagnostics }) => diagnostics.map(({ summary }) => summary));
    if (results.some(({ ok }) => !ok)) throw new Error(errors.join('; '));
  };
  try {
    await deploy();
    await rehearsal.use(poolApp(count, 'other'));
    const ask = (): Promise<string> => {
      const live = rehearsal.azure?.list() ?? [];
      const machines = live.filter(({ type }) => type === machine).map(({ id }) => machineOf(id));
      const serving = machines.filter(id => (changing.get(id) ?? 0) < Date.now());
      if (live.filter(({ type }) => type === member).length < count || serving.length === 0)
        return Promise.reject(new Error(`none of ${machines.length} machines answers`));
      return Promise.resolve(`${serving.length} of ${machines.length} machines`);
    };
    return await underLoad(perSecond, ask, deploy);
  } finally {
    await rehearsal.close();
  }
}

/** Of a machine, or of what is below it. */
const machineOf = (id: string): string => id.toLowerCase().replace(/\/runcommands\/.*$/, '');
