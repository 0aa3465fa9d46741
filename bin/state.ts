import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  environmentFile,
  loadCatalog,
  loadEnvironment,
  lockFile,
  lockText,
  newStatePlace,
  placeText,
  readLock,
  stateKey,
  statePlaceOf,
} from '../config';
import type { Environment, StatePlace } from '../config';
import { stackRoles } from '../stacks/stack-roles';
import { confirm } from './confirm';
import { counted } from './counted';
import { projectId } from './project-id';
import { moveStates } from './state-move';
import type { BackendBlock } from './state-backend';
import type { StateMove } from './state-move';
import { UsageError } from './usage-error';

export interface StateMoveOptions {
  readonly yes?: boolean;
  /** Where the states are, for a lock of release 0.1 that does not tell. */
  readonly from?: string;
}

/**
 * Copies the states of an environment to where its `backend` says, and records that in the lock.
 * @param move copies them; told apart because a test has no storage account
 */
export async function moveState(
  nameOrPath: string,
  { yes = false, from }: StateMoveOptions,
  move: typeof moveStates = moveStates,
): Promise<void> {
  if (from !== undefined && from !== 'local')
    throw new UsageError(`--from: local is allowed, got '${from}'; leave it out to go by the lock`);
  const file = environmentFile(nameOrPath, process.cwd());
  const environment = loadEnvironment(file);
  const lock = readLock(file, loadCatalog(file, environment));
  if (!lock)
    throw new UsageError(`${lockFile(file)}: a lock is needed, got none; place the environment first`);
  const before: StatePlace =
    from === 'local' ? { backend: 'local' } : statePlaceOf(environment, lock.deployed.state);
  const after = newStatePlace(environment, file, projectId());
  const [old, now] = [placeText(before, environment.name), placeText(after, environment.name)];
  if (old === now) {
    process.stdout.write(`the states of ${environment.name} are ${now} already\n`);
    return;
  }
  if (!yes)
    await confirmMove(`Move the states of ${environment.name}, which are ${old}; they will be ${now}`);
  const moved = await move(movesOf(environment, before, after));
  writeFileSync(lockFile(file), lockText({ ...lock, deployed: { ...lock.deployed, state: after } }));
  for (const { stack } of moved) forgetBackend(stack);
  const lines = moved.map(
    ({ stack, resources }) => `${stack}: ${resources > 0 ? counted(resources, 'resource') : 'no state'}\n`,
  );
  process.stdout.write(
    `${lines.join('')}the states of ${environment.name} are ${now}, and ${lockFile(file)} says so: commit it\n` +
      `the old ones, ${old}, are as they were; delete them once a plan shows no changes\n`,
  );
}

function movesOf(environment: Environment, before: StatePlace, after: StatePlace): StateMove[] {
  return stackRoles.map(role => {
    const stack = `${environment.name}-${role}`;
    return { stack, from: blockOf(before, stack, environment), to: blockOf(after, stack, environment) };
  });
}

/** The backend of a stack's state in a place. */
export function blockOf(place: StatePlace, stack: string, { backend }: Environment): BackendBlock {
  if (place.backend === 'local')
    return { type: 'local', config: { path: resolve(`terraform.${stack}.tfstate`) } };
  const { storageAccountName, containerName, keyPrefix } = place;
  // The old account may be in another resource group, and is found without it.
  const group =
    backend?.storageAccountName === storageAccountName
      ? { resource_group_name: backend.resourceGroupName }
      : {};
  return {
    type: 'azurerm',
    config: {
      ...group,
      storage_account_name: storageAccountName,
      container_name: containerName,
      key: stateKey(keyPrefix, stack),
      use_azuread_auth: true,
    },
  };
}

/** This checkout's Terraform remembers the old backend, and would ask whether to move the state back or forth. */
function forgetBackend(stack: string): void {
  const memory = join('cdktf.out', 'stacks', stack, '.terraform', 'terraform.tfstate');
  if (existsSync(memory)) rmSync(memory);
}

async function confirmMove(question: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new UsageError('--yes: it is needed where nobody can be asked; add it, or run this at a terminal');
  if (!(await confirm(`${question}. No deploy may run meanwhile.`, 'yes')))
    throw new UsageError('nothing was moved');
}
