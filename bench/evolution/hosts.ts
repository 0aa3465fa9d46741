import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lock } from '../../config';
import { venueOf } from '../../placement/venues';
import type { ModelDirectory } from '../../stacks';

/** Workloads on machines, with all that are on the same. */
export function poolsOf({ decision }: Lock): Map<string, string> {
  const machines = decision.units.filter(unit => venueOf(unit).hasIdentities && unit.provider === 'azure');
  return new Map(
    machines.flatMap(({ id }) => {
      const on = decision.placements.filter(({ unit }) => unit === id).map(({ workload }) => workload);
      return on.map(workload => [workload, on.join(' ')] as const);
    }),
  );
}

/** Where a workload is asked, and with which key. */
export function hostIn(models: ModelDirectory, workload: string): string {
  const { baseUrl, keySource } = models[workload] ?? {};
  return `${baseUrl} ${keySource}`;
}

/**
 * Takes an edge away that keeps a name from leading to machines before those serve.
 * @param position of the health check, among those that a name waits for
 */
export function forgetWhatNamesWaitFor(outdir: string, position: number): void {
  const file = join(outdir, 'stacks', 'shop-hosts', 'cdk.tf.json');
  const json = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resource?: { readonly azurerm_private_dns_a_record?: Record<string, { depends_on?: string[] }> };
  };
  for (const record of Object.values(json.resource?.azurerm_private_dns_a_record ?? {}))
    record.depends_on?.splice(position, 1);
  writeFileSync(file, JSON.stringify(json));
}
