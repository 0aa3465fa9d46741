import { dirname } from 'node:path';
import {
  environmentFile,
  environmentFiles,
  loadCatalog,
  loadEnvironment,
  lockFile,
  readLock,
} from '../../config';
import type { Environment, FineTuningPlan, HostedUnit, Unit } from '../../config';
import { venueOf } from '../../placement/venues';
import { namesOf } from '../../stacks/naming';
import { parseArmId } from '../../text/arm-id';
import { UsageError } from '../usage-error';
import { TuneError } from './tune-error';

export interface TargetOptions {
  /** Name or path. */
  readonly environment?: string;
  /** Of the account. */
  readonly endpoint?: string;
}

/** The workload whose model is tuned, and where. */
export interface TuneTarget {
  /** File of the environment. */
  readonly file: string;
  /** Directory that the training files are relative to. */
  readonly directory: string;
  readonly environment: string;
  readonly workload: string;
  /** Where the workload stands in the environment. */
  readonly index: number;
  readonly plan: FineTuningPlan;
  readonly base: { readonly model: string; readonly version: string };
  readonly location: string;
  /** Address of the account that trains, without a path. */
  readonly endpoint: string;
}

/** A workload that says how its model is tuned. */
export interface Planned {
  readonly file: string;
  readonly directory: string;
  readonly environment: Environment;
  readonly workload: string;
  readonly index: number;
  readonly plan: FineTuningPlan;
}

/**
 * @throws {UsageError} when no environment has the workload, or several do
 * @throws {TuneError} when it does not say with which file its model is tuned
 */
export function plannedOf(workload: string, { environment: named }: TargetOptions): Planned {
  const file = fileOf(workload, named);
  const environment = loadEnvironment(file);
  const index = environment.workloads.findIndex(({ name }) => name === workload);
  const { fineTuning } = environment.workloads[index] ?? {};
  if (typeof fineTuning !== 'object')
    throw new TuneError(
      `${file}: workloads[${index}].fineTuning: an object with trainingFile is needed, got ${fineTuning === undefined ? 'nothing' : String(fineTuning)}; say with which file the model is tuned`,
    );
  return { file, directory: dirname(file), environment, workload, index, plan: fineTuning };
}

/**
 * Where the lock places the workload is where its model is tuned.
 * @throws {TuneError} when its model cannot be tuned as a service
 */
export function targetOf(workload: string, options: TargetOptions): TuneTarget {
  const planned = plannedOf(workload, options);
  const { file, environment, index, plan } = planned;
  const unit = placedUnit(file, environment, workload);
  const base = unit.tuned?.base ?? { model: unit.model, version: unit.version };
  if (plan.base && plan.base.model !== base.model)
    throw new TuneError(
      `${file}: workloads[${index}].fineTuning.base: must be what the lock has, ${base.model}, got ${plan.base.model}; run: berth place ${environment.name}`,
    );
  return {
    ...planned,
    ...{ environment: environment.name, base, location: unit.location },
    endpoint: endpointOf(options.endpoint, environment, unit.location),
  };
}

function fileOf(workload: string, named: string | undefined): string {
  const files = named === undefined ? environmentFiles('.') : [environmentFile(named, '.')];
  const having = files.filter(file => loadEnvironment(file).workloads.some(({ name }) => name === workload));
  const [only] = having;
  if (only !== undefined && having.length === 1) return only;
  throw new UsageError(
    only === undefined
      ? `${workload}: a workload of ${files.join(', ') || 'an environment'} is needed, got none of this name; name one, or its --environment`
      : `${workload}: ${having.join(' and ')} have it; say which with --environment`,
  );
}

function placedUnit(file: string, environment: Environment, workload: string): HostedUnit {
  const decision = readLock(file, loadCatalog(file, environment))?.decision;
  const placement = decision?.placements.find(each => each.workload === workload);
  const unit = decision?.units.find(({ id }) => id === placement?.unit);
  if (!unit)
    throw new TuneError(
      `${lockFile(file)}: a place of ${workload} is needed, got none; run: berth place ${environment.name}`,
    );
  if (isHosted(unit)) return unit;
  throw new TuneError(
    `${workload}: it is placed on ${unit.sku} with ${unit.model}, whose weights are tuned on a machine of yours (docs/fine-tuning.md), and only an account tunes by a job; name a hosted model in fineTuning.base for that`,
  );
}

/** Whether it is where models are tuned by a job. */
function isHosted(unit: Unit): unit is HostedUnit {
  return venueOf(unit).traits.tuning === 'service';
}

const loopback = ['127.0.0.1', '[::1]', 'localhost'];

function endpointOf(given: string | undefined, environment: Environment, location: string): string {
  if (given === undefined) {
    const existing = parseArmId(environment.azure?.existing.accountIds?.[location] ?? '')?.name;
    return `https://${existing ?? namesOf(environment).account(location)}.openai.azure.com`;
  }
  const url = URL.canParse(given) ? new URL(given) : undefined;
  // A token is sent there.
  if (url && (url.protocol === 'https:' || loopback.includes(url.hostname))) return url.origin;
  throw new UsageError(
    `--endpoint: an https address is needed, such as https://aif-shop.openai.azure.com, got '${given}'; correct it`,
  );
}
