/** Where a deployment SKU may process prompts, which its prefix says. */
export function scopeOf(sku: string): 'global' | 'zone' | 'region' {
  if (sku.startsWith('Global')) return 'global';
  return sku.startsWith('DataZone') ? 'zone' : 'region';
}

/** Whether it is for jobs that may take a day. */
export function isBatchSku(sku: string): boolean {
  return sku.endsWith('Batch');
}

/** Whether it is paid by the unit of throughput instead of by the token. */
export function isProvisionedSku(sku: string): boolean {
  return sku.endsWith('ProvisionedManaged');
}
