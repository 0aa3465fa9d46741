/**
 * Attribute by whose value the provider makes writes of a type wait for each other, by type: the id of the cognitive account.
 * Projects and connections take no lock. Source: `locks.ByID` in internal/services/cognitive of
 * hashicorp/terraform-provider-azurerm 4.55.0, read 2026-11-29.
 */
export const providerLocks: Readonly<Record<string, string>> = {
  azurerm_cognitive_account_customer_managed_key: 'cognitive_account_id',
  azurerm_cognitive_account_rai_blocklist: 'cognitive_account_id',
  azurerm_cognitive_account_rai_policy: 'cognitive_account_id',
  azurerm_cognitive_deployment: 'cognitive_account_id',
};
