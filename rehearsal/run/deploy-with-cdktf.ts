import type { Diagnostic } from '../terraform/json-ui';
import type { CdktfCli } from './cdktf-cli';
import type { StackLog } from './cdktf-log';
import { skippedResult } from './operation';
import type { Operation } from './operation';
import type { StackResult } from './result';
import { destroyingByState, unmetReads } from './unmet-reads';

/**
 * `cdktf deploy` or `cdktf destroy` of all stacks at once. The CLI now and then loses the last line of a stack, so what
 * was made and destroyed is read from the states too.
 */
export async function deployWithCdktf(
  cli: CdktfCli,
  assembly: string,
  environment: Readonly<Record<string, string>>,
  { command, stacks, stateOf, hear, complete }: Operation,
): Promise<StackResult[]> {
  const names = stacks.map(({ name }) => name);
  const before = new Map(names.map(name => [name, stateOf(name).resources]));
  const isUnmet =
    command === 'destroy' && stacks.some(each => unmetReads(each, name => stateOf(name).outputs).length > 0);
  const variables = isUnmet ? { ...environment, ...destroyingByState(environment) } : environment;
  const outcome = await cli.run(command, assembly, names, variables, hear);
  const results = names.map((name): StackResult => {
    const { tried, ...log } = outcome.stacks.get(name) as StackLog;
    if (!tried && !outcome.ok) return skippedResult(name, stateOf(name));
    const had = before.get(name) ?? [];
    const { resources, deployed, tainted, outputs } = stateOf(name);
    return {
      name,
      skipped: false,
      ...log,
      ok: !log.diagnostics.some(isError),
      created: union(log.created, without(resources, [...had, ...tainted])),
      destroyed: union(log.destroyed, without(had, resources)),
      outputs,
      resources: deployed,
    };
  });
  for (const { name, ok, skipped } of results) if (ok && !skipped && outcome.ok) complete(name);
  if (outcome.ok || results.some(({ diagnostics }) => diagnostics.some(isError))) return results;
  // The CLI failed before or between its Terraform commands: what it said belongs to no stack.
  const diagnostic = {
    severity: 'error',
    summary: `${cli.program.command} ${command} failed`,
    detail: outcome.message,
  } as const;
  return results.map(result => ({
    ...result,
    ok: false,
    skipped: false,
    diagnostics: [...result.diagnostics, diagnostic],
  }));
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function without(addresses: readonly string[], others: readonly string[]): string[] {
  return addresses.filter(address => !others.includes(address));
}

function union(addresses: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...addresses, ...others])];
}
