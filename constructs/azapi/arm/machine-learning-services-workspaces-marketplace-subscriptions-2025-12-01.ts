// Made by `npm run arm-types` from the ARM schemas of rehearsal/facts/arm-schemas.

/** What a request says of `Microsoft.MachineLearningServices/workspaces/marketplaceSubscriptions@2025-12-01`. */
export type MachineLearningServicesWorkspacesMarketplaceSubscriptions20251201 = {
  readonly properties: { readonly modelId: string };
};
