/** What is not yet met, as `environment: what`. */
export const notYet: readonly string[] = [
  'bank: advisor-copilot: sku',
  'bank: policy-search: venue',
  'bank: policy-search: sku',
  'bank: policy-search: money',
  'bank: night-summaries: sku',
  'bank: total',
  'travel: guests: venue',
  'travel: guests: money',
  'travel: total',
];
