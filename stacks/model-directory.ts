import { join } from 'node:path';
import { writeOutput } from '../config';
import type { Environment } from '../config';
import type { EndpointAddress } from '../constructs/endpoint-address';

/**
 * Workload (of one with sites, `<workload>@<site>`) → how to reach its model. Known at synthesis, because Berth chooses every name in it; the same for Terraform
 * and CloudFormation; an output of the stack that holds the model, and a file beside the synthesised stacks.
 */
export type ModelDirectory = Readonly<Record<string, EndpointAddress>>;

/**
 * Under which keys a workload's address is: its name; of one with sites, `<workload>@<site>` for each.
 * @param site the only one that the address is for. @default - each of its sites
 */
export function directoryKeys({ workloads }: Environment, name: string, site?: string): string[] {
  const workload = workloads.find(each => each.name === name);
  if (!Array.isArray(workload?.sites)) return [name];
  const sites = site === undefined ? workload.sites : [site];
  return sites.map(each => `${workload.partOf ?? name}@${each}`);
}

/** Writes `<environment>.models.json`, sorted by workload, into the directory of the synthesised stacks. */
export function writeModelDirectory(directory: ModelDirectory, environment: string, outdir: string): string {
  const file = join(outdir, `${environment}.models.json`);
  const sorted = Object.fromEntries(Object.entries(directory).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeOutput(file, `${JSON.stringify(sorted, null, 2)}\n`, { makeDirectories: true });
  return file;
}
