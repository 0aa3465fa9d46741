import { satisfies } from 'semver';

/**
 * Whether a constraint as Terraform writes it allows a version. One that cannot be read allows all: Terraform refuses it.
 * @param version three numbers, for example `4.55.0`
 */
export function allowsVersion(constraint: string, version: string): boolean {
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
