import { join } from 'node:path';
import { writeOutput } from '../config';
import type { EndpointAddress } from '../constructs/endpoint-address';

/**
 * Workload → how to reach its model. Known at synthesis, because Berth chooses every name in it; the same for Terraform
 * and CloudFormation; an output of the stack that holds the model, and a file beside the synthesised stacks.
 */
export type ModelDirectory = Readonly<Record<string, EndpointAddress>>;

/** Writes `<environment>.models.json`, sorted by workload, into the directory of the synthesised stacks. */
export function writeModelDirectory(directory: ModelDirectory, environment: string, outdir: string): string {
  const file = join(outdir, `${environment}.models.json`);
  const sorted = Object.fromEntries(Object.entries(directory).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeOutput(file, `${JSON.stringify(sorted, null, 2)}\n`, { makeDirectories: true });
  return file;
}
