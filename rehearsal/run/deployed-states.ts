import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, SimulatedResource } from '../simulation';
import { readState } from '../terraform/state-file';
import type { DeployedResource } from '../terraform/state-file';
import { Unrehearsable, readJson } from './unrehearsable';

/** The name of a state file: cdktf's local backend calls the state of a stack `terraform.<stack>.tfstate`. */
const stateName = /^(?:terraform\.)?(.+)\.tfstate$/;

/** An action is a request that was made, not something that is there. */
const leavesNothing = new Set(['azapi_resource_action']);

/**
 * Takes states that a deploy left behind into the directory where the stacks of a rehearsal keep theirs.
 * @param from directory with a file `<stack>.tfstate` or `terraform.<stack>.tfstate` for each stack that is deployed
 * @returns the resources of azurerm and azapi that the states hold: what is there in Azure
 * @throws Unrehearsable when there is none, or one is not a state of format 4
 */
export function takeStates(from: string, stateDirectory: string): SimulatedResource[] {
  const files = existsSync(from) ? readdirSync(from).filter(name => stateName.test(name)) : [];
  if (files.length === 0) {
    throw new Unrehearsable(
      `${from} holds no state: a file <stack>.tfstate is needed for each stack that is deployed; terraform state pull writes one`,
    );
  }
  return files.flatMap(name => {
    const file = join(from, name);
    checkFormat(file);
    copyFileSync(file, join(stateDirectory, `${stateName.exec(name)?.[1]}.tfstate`));
    return readState(file).deployed.filter(isInAzure).map(simulated);
  });
}

function checkFormat(file: string): void {
  const { version } = (readJson(file) ?? {}) as { readonly version?: unknown };
  if (version === 4) return;
  throw new Unrehearsable(
    `${file} is no Terraform state of format 4: its "version" is ${JSON.stringify(version)}`,
  );
}

function isInAzure({ type }: DeployedResource): boolean {
  return /^(azurerm|azapi)_/.test(type) && !leavesNothing.has(type);
}

function simulated({ type, attributes }: DeployedResource): SimulatedResource {
  return { id: String(attributes.id), type, attributes: attributes as Readonly<Record<string, Json>> };
}
