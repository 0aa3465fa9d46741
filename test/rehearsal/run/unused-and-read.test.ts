import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elementReads } from '../../../rehearsal/run/element-reads';
import { namedProviders } from '../../../rehearsal/run/provider-use';
import { rehearseLife } from '../../../rehearsal/run';
import type { Stack } from '../../../rehearsal/run/stack';

const stack = (json: Stack['json']): Stack => ({ name: 'shop', directory: '/shop', dependencies: [], json });

const settings = { kubernetes: [{ host: '${azurerm_kubernetes_cluster.a.fqdn}' }], debug: true };

const named = {
  terraform: { required_providers: { helm: { source: 'hashicorp/helm' }, kube: { source: 'acme/kube' } } },
  provider: { helm: [settings] },
};

it('simulates what a stack names and uses nothing of', () => {
  expect(namedProviders([stack(named)], '/')).toEqual({
    simulated: ['acme/kube', 'hashicorp/helm'],
    real: [],
  });
});

it.each([
  ['a resource of its', { ...named, resource: { kube_pod: { p: {} } } }],
  ['a data source', { ...named, data: { kube_pod: { p: {} } } }],
  ['an ephemeral resource', { ...named, ephemeral: { kube_token: { p: {} } } }],
  ['a resource that names it', { ...named, resource: { other_pod: { p: { provider: '${kube.west}' } } } }],
  ['a function', { ...named, locals: [{ x: '${provider::kube::f(1)}' }] }],
])('leaves a provider to Terraform that has %s used', (_, json) => {
  expect(namedProviders([stack(json)], '/').real).toContain('acme/kube');
});

it('leaves a provider to Terraform where modules were not read', () => {
  expect(
    namedProviders([stack({ ...named, module: { m: { source: 'acme/pods/kube' } } })], '/').real,
  ).toEqual(['acme/kube', 'hashicorp/helm']);
});

it('knows which lists are read by the place of an element', () => {
  const reads = elementReads([
    stack({
      resource: {
        azurerm_private_dns_a_record: {
          a: {
            records: ['${azurerm_private_endpoint.p["one"].custom_dns_configs[0].ip_addresses.0}'],
            name: '${data.azurerm_thing.t.list[0]}-${azurerm_other.o.all[*].id}-${azurerm_other.o.name}',
          },
        },
      },
    }),
  ]);
  expect(reads).toEqual(
    new Map([
      ['azurerm_private_endpoint', new Set(['custom_dns_configs', 'custom_dns_configs.ip_addresses'])],
      ['data.azurerm_thing', new Set(['list'])],
    ]),
  );
});

it('gives what is read of a computed list, and starts no provider that nothing is used of', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'read-'));
  writeFileSync(
    join(directory, 'main.tf'),
    `terraform {
       required_providers {
         helm = { source = "hashicorp/helm" }
       }
     }
     provider "helm" {
       kubernetes {
         host = azurerm_kubernetes_cluster.a.kube_config[0].host
       }
     }
     provider "azurerm" {
       features {}
     }
     resource "azurerm_resource_group" "g" {
       name     = "rg-shop"
       location = "westeurope"
     }
     resource "azurerm_kubernetes_cluster" "a" {
       name                = "aks-shop"
       location            = azurerm_resource_group.g.location
       resource_group_name = azurerm_resource_group.g.name
       dns_prefix          = "shop"
       default_node_pool {
         name       = "one"
         vm_size    = "Standard_D2s_v3"
         node_count = 1
       }
       identity {
         type = "SystemAssigned"
       }
     }
     output "kubelet" {
       value = azurerm_kubernetes_cluster.a.kubelet_identity[0].object_id
     }`,
  );
  try {
    const { findings, stacks } = await rehearseLife({ directory });
    expect(findings).toEqual([]);
    expect(JSON.stringify(stacks)).toMatch(/"kubelet":.*[0-9a-f]{8}-[0-9a-f]{4}/);
  } finally {
    rmSync(directory, { recursive: true });
  }
}, 60_000);
