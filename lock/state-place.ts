import { z } from 'zod';
import { keyPrefix } from '../config/schema/platform';
import type { Environment } from '../config/environment';
import { ConfigError } from '../config/parse/problem';

/** Where the states of an environment are kept. The resource group of a storage account is no part of where it is. */
export const statePlaceSchema = z.discriminatedUnion('backend', [
  z.strictObject({ backend: z.literal('local') }),
  z.strictObject({
    backend: z.literal('azurerm'),
    storageAccountName: z.string().min(1),
    containerName: z.string().min(1),
    keyPrefix,
  }),
]);

/** Where the states of an environment are. */
export type StatePlace = z.output<typeof statePlaceSchema>;

/**
 * Where an environment keeps its states when nothing is deployed yet. Two environments have the same key only if they have the
 * same subscription (else AWS account), the same project and the same name.
 * @param projectId of `cdktf.json`; undefined without one
 * @throws {ConfigError} when nothing tells the environment from another one of its name
 */
export function newStatePlace(environment: Environment, source: string, projectId?: string): StatePlace {
  const { azure, aws, backend } = environment;
  if (!backend) return { backend: 'local' };
  const { storageAccountName, containerName } = backend;
  const account = azure?.subscriptionId.toLowerCase() ?? (aws?.account && `aws-${aws.account}`);
  const parts = [account, projectId].filter(part => part !== undefined && keyPrefix.safeParse(part).success);
  if (backend.keyPrefix === undefined && parts.length === 0) {
    const message = `a prefix is needed where neither a subscription nor cdktf.json tells this environment from another ${environment.name}, got nothing; write one like team/project`;
    throw new ConfigError([{ source, path: 'backend.keyPrefix', message }]);
  }
  return {
    backend: 'azurerm',
    storageAccountName,
    containerName,
    keyPrefix: backend.keyPrefix ?? parts.join('/'),
  };
}

/** Where the states are: where the lock records it, else where release 0.1 kept them. */
export function statePlaceOf(environment: Environment, recorded: StatePlace | undefined): StatePlace {
  if (recorded) return recorded;
  const { backend } = environment;
  if (!backend) return { backend: 'local' };
  const { storageAccountName, containerName } = backend;
  return { backend: 'azurerm', storageAccountName, containerName, keyPrefix: '' };
}

/**
 * Why a stack must not be built with the backend of its environment; undefined when it may. Terraform would find no state
 * there, and make everything anew.
 */
export function stateProblem(environment: Environment, recorded: StatePlace | undefined): string | undefined {
  const place = statePlaceOf(environment, recorded);
  const { backend } = environment;
  const wanted: StatePlace = backend
    ? {
        backend: 'azurerm',
        storageAccountName: backend.storageAccountName,
        containerName: backend.containerName,
        keyPrefix: backend.keyPrefix ?? (place.backend === 'azurerm' ? place.keyPrefix : ''),
      }
    : { backend: 'local' };
  const [before, after] = [placeText(place, environment.name), placeText(wanted, environment.name)];
  return before === after
    ? undefined
    : `the states are ${before}, and the environment's backend names ${after}, where Terraform would begin with none`;
}

/** Key of a stack's state in its container. */
export function stateKey(prefix: string, stack: string): string {
  return `${prefix === '' ? '' : `${prefix}/`}${stack}.tfstate`;
}

/** A place of states in words. */
export function placeText(place: StatePlace, environment: string): string {
  if (place.backend === 'local') return `in local files (terraform.${environment}-*.tfstate)`;
  const { storageAccountName, containerName, keyPrefix: prefix } = place;
  return `in ${storageAccountName}/${containerName}/${stateKey(prefix, `${environment}-*`)}`;
}
