import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { catalog, retirementNoticeDays, retiringApis } from '../../catalog';
import type { ArmApis } from '../../catalog';
import { CatalogEndpoint, MachineLearningWorkspace } from '../../constructs/catalog';
import { FoundryAccount } from '../../constructs/openai';
import { surroundings } from '../constructs/synthesised';

const { uses, retirements } = catalog.armApis;

/** The vault as azurerm 4.55.0 manages it, beside a type without a date. */
const before: ArmApis = {
  ...catalog.armApis,
  uses: [
    {
      armType: 'Microsoft.KeyVault/vaults',
      madeAs: ['azurerm_key_vault'],
      versions: { 'azurerm 4.55.0': '2023-02-01', azapi: '2026-02-01' },
    },
    {
      armType: 'Microsoft.Network/loadBalancers',
      madeAs: ['azurerm_lb'],
      versions: { 'azurerm 4.55.0': '2023-09-01' },
    },
  ],
};

describe('API versions that Azure stops', () => {
  it.each([
    ['2026-10-29', []],
    ['2026-10-30', [120]],
    ['2026-10-31', [119]],
    ['2027-02-26', [1]],
    ['2027-02-27', [0]],
    ['2027-02-28', [-1]],
    ['2028-02-29', [-367]],
  ])('on %s, those of vaults stop in %j days', (date, days) => {
    expect(retirementNoticeDays).toBe(120);
    expect(retiringApis(before, date)).toEqual(
      days.map(each => ({
        armType: 'Microsoft.KeyVault/vaults',
        caller: 'azurerm 4.55.0',
        version: '2023-02-01',
        before: '2026-02-01',
        on: '2027-02-27',
        days: each,
      })),
    );
  });

  it('are told the first to stop first', () => {
    const sooner = { armType: 'Microsoft.Network/loadBalancers', before: '2024-01-01', on: '2026-12-31' };
    const both = { ...before, retirements: [...retirements, { ...sooner, source: 's', read: '2026-11-30' }] };
    expect(retiringApis(both, '2026-12-01').map(({ armType, days }) => [armType, days])).toEqual([
      ['Microsoft.Network/loadBalancers', 30],
      ['Microsoft.KeyVault/vaults', 88],
    ]);
  });

  it('are none of those that Berth manages resources with, as far as Azure has told', () => {
    expect(retiringApis(catalog.armApis, '2099-12-31')).toEqual([]);
  });
});

describe('the table of API versions', () => {
  const root = join(__dirname, '..', '..', 'constructs');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => readFileSync(join(root, file), 'utf8'));

  it('has every type of azurerm that a construct makes', () => {
    const bindings = sources.flatMap(text => [
      ...text.matchAll(/@cdktf\/provider-azurerm\/lib\/(?!data-|provider')([\w-]+)/g),
    ]);
    const made = [...new Set(bindings.map(([, name]) => `azurerm_${String(name).replaceAll('-', '_')}`))];
    const known = uses.flatMap(({ madeAs }) => madeAs).filter(type => type !== 'azapi');
    expect(known.toSorted()).toEqual(made.toSorted());
  });

  it('has every type that goes through azapi, with the version that is named', () => {
    const around = surroundings();
    const workspace = new MachineLearningWorkspace(around.stack, 'Ws', { ...around, name: 'mlw-new' });
    new CatalogEndpoint(around.stack, 'Endpoint', {
      ...around,
      workspace,
      name: 'new-endpoint',
      assetId: 'azureml://registries/azureml/models/Phi-4/versions/7',
      instanceType: 'Standard_NC24ads_A100_v4',
    });
    const account = new FoundryAccount(around.stack, 'Account', { ...around, name: 'aif-new' });
    account.addDeployment('Claude', {
      name: 'claude',
      model: { format: 'Anthropic', name: 'claude-opus-5', version: '2' },
      sku: { name: 'GlobalStandard', capacity: 5 },
      api: 'anthropic-messages',
      modelProviderData: { organizationName: 'Shop AB', countryCode: 'SE', industry: 'retail' },
    });
    account.addManagedComputeDeployment('Qwen', {
      name: 'qwen',
      model: 'azureml://registries/azure-huggingface/models/qwen--qwen3-32b/versions/3',
      deploymentTemplate:
        'azureml://registries/azure-huggingface/deploymenttemplates/qwen--qwen3-32b--40k-nvidia-h100/labels/latest',
      acceleratorType: 'H100_80GB',
    });
    const named = [...Testing.synth(around.stack).matchAll(/"type": "(Microsoft\.[\w./]+@[\w-]+)"/g)];
    const known = uses.flatMap(({ armType, versions }) =>
      versions.azapi ? [`${armType}@${versions.azapi}`] : [],
    );
    expect(known.toSorted()).toEqual([...new Set(named.map(([, type]) => type))].toSorted());
  });

  it('has the version that the power schedule of hosts names', () => {
    const named = sources.flatMap(text =>
      [...text.matchAll(/computeApiVersion = '([\d-]+)'/g)].map(([, v]) => v),
    );
    const machines = uses.find(({ armType }) => armType === 'Microsoft.Compute/virtualMachines');
    expect(named).toEqual([machines?.versions['power schedule']]);
  });
});
