import { stringify } from 'yaml';
import { join } from 'node:path';
import {
  PlacementError,
  afterDeploy,
  devicesOf,
  lockFile,
  lockText,
  newStatePlace,
  numbered,
  parseLock,
  salvageLock,
  writeLock,
  writeOutput,
} from '../../config';
import type { Decision, EdgeUnit, Environment } from '../../config';
import { readTextIfThere } from '../../config/read-file';
import { whyOf } from '../../report/why';
import { directoryKeys, writeModelDirectory } from '../../stacks/model-directory';
import type { ModelDirectory } from '../../stacks/model-directory';
import { ownAddress } from '../../stacks/own-machine';
import { checkMachines } from '../../stacks/recipe';
import { decided } from '../decision';
import { projectId } from '../project-id';
import type { Folders } from './folders';
import type { OwnEnvironment } from './own-environment';

/** What is to be served on this machine, and why. */
export interface OwnDecision {
  /** The environment's file, its lock and its directory, for this machine. */
  readonly file: string;
  readonly lock: string;
  readonly directoryFile: string;
  readonly unit: EdgeUnit;
  readonly directory: ModelDirectory;
  /** Workload to why it is served by its model. */
  readonly why: Readonly<Record<string, string>>;
}

interface DecidingHere {
  readonly today?: string | undefined;
  readonly fresh?: boolean | undefined;
  readonly port: number;
}

/** File of an environment for this machine. */
export function ownFile({ state }: Folders, name: string): string {
  return join(state, `${name}.yaml`);
}

/**
 * Decides as for every environment, and writes file, lock and directory.
 * @throws {PlacementError} when nothing fits
 * @throws {UnverifiedMachine} when nobody verified the engine or the weights
 */
export async function decideHere(
  { name, source, device, input }: OwnEnvironment,
  folders: Folders,
  { today, fresh, port }: DecidingHere,
): Promise<OwnDecision> {
  const file = ownFile(folders, name);
  writeOutput(file, `# Written by berth up: ${source}, for this machine.\n${stringify(input)}`);
  const { environment, catalog, decision, salvaged } = await decided(file, {
    today,
    fresh,
    // What the last call decided was started.
    salvaging: (each, prices) => {
      const found = salvageLock(each, prices);
      return found && afterDeploy(found);
    },
  });
  const unit = unitOn(device, decision);
  checkMachines(environment, { ...decision, units: [unit] });
  const lock = lockFile(file);
  const previous = salvaged?.previous;
  const first = previous?.deployed ? undefined : { state: newStatePlace(environment, file, projectId()) };
  const written = parseLock(writeLock(environment, decision, previous, first), lock, '', catalog);
  writeOutput(lock, lockText(numbered(written, readTextIfThere(lock))));
  const directory = directoryOf(environment, decision, unit, { port, stateHome: folders.stateHome });
  const placements = decision.placements.filter(placement => placement.unit === unit.id);
  const why = Object.fromEntries(placements.map(each => [each.workload, whyOf(each)]));
  const directoryFile = writeModelDirectory(directory, name, folders.state);
  return { file, lock, directoryFile, unit, directory, why };
}

function unitOn(device: string, { units, environment }: Decision): EdgeUnit {
  const found = units.find((unit): unit is EdgeUnit => 'device' in unit && devicesOf(unit).includes(device));
  if (found) return found;
  throw new PlacementError(`${environment}: no workload goes to ${device}, which is this machine`);
}

function directoryOf(
  environment: Environment,
  { placements }: Decision,
  unit: EdgeUnit,
  serving: { readonly port: number; readonly stateHome: string },
): ModelDirectory {
  const here = placements.filter(placement => placement.unit === unit.id);
  const entries = here.flatMap(({ workload, model }) =>
    directoryKeys(environment, workload, unit.location).map(
      key => [key, ownAddress(environment.name, unit, model, serving)] as const,
    ),
  );
  return Object.fromEntries(entries);
}
