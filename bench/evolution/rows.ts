import { changing, edits, endpointModels, hosted, machine, toggled, without } from './edits';
import type { Edit } from './edits';
import type { PlayedLife, Step } from './life';
import type { Shop } from './shop';

/** The environment that lives begin with. */
export const firstShop: Shop = {
  locations: ['swedencentral', 'francecentral'],
  workloads: [hosted('chat'), { ...hosted('drafts'), model: 'gpt-5-nano' }, machine('law')],
};

const keys = {
  old: 'AAAAC3NzaC1lZDI1NTE5AAAAIJcAwN5d7NJeQOYsvjvZmKjttvY6p6T1CPSK35L96Gs5',
  new: 'AAAAC3NzaC1lZDI1NTE5AAAAIEqRWq3iwQ4HkzvMZXxYekKIh3zITlxIY9GL/IRYV0lM',
};
const withEndpoint: Shop = {
  ...firstShop,
  workloads: [
    hosted('chat'),
    { name: 'deeds', on: 'endpoint', model: endpointModels[0], requestsPerDay: 300 },
  ],
};
const withDevice: Shop = {
  ...firstShop,
  hostKey: keys.old,
  workloads: [hosted('chat'), { name: 'till', on: 'device', model: 'qwen3-1.7b', requestsPerDay: 100 }],
};
/** Berth chooses the size, so that a price may move it. */
const unpinned: Shop = {
  ...firstShop,
  workloads: [hosted('chat'), { ...machine('law'), sku: undefined, requestsPerDay: 200 }],
};

const network = '/subscriptions/7b1f6a52-0d0f-4c7e-9a39-0f7f2f1f6d11/resourceGroups/rg-net/providers';
const hub = `${network}/Microsoft.Network/virtualNetworks/vnet-hub`;
const existing: Readonly<Record<string, object>> = {
  network: {
    virtualNetworkId: hub,
    endpointSubnetId: `${hub}/subnets/endpoints`,
    hostSubnetId: `${hub}/subnets/hosts`,
  },
  vault: { keyVaultId: `${network}/Microsoft.KeyVault/vaults/kv-hub` },
  'log workspace': { logAnalyticsWorkspaceId: `${network}/Microsoft.OperationalInsights/workspaces/log-hub` },
  account: {
    accountIds: { swedencentral: `${network}/Microsoft.CognitiveServices/accounts/aif-hub` },
  },
};

/** Edits that would tear down what an environment stands on. */
export const refusedEdits: readonly Edit[] = [
  ...Object.entries(existing).map(([what, ids]) => refused(`an existing ${what} named`, { existing: ids })),
  refused('another subscription', { subscriptionId: '11111111-2222-4333-8444-555555555555' }),
  refused('another address space', { addressSpace: '10.41.0.0/16' }),
  {
    name: 'the location of the platform gone',
    isRefused: true,
    apply: shop => ({ ...shop, locations: ['francecentral'] }),
  },
];

const otherEndpoint = changing(
  'another model of a managed endpoint',
  toggled('endpoint', 'model', endpointModels),
);
const lastEndpoint: Edit = { name: 'remove the last workload of the catalogue', apply: without('endpoint') };
const swappedDevice: Edit = {
  name: 'other hardware under the name of a device',
  apply: shop => ({ ...shop, hostKey: keys.new }),
};
const goneDevice: Edit = {
  name: 'a device gone with its workload',
  apply: ({ workloads, ...shop }) => ({
    ...shop,
    hostKey: undefined,
    workloads: workloads.filter(({ on }) => on !== 'device'),
  }),
};

/** The next machine that is made. */
const machineFails = {
  name: 'insufficient-quota',
  resource: 'azurerm_linux_virtual_machine',
  nth: 3,
} as const;

/** What the table of the issue about edits has, each in a life of its own. */
export const rows: readonly PlayedLife[] = [
  ...edits.map(edit => ({
    shop: edit.name.includes('cheaper') ? unpinned : firstShop,
    steps: [deployed(edit)],
  })),
  { shop: firstShop, steps: refusedEdits.map(edit => deployed(edit)) },
  { shop: withEndpoint, steps: [deployed(otherEndpoint), deployed(lastEndpoint)] },
  { shop: withDevice, steps: [deployed(swappedDevice), deployed(goneDevice)] },
  moveThatFails('ten times the traffic', 0.5),
  moveThatFails('two workloads change places', 0),
  {
    shop: firstShop,
    steps: [
      { edit: named('to machines, or back'), pick: 0, then: 'nothing' },
      { edit: named('another deployment SKU'), pick: 0, then: 'nothing' },
      deployed(named('another location first')),
    ],
  },
  {
    shop: firstShop,
    isToldFirst: false,
    steps: [
      { edit: named('another deployment SKU'), pick: 0, then: 'first step' },
      { edit: named('another deployment SKU'), pick: 0, then: 'first step' },
      deployed(named('another hosted model')),
    ],
  },
];

/** A move whose machines Azure refuses for their quota, and another edit that is placed over it. */
function moveThatFails(next: string, pick: number): PlayedLife {
  const move: Step = { edit: named('to machines, or back'), pick: 0, then: 'one attempt' };
  return { shop: firstShop, faults: [machineFails], steps: [move, deployed(named(next), pick)] };
}

export function deployed(edit: Edit, pick = 0.5): Step {
  return { edit, pick, then: 'deploy' };
}

/** @throws Error where there is no such edit */
export function named(name: string): Edit {
  const edit = edits.find(each => each.name === name);
  if (!edit) throw new Error(`${name} is no edit`);
  return edit;
}

function refused(name: string, azure: object): Edit {
  return { name, isRefused: true, apply: shop => ({ ...shop, azure: { ...azure } }) };
}
