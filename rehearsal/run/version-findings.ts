import { satisfies } from 'semver';
import { addressOf } from './provider-use';
import type { Stack } from './stack';

/** Newest version of azapi whose schema the simulation has. */
const azapiVersion = '2.12.0';

/**
 * A sentence for each stack that asks for a version of a provider which is not the one rehearsed: its plan may be another.
 * @param azurerm version of the bindings whose schema is rehearsed; undefined when azurerm is not
 */
export function versionFindings(stacks: readonly Stack[], azurerm: string | undefined): string[] {
  const simulated: Readonly<Record<string, string | undefined>> = {
    'hashicorp/azurerm': azurerm,
    'azure/azapi': azapiVersion,
  };
  return stacks.flatMap(({ name, json }) =>
    Object.entries(json.terraform?.required_providers ?? {}).flatMap(([label, { source, version }]) => {
      const provider = addressOf(label, source);
      const rehearsed = simulated[provider];
      if (rehearsed === undefined || version === undefined || allows(version, rehearsed)) return [];
      return [
        `stack ${name} asks for ${provider} ${version}, and the rehearsal simulates ${rehearsed}: attributes and replacements may differ`,
      ];
    }),
  );
}

/** Whether a constraint as Terraform writes it allows a version. One that cannot be read allows all: Terraform refuses it. */
function allows(constraint: string, version: string): boolean {
  return constraint.split(',').every(part => {
    const [, operator = '=', wanted = ''] = /^\s*(!=|>=|<=|~>|=|>|<)?\s*v?([\w.+-]+)\s*$/.exec(part) ?? [];
    const numbers = wanted.split('.');
    const full = [...numbers, '0', '0'].slice(0, 3).join('.');
    if (operator === '!=') return version !== full;
    // `~> 4.2` leaves the minor version free, `~> 4.2.1` only the patch.
    if (operator === '~>')
      return satisfies(version, numbers.length > 2 ? `~${full}` : `>=${full} <${Number(numbers[0]) + 1}.0.0`);
    return wanted === '' || satisfies(version, `${operator}${full}`);
  });
}
