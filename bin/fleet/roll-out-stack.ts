import type { Environment } from '../../config';
import type { Stack } from '../../rehearsal/run';
import { confirm } from '../confirm';
import type { StackTerraform } from '../stack-terraform';
import { changedDevices } from './changed-devices';
import { missedIn } from './apply-log';
import { whyNotReached } from './reach';
import { rollOut } from './rollout';
import type { Rollout, RolloutRule } from './rollout';

/** Where nobody says how. */
const usual: RolloutRule = { canary: 1, wave: 10, failures: 1 };

interface RollingOut {
  readonly environment: Environment;
  readonly stack: Stack;
  readonly terraform: StackTerraform;
  /** Arguments that Terraform's plan and apply take. */
  readonly args: readonly string[];
  readonly tell: (line: string) => void;
  /** Whether somebody at the terminal has to say yes. */
  readonly asks: boolean;
}

/**
 * Changes the devices of a stack in waves; undefined where one or none of them would change, which needs no wave.
 * What they have already is no part of it, so that it goes on where it ended.
 */
export async function rollOutStack(rolling: RollingOut): Promise<Rollout | undefined> {
  const { environment, stack, terraform, args, tell, asks } = rolling;
  const changed = await changedDevices(stack, terraform, args);
  if (!changed || changed.size < 2) return undefined;
  const rule = environment.rollout ?? usual;
  const { canary, wave, failures } = rule;
  const question = `${changed.size} devices are changed: ${canary} first, then ${wave} at a time, until more than ${failures} have failed.`;
  if (asks && !(await confirm(question, environment.name)))
    return { waves: [], offline: [], waiting: [...changed.keys()] };
  return rollOut([...changed.keys()], rule, {
    reach: device => reach(device, environment),
    change: async devices => {
      const targets = devices.flatMap(device => (changed.get(device) ?? []).map(each => `-target=${each}`));
      const log = await terraform.applyTargets(stack, [
        ...args,
        `-parallelism=${devices.length}`,
        ...targets,
      ]);
      return missedIn(log, devices, changed);
    },
    tell: line => tell(`${stack.name}  ${line}`),
  });
}

/** Terraform's variables count before what the environment says of the connection, as in a deploy. */
async function reach(id: string, { devices }: Environment): Promise<string | undefined> {
  // Other hardware of a name has its number behind it.
  const name = devices[id] ? id : id.replace(/_\d+$/, '');
  const { host, port = 22 } = devices[name]?.connection ?? {};
  const variable = (what: string): string | undefined =>
    process.env[`TF_VAR_${name.replaceAll('-', '_')}_${what}`];
  const where = variable('host') ?? host;
  return where === undefined ? undefined : whyNotReached(where, Number(variable('port') ?? port));
}
