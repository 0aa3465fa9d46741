import { join } from 'node:path';
import { environmentFile, loadCatalog, loadEnvironment, lockFile, readLock, statePlaceOf } from '../config';
import type { Environment, StatePlace } from '../config';
import { PrivateDirectories } from '../rehearsal/process/private-directories';
import { findTerraform } from '../rehearsal/run';
import { parseState } from '../rehearsal/terraform/state-file';
import { stackRoles } from '../stacks/stack-roles';
import { confirm } from './confirm';
import { blockOf } from './state';
import { StateBackend } from './state-backend';
import { UsageError } from './usage-error';
import { devicePartIds } from '../stacks/device-parts';

/** Addresses in the state of one stack. */
interface Found {
  readonly stack: string;
  readonly backend: StateBackend;
  readonly addresses: readonly string[];
}

/**
 * Takes devices and addresses out of the states of an environment, after a question. Nothing that they stand for is touched.
 * @throws UsageError where a state holds nothing of a name, or nobody can be asked
 */
export async function forget(
  nameOrPath: string,
  things: readonly string[],
  { yes = false }: { readonly yes?: boolean },
): Promise<void> {
  if (!yes && !process.stdin.isTTY)
    throw new UsageError('--yes: it is needed where nobody can be asked; add it, or run this at a terminal');
  const file = environmentFile(nameOrPath, process.cwd());
  const environment = loadEnvironment(file);
  const lock = readLock(file, loadCatalog(file, environment));
  if (!lock)
    throw new UsageError(`${lockFile(file)}: a lock is needed, got none; place the environment first`);
  const { path } = await findTerraform();
  // States hold secrets, and a guard removes them also when this process is killed.
  const directories = new PrivateDirectories();
  try {
    const place = statePlaceOf(environment, lock.deployed.state);
    const found = await foundIn(environment, place, things, {
      terraform: path,
      directory: directories.files,
    });
    process.stderr.write(`${linesOf(found)}what they stand for is left as it is\n`);
    if (!yes && !(await confirm(`Forget it? No deploy may run meanwhile.`, environment.name)))
      throw new UsageError('nothing was forgotten');
    for (const { backend, addresses } of found) await backend.forget(addresses);
    process.stdout.write(
      `${linesOf(found)}forgotten; the next deploy makes anew what ${environment.name} still has of it\n`,
    );
  } finally {
    await directories.close();
  }
}

async function foundIn(
  environment: Environment,
  place: StatePlace,
  things: readonly string[],
  { terraform, directory }: { readonly terraform: string; readonly directory: string },
): Promise<Found[]> {
  const all: Found[] = [];
  for (const role of stackRoles) {
    const stack = `${environment.name}-${role}`;
    const block = blockOf(place, stack, environment);
    const backend = new StateBackend(terraform, join(directory, stack), stack, block);
    const addresses = parseState(JSON.stringify((await backend.open()) ?? {})).resources;
    all.push({ stack, backend, addresses });
  }
  const missing = things.filter(thing => !all.some(({ addresses }) => addresses.some(isOf(thing))));
  if (missing.length > 0)
    throw new UsageError(
      `things: devices and addresses that the states of ${environment.name} hold are allowed, got '${missing.join(', ')}'; list them with: terraform state list`,
    );
  return all
    .map(each => ({
      ...each,
      addresses: each.addresses.filter(one => things.some(thing => isOf(thing)(one))),
    }))
    .filter(({ addresses }) => addresses.length > 0);
}

/** The resources of a device are named after it, the hardware of it, what of it they are, and a hash. */
function isOf(thing: string): (address: string) => boolean {
  const device = /^[a-z][a-z0-9-]*$/.test(thing)
    ? new RegExp(`^terraform_data\\.${thing}(_\\d+)?(_(${devicePartIds.join('|')}))?_[0-9A-F]{8}$`)
    : undefined;
  return address => address === thing || device?.test(address) === true;
}

function linesOf(found: readonly Found[]): string {
  return found.flatMap(({ stack, addresses }) => addresses.map(address => `${stack}: ${address}\n`)).join('');
}
