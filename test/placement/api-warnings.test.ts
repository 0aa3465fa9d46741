import { apiWarnings, decide } from '../../config';
import { asOf, chat, environmentWith } from './offers';
import { tables } from '../tables';

// A decision is computed, not waited for; a busy machine takes its time.
jest.setTimeout(120_000);

/** Vaults as azurerm 4.55.0 manages them. */
const armApis = {
  ...tables.armApis,
  uses: [
    {
      armType: 'Microsoft.KeyVault/vaults',
      madeAs: ['azurerm_key_vault'],
      versions: { 'azurerm 4.55.0': '2023-02-01' },
    },
  ],
};
const environment = environmentWith([chat({})]);

describe('a warning of an API version that Azure stops', () => {
  it.each([
    ['2026-10-30', 'stops those before 2026-02-01 on 2027-02-27, in 120 days'],
    ['2027-02-26', 'stops those before 2026-02-01 on 2027-02-27, in 1 day'],
    ['2027-02-27', 'stopped those before 2026-02-01 on 2027-02-27'],
  ])('on %s says that Azure %s', (date, words) => {
    expect(apiWarnings(environment, armApis, date)).toEqual([
      {
        subject: 'Microsoft.KeyVault/vaults',
        rule: 'api-retirement',
        message: `azurerm 4.55.0 calls it with API version 2023-02-01, and Azure ${words}: from then on it cannot be deployed or changed; install a newer Berth and deploy`,
      },
    ]);
  });

  it('is given where something is made in Azure', () => {
    expect(apiWarnings({ azure: undefined }, armApis, '2027-02-26')).toEqual([]);
  });

  it('is a part of the decision, which explanations show', async () => {
    const { warnings } = await decide(environment, { ...tables, armApis }, { asOf });
    expect(warnings?.map(({ subject, rule }) => [subject, rule])).toEqual([
      ['Microsoft.KeyVault/vaults', 'api-retirement'],
    ]);
  });

  it('is not given of what Berth calls', () => {
    expect(apiWarnings(environment, tables.armApis, '2027-02-26')).toEqual([]);
  });
});
