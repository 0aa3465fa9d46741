import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { terraformMatchers } from '../../testing';

expect.extend(terraformMatchers);

function network(): TerraformStack {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'network');
  new AzurermProvider(stack, 'azurerm', { features: [{}], subscriptionId: 'x' });
  new DataAzurermClientConfig(stack, 'me');
  const subnet = new Subnet(stack, 'models', {
    name: 'models',
    resourceGroupName: 'rg',
    virtualNetworkName: 'net',
    addressPrefixes: ['10.0.1.0/24'],
    delegation: [{ name: 'aml', serviceDelegation: { name: 'Microsoft.Web/serverFarms' } }],
  });
  new TerraformOutput(stack, 'subnet', { value: subnet.id, staticId: true });
  return stack;
}

function failure(check: () => void): string {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the check should have failed');
}

describe('the matchers of what a stack synthesises', () => {
  it('find resources, data sources, providers and outputs', () => {
    const stack = network();
    expect(stack).toSynthesiseResource('azurerm_subnet', {
      address_prefixes: ['10.0.1.0/24'],
      delegation: { service_delegation: { name: expect.stringContaining('Web') } },
    });
    expect(Testing.synth(stack)).toSynthesiseResource('azurerm_subnet');
    expect(stack).toSynthesiseDataSource('azurerm_client_config');
    expect(stack).toSynthesiseProvider('azurerm', { features: [{}], subscription_id: 'x' });
    expect(stack).toSynthesiseOutput('subnet', '${azurerm_subnet.models.id}');
    expect(stack).not.toSynthesiseResource('azurerm_subnet', { name: 'other' });
  });

  it('name the closest and each path that differs', () => {
    const wrong = {
      addressPrefixes: [],
      delegation: [{ service_delegation: { name: 'x', actions: ['join'] } }],
    };
    expect(failure(() => expect(network()).toSynthesiseResource('azurerm_subnet', wrong))).toBe(
      `expected a synthesised azurerm_subnet with these attributes, but azurerm_subnet.models is not:
  addressPrefixes: expected [], but there is no such attribute; did you mean address_prefixes?
  delegation[0].service_delegation.name: expected "x", synthesised "Microsoft.Web/serverFarms"
  delegation[0].service_delegation.actions: expected ["join"], but there is no such attribute`,
    );
    expect(failure(() => expect(network()).toSynthesiseResource('azurerm_subnets'))).toBe(
      'expected a synthesised azurerm_subnets, but there is none; the stack has 1 type, the closest:\n  azurerm_subnet',
    );
    expect(failure(() => expect(network()).toSynthesiseProvider('azapi'))).toBe(
      'expected a synthesised azapi, but there is none; the stack has 1 type, the closest:\n  azurerm',
    );
    expect(failure(() => expect(network()).toSynthesiseOutput('subnets'))).toBe(
      'expected a synthesised output subnets, but there are: subnet',
    );
    expect(failure(() => expect(network()).toSynthesiseOutput('subnet', 'x'))).toBe(
      'expected another output subnet:\n  value: expected "x", synthesised "${azurerm_subnet.models.id}"',
    );
  });

  it('refuse a stack whose validations fail, also under not', () => {
    const stack = network();
    stack.node.addValidation({ validate: () => ['the address space is used twice'] });
    const message = /^stack network does not synthesise: .*the address space is used twice/s;
    expect(failure(() => expect(stack).toSynthesiseResource('azurerm_subnet'))).toMatch(message);
    expect(failure(() => expect(stack).not.toSynthesiseResource('azurerm_vnet'))).toMatch(message);
  });

  it('refuse what is no stack', () => {
    expect(failure(() => expect({}).toSynthesiseResource('azurerm_subnet'))).toBe(
      'expected a TerraformStack, or the text that `Testing.synth` makes of one',
    );
  });
});
