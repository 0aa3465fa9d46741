import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { FoundryAccount } from '../../../constructs/openai';
import { KeyVault, WorkloadIdentity } from '../../../constructs/security';
import { ResourceGroup } from '../../../constructs/resource-group';
import type { GrantOptions } from '../../../constructs/model-endpoint';
import { group, inventory, resourcesOf } from '../synthesised';

/** A model and a vault of a platform, and who uses them, in a stack of an app. */
function twoStacks() {
  const app = new App();
  const [platform, shop] = [new TerraformStack(app, 'platform'), new TerraformStack(app, 'shop')];
  for (const stack of [platform, shop]) new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const account = FoundryAccount.fromAttributes(platform, 'Account', {
    id: `${group}/providers/Microsoft.CognitiveServices/accounts/aif-old`,
    customSubdomainName: 'aif-old',
  });
  const vault = KeyVault.fromAttributes(platform, 'Vault', {
    id: `${group}/providers/Microsoft.KeyVault/vaults/kv-old`,
    name: 'kv-old',
  });
  const chat = account.addDeployment('Chat', {
    name: 'chat',
    model: { format: 'OpenAI', name: 'gpt-5-mini', version: '2025-08-07' },
    sku: { name: 'GlobalStandard', capacity: 50 },
    api: 'openai-chat',
  });
  const identityIn = (stack: TerraformStack) => {
    const place = { id: group, name: 'rg-dev', location: 'swedencentral' };
    const resourceGroup = ResourceGroup.fromAttributes(stack, 'Group', place);
    return new WorkloadIdentity(stack, 'Identity', { name: 'id-shop', resourceGroup });
  };
  const assignments = (stack: TerraformStack) => inventory(resourcesOf(stack)).azurerm_role_assignment ?? [];
  return { platform, shop, chat, vault, identityIn, assignments };
}

describe('a grant to an identity of another stack', () => {
  const someone = {
    principalId: '22222222-2222-4222-8222-222222222222',
    principalType: 'ServicePrincipal',
  } as const;

  it('stands there, so that what is granted does not need who is', () => {
    const { platform, shop, chat, vault, identityIn, assignments } = twoStacks();
    const identity = identityIn(shop);
    chat.grantInvoke('shop', identity);
    vault.grantSecretsUser('shop', identity, 'greeting');
    shop.addDependency(platform);
    expect([assignments(platform).length, assignments(shop).length]).toEqual([0, 2]);
    expect(assignments(shop).join()).toMatch(/Identity_platform-Account-Chat-shop_/);
  });

  it.each<[string, (stacks: ReturnType<typeof twoStacks>) => GrantOptions, number, number]>([
    ['where the caller says', ({ shop }) => ({ scope: shop }), 0, 1],
    ['with what is granted, if the caller says that', ({ vault }) => ({ scope: vault as never }), 1, 0],
    ['with what is granted, if the principal is no construct', () => ({}), 1, 0],
  ])('stands %s', (_, optionsOf, inPlatform, inShop) => {
    const stacks = twoStacks();
    stacks.vault.grantSecretsUser('shop', someone, 'greeting', optionsOf(stacks));
    expect([stacks.assignments(stacks.platform).length, stacks.assignments(stacks.shop).length]).toEqual([
      inPlatform,
      inShop,
    ]);
  });

  it('of the same stack has the id that it always had', () => {
    const { platform, chat, identityIn, assignments } = twoStacks();
    chat.grantInvoke('shop', identityIn(platform));
    expect(assignments(platform).join()).toMatch(/^Account_Chat-shop_/);
  });
});
