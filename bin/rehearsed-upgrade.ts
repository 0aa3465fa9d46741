import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordOutput, statePlaceOf } from '../config';
import { PrivateDirectories } from '../rehearsal/process/private-directories';
import { Rehearsal, effectsOf, findTerraform } from '../rehearsal/run';
import type { StackPlan } from '../rehearsal/run';
import { readAssembly } from '../rehearsal/run/stack';
import type { Stack } from '../rehearsal/run';
import { readState } from '../rehearsal/terraform/state-file';
import type { State } from '../rehearsal/terraform/state-file';
import type { ModelDirectory } from '../stacks';
import { stackRoles } from '../stacks/stack-roles';
import { isOlder } from '../text/version';
import { addressChanges, errorsOf } from './rehearsed-deploys';
import { rehearsedEnvironment } from './rehearsed-environment';
import type { RehearsedEnvironment } from './rehearsed-environment';
import type { Preview } from './rehearsed-preview';
import { blockOf } from './state';
import { StateBackend } from './state-backend';
import { UsageError } from './usage-error';

/** The stack whose resources are set up over SSH, which a rehearsal has no device for. */
const devices = 'edge';

/**
 * Plans the lock that is there by this Berth over the states of what is deployed, in a rehearsal whose Azure holds what they say, and deploys
 * it there. The states themselves are only read.
 * @param from directory with their copies. @default - they are read where the lock says that they are
 */
export async function upgradeOf(file: string, from?: string): Promise<Preview> {
  const now = rehearsedEnvironment(file);
  const { name } = now.environment;
  // States hold secrets, and a guard removes them also when this process is killed.
  const directories = new PrivateDirectories();
  try {
    const states = join(directories.files, 'states');
    mkdirSync(states);
    const stacks = stackRoles.map(role => `${name}-${role}`);
    const found =
      from === undefined ? await pulled(now, stacks, directories, states) : copied(stacks, from, states);
    const parts = { environment: name, letGo: [], later: [] };
    if (found.length === 0)
      return { ...parts, against: null, effects: [], addresses: [], failures: [], notes: [notDeployed] };
    const before = found.map(stack => readState(join(states, `${stack}.tfstate`)));
    const seen = await rehearsed(now, states, join(directories.files, 'app'));
    return {
      ...parts,
      against: `what ${deployerOf(before)} deployed`,
      ...seen,
      addresses: addressesOf(before, now),
    };
  } finally {
    await directories.close();
  }
}

const notDeployed = 'nothing is deployed, so there is nothing to upgrade';

/** Reads each state with Terraform where it is. @returns the stacks that have one */
async function pulled(
  { environment, lock }: RehearsedEnvironment,
  stacks: readonly string[],
  { files }: PrivateDirectories,
  states: string,
): Promise<string[]> {
  const { path } = await findTerraform();
  const place = statePlaceOf(environment, lock.deployed.state);
  const found: string[] = [];
  for (const stack of stacks) {
    const block = blockOf(place, stack, environment);
    const state = await new StateBackend(path, join(files, 'backends', stack), stack, block).open();
    if (!state) continue;
    writeFileSync(join(states, `${stack}.tfstate`), JSON.stringify(state), { mode: 0o600 });
    found.push(stack);
  }
  return found;
}

function copied(stacks: readonly string[], from: string, states: string): string[] {
  const found = stacks.filter(stack => existsSync(join(from, `${stack}.tfstate`)));
  if (found.length === 0)
    throw new UsageError(
      `--states: a directory with ${stacks[0]}.tfstate and the states of the other stacks is allowed, got '${from}', which has none of them; terraform state pull writes one`,
    );
  for (const stack of found) copyFileSync(join(from, `${stack}.tfstate`), join(states, `${stack}.tfstate`));
  return found;
}

async function rehearsed(
  now: RehearsedEnvironment,
  states: string,
  app: string,
): Promise<Pick<Preview, 'effects' | 'failures' | 'notes'>> {
  mkdirSync(app);
  now.synthesise(app);
  const { fixtures, existing } = now;
  const variables = devicesThemselves(readAssembly(app).stacks);
  const rehearsal = await Rehearsal.open({ directory: app }, { states, fixtures, existing, variables });
  try {
    const plans = await rehearsal.plan();
    const effects = effectsOf(plans);
    const failures = plans.flatMap(errorsOf);
    if (failures.length > 0) return { effects, failures, notes: [] };
    if (effects.some(({ stack }) => stack.endsWith(`-${devices}`)))
      return { effects, failures, notes: ['what becomes of devices is planned, and not rehearsed'] };
    const failed = (await rehearsal.deploy()).flatMap(errorsOf);
    const open = failed.length > 0 ? [] : (await rehearsal.plan()).flatMap(stillChanges);
    return { effects, failures: [...failed, ...open], notes: [] };
  } finally {
    await rehearsal.close();
  }
}

/** Addresses of devices as the environment states them: what their states know. A plan connects to none. */
function devicesThemselves(stacks: readonly Stack[]): Record<string, unknown> {
  const variables = stacks.flatMap(({ json }) => Object.entries(json.variable ?? {}));
  return Object.fromEntries(
    variables
      .filter(([variable]) => /_(host|port|host_key)$/.test(variable))
      .map(([variable, value]) => [variable, (value as { readonly default?: unknown }).default]),
  );
}

function stillChanges({ name, changes }: StackPlan): string[] {
  return changes.map(({ address }) => `${name}: a second deploy would change ${address} again`);
}

/** The newest Berth that a state tells of. */
function deployerOf(states: readonly State[]): string {
  const versions = states.flatMap(({ outputs }) => {
    const { berth } = (outputs[recordOutput]?.value ?? {}) as { readonly berth?: string };
    return berth ?? [];
  });
  const [first, ...others] = versions;
  if (first === undefined) return 'an earlier Berth';
  return `Berth ${others.reduce((newest, each) => (isOlder(newest, each) ? each : newest), first)}`;
}

function addressesOf(states: readonly State[], now: RehearsedEnvironment): Preview['addresses'] {
  const before = states.reduce<ModelDirectory>(
    (all, { outputs }) => ({ ...all, ...(outputs.models?.value as ModelDirectory | undefined) }),
    {},
  );
  return addressChanges(before, now.directory());
}
