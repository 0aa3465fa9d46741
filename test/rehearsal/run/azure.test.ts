import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import { App, TerraformStack } from 'cdktf';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraformMatchers, openRehearsal, planSnapshot, rehearse } from '../../../testing';

jest.setTimeout(60_000);
expect.extend(terraformMatchers);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'berth-azure-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A platform stack, and a stack that stands on it. */
function shop(options: { readonly tier?: string; readonly space?: string } = {}): App {
  const app = new App({ outdir: join(directory, 'out') });
  const platform = new TerraformStack(app, 'shop-platform');
  new AzurermProvider(platform, 'azurerm', {
    features: [{}],
    subscriptionId: '00000000-0000-0000-0000-000000000000',
  });
  const tags = { owner: 'shop' };
  const group = new ResourceGroup(platform, 'group', { name: 'rg-shop', location: 'swedencentral', tags });
  const data = new TerraformStack(app, 'shop-data');
  new AzurermProvider(data, 'azurerm', {
    features: [{}],
    subscriptionId: '00000000-0000-0000-0000-000000000000',
  });
  const within = { resourceGroupName: group.name, location: group.location, tags };
  new StorageAccount(data, 'account', {
    ...within,
    name: 'stshop',
    accountTier: options.tier ?? 'Standard',
    accountReplicationType: 'LRS',
  });
  new VirtualNetwork(data, 'network', {
    ...within,
    name: 'vnet-shop',
    addressSpace: [options.space ?? '10.0.0.0/16'],
  });
  return app;
}

describe('a rehearsed azurerm app', () => {
  it.each(['terraform', 'cdktf'] as const)('lives its whole life, deployed with %s', async deployWith => {
    const result = await rehearse(shop(), { deployWith });
    expect(result.findings).toEqual([]);
    expect(result.resources.map(({ type }) => type).sort()).toEqual([
      'azurerm_resource_group',
      'azurerm_storage_account',
      'azurerm_virtual_network',
    ]);
    expect(result.drift).toEqual({
      id: expect.stringMatching(/\/resourceGroups\/rg-shop$/),
      type: 'azurerm_resource_group',
      attribute: 'tags',
      found: [{ stack: 'shop-platform', address: 'azurerm_resource_group.group', actions: ['update'] }],
      repaired: true,
    });
    expect(result.leftovers).toEqual({ resources: [], softDeleted: [], inState: [], units: [] });
  });

  it('shows in the plan what a change of the code does', async () => {
    const rehearsal = await openRehearsal(shop());
    try {
      const deployed = await rehearsal.deploy();
      expect(deployed).toPlanResource('azurerm_storage_account', {
        name: 'stshop',
        account_tier: 'Standard',
      });
      await rehearsal.use(shop({ space: '10.1.0.0/16' }));
      const plans = await rehearsal.plan();
      expect(plans).toHaveNoReplacement();
      expect(planSnapshot(plans)).toBe(
        'stack shop-data\n~ azurerm_virtual_network.network\n  address_space[]: "10.0.0.0/16" -> "10.1.0.0/16"\n\n' +
          'stack shop-platform\nno changes\n',
      );
      await rehearsal.use(shop({ tier: 'Premium' }));
      expect(await rehearsal.plan()).not.toHaveNoReplacement();
    } finally {
      await rehearsal.close();
    }
    expect(existsSync(rehearsal.directory)).toBe(false);
  });

  it('stops behind a stack that fails, and says why', async () => {
    const seed = [
      {
        id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-shop',
        type: 'azurerm_resource_group',
        attributes: { name: 'rg-shop', location: 'swedencentral' },
      },
    ];
    const result = await rehearse(shop(), { seed });
    expect(result.findings).toEqual([
      expect.stringMatching(/^deploy of shop-platform: azurerm_resource_group\.group: .*already exists/s),
      'deploy of shop-data: not tried, because a stack before it failed',
    ]);
    expect(result.leftovers.resources).toEqual([]);
  });
});
