/** Accelerators of Foundry managed compute, as its deployments name them. https://learn.microsoft.com/azure/foundry/how-to/deploy-models-managed (2026-06-01) */
export const acceleratorTypes = ['A100_80GB', 'H100_80GB', 'MI_300_192GB'] as const;

/** An accelerator of Foundry managed compute. */
export type AcceleratorType = (typeof acceleratorTypes)[number];

/**
 * Most instances of a deployment. Azure's own limit is the subscription's quota of accelerators, 8 of a type in what was seen; beyond this it is
 * a slip.
 */
export const managedComputeInstances = 100;
