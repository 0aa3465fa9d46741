/**
 * What one host of small models may be. The constructs refuse what is beyond it, and no venue places it: both read it here.
 */
export const hostLimits = {
  /** Machines of one host; they share one address. */
  machines: 20,
  /** Models that each machine of a host serves, on one port after the other. */
  models: 16,
  /** Sequences of one model at the same time. */
  sequences: 256,
  /** Tokens of one sequence. */
  contextTokens: 16_777_216,
  /** Host memory for cached prompts of one model, MiB. */
  cacheRamMib: 1_048_576,
  /** Host memory of one engine, MiB: llama-server itself takes tens of it. */
  leastMemoryMib: 64,
  memoryMib: 16_777_216,
} as const;

/**
 * The most that the Systems Manager takes as a document, in bytes: 64 KB.
 * https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm, read 2026-12-01
 */
export const recipeDocumentLimit = 65_536;

/**
 * What the document of a recipe takes besides engine and models, in bytes at the most: scripts, services and the names of the
 * host. Where a test says that a script has outgrown it, it is raised here.
 */
const recipeDocumentBase = 38_000;

/** What one model takes besides its two texts, in bytes at the most. */
const documentOfModel = 520;

/** A file that a machine downloads. */
interface Downloaded {
  readonly url: string | null;
}

/** Room in the document of a recipe that is left to the models of a machine, in bytes. Azure brings a recipe of any length. */
export function recipeRoom(cloud: 'azure' | 'aws', { url }: Downloaded): number {
  return cloud === 'azure' ? Infinity : recipeDocumentLimit - recipeDocumentBase - (url?.length ?? 0);
}

/** What one model takes of that room, in bytes at the most. */
export function recipeBytesOf(model: string, { url }: Downloaded): number {
  return documentOfModel + model.length + (url?.length ?? 0);
}

/**
 * Why Berth makes no machine with a GPU of a size: a clause whose subject is the size; undefined where it does. The A10
 * machines hold slices of a GPU and take no driver but Azure's GRID driver, which no distribution has.
 * https://learn.microsoft.com/azure/virtual-machines/linux/n-series-driver-setup, read 2026-11-29.
 */
export function gpuProblemOf(size: string): string | undefined {
  return /^Standard_NV\d+adm?s_A10_v5$/i.test(size)
    ? "takes Azure's GRID driver alone, which Berth does not install"
    : undefined;
}
