import { retiringApis } from '../catalog';
import type { ArmApis } from '../catalog';
import type { Environment } from '../config/environment';
import type { Warning } from './decision';

/** Which APIs of Azure, among those that Berth manages an environment with, stop soon or have stopped. */
export function apiWarnings({ azure }: Pick<Environment, 'azure'>, apis: ArmApis, asOf: string): Warning[] {
  if (!azure) return [];
  return retiringApis(apis, asOf).map(({ armType, caller, version, before, on, days }) => ({
    subject: armType,
    rule: 'api-retirement',
    message:
      `${caller} calls it with API version ${version}, and Azure ${days > 0 ? 'stops' : 'stopped'} those before ${before} on ${on}` +
      `${days > 0 ? `, in ${days} day${days === 1 ? '' : 's'}` : ''}: from then on it cannot be deployed or changed; install a newer Berth and deploy`,
  }));
}
