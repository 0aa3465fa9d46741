import { z } from 'zod';

const artifact = { url: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) };

/** The manifest of a unit, as `docs/decisions/0002-device-protocol.md` defines it. */
const manifestSchema = z.object({
  protocol: z.literal(1),
  unit: z.string().min(1),
  address: z.string().min(1),
  port: z.number().int().min(1).max(65535),
  engine: z.object({ version: z.string().min(1), ...artifact }),
  models: z.array(z.object({ model: z.string().min(1), file: z.string().min(1), ...artifact })).min(1),
  uploaded: z.boolean(),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** An artifact that a manifest names. */
export interface Artifact {
  readonly url: string;
  readonly sha256: string;
  /** Name under which it is uploaded to a device without a connection. */
  readonly uploadedAs: string;
}

/**
 * Reads `unit.json`.
 * @throws Error that names every fault, when it is not a manifest of protocol 1.
 */
export function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('unit.json is not JSON');
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.') || 'unit.json'}: ${issue.message}`);
  throw new Error(`unit.json is no manifest of protocol 1: ${faults.join('; ')}`);
}

/** The engine and the weights of a unit. */
export function artifactsOf({ engine, models }: Manifest): Artifact[] {
  return [
    { url: engine.url, sha256: engine.sha256, uploadedAs: `${engine.sha256}.tar.gz` },
    ...models.map(({ url, sha256 }) => ({ url, sha256, uploadedAs: `${sha256}.gguf` })),
  ];
}
