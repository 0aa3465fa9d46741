import { readFileSync } from 'node:fs';
import {
  catalog,
  environmentFile,
  isSameMeasure,
  loadEnvironment,
  measuredLines,
  parseEnvironment,
  withMeasured,
} from '../config';
import type { Environment, Measured } from '../config';
import { benchArguments, benchSpeeds } from './llama-bench';
import type { Speeds } from './llama-bench';
import { dayOf } from './decision';
import { deviceSpeeds } from './measured-device';
import { endpointSpeeds } from './measured-endpoint';
import { UsageError } from './usage-error';
import { writeEnvironment } from './written-environment';

export interface MeasureOptions {
  /** Machine size or device that this machine, or the endpoint, is. */
  readonly on: string;
  /** As callers name it. */
  readonly model: string;
  readonly quantisation?: string;
  /** GGUF file for llama-bench. */
  readonly file?: string;
  /** Command that is run instead of `llama-bench`. */
  readonly bench?: string;
  /** Address of a deployed llama-server. */
  readonly endpoint?: string;
  /** Whether llama-bench runs on the device, over SSH. */
  readonly overSsh?: boolean;
  /** Environment variable that holds its key. */
  readonly keyVariable?: string;
  /** Whether the lines are printed, and nothing is written. */
  readonly print?: boolean;
  readonly today?: string;
}

/** Measures a model on this machine, or as a deployed endpoint serves it, and writes what it found into the environment. */
export async function measure(name: string, options: MeasureOptions): Promise<void> {
  const day = dayOf(options.today);
  checkUsage(options);
  const file = environmentFile(name, process.cwd());
  const environment = loadEnvironment(file);
  const { on, model } = options;
  const quantisation = options.quantisation ?? quantisationOf(environment, model);
  // What cannot be written is told before minutes are spent on it.
  checked(environment, { on, model, quantisation, promptTokensPerSecond: 1, by: 'to be measured' }, file);
  const speeds = await speedsOf({ ...options, quantisation }, environment);
  const { promptTokensPerSecond, decodeTokensPerSecond } = speeds;
  const measured: Measured = {
    on,
    model,
    quantisation,
    promptTokensPerSecond,
    ...(decodeTokensPerSecond === undefined ? {} : { decodeTokensPerSecond }),
    by: `${speeds.by}, ${day}`,
  };
  write(file, measured, options.print ?? false);
}

function checkUsage({ file, endpoint, bench, keyVariable, overSsh = false }: MeasureOptions): void {
  const problems = [
    ...(overSsh && endpoint !== undefined
      ? ['--over-ssh: it runs llama-bench on the device, got it with --endpoint; leave out one of them']
      : []),
    ...(!overSsh && (file === undefined) === (endpoint === undefined)
      ? [
          `--file or --endpoint: one of them is needed, got ${file === undefined ? 'neither' : 'both'}; name the GGUF file for llama-bench, or the address of a deployed endpoint, or run it on a device with --over-ssh`,
        ]
      : []),
    ...(endpoint !== undefined && bench !== undefined
      ? ['--bench: it measures a file, got it with --endpoint; leave out one of them']
      : []),
    ...(endpoint === undefined && keyVariable !== undefined
      ? ['--key-variable: it opens an endpoint, got it without --endpoint; leave it out']
      : []),
  ];
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

/** Of the only file that the environment has of a model. */
function quantisationOf({ weights }: Environment, model: string): string {
  const found = Object.entries(weights).filter(
    ([key, each]) => (each.fineTuned ? key : each.model) === model,
  );
  const names = [...new Set(found.map(([, { quantisation }]) => quantisation))];
  const [name] = names;
  if (name !== undefined && names.length === 1) return name;
  throw new UsageError(
    `--quantisation: the one of the file is needed, and weights has ${names.length === 0 ? 'none' : names.join(' and ')} of ${model}; name it, such as Q4_K_M`,
  );
}

/** @throws {ConfigError} when the environment with the measure would be none */
function checked(environment: Environment, measured: Measured, file: string): void {
  const others = (environment.measured ?? []).filter(each => !isSameMeasure(each, measured));
  parseEnvironment({ ...environment, measured: [...others, measured] }, file);
}

async function speedsOf(
  options: MeasureOptions & { readonly quantisation: string },
  environment: Environment,
): Promise<Speeds> {
  const { on: name, model, quantisation, file, bench, endpoint = '', keyVariable } = options;
  const { weights } = environment;
  const open = weights[model]?.model ?? model;
  const isEmbedding = catalog.openModels.some(({ id, kind }) => id === open && kind === 'embedding');
  if (options.overSsh)
    return deviceSpeeds({ name, model, quantisation, file, bench }, environment, isEmbedding);
  return file === undefined
    ? endpointSpeeds(endpoint, model, isEmbedding, keyVariable)
    : benchSpeeds(bench ?? 'llama-bench', benchArguments(file, isEmbedding), isEmbedding);
}

function write(file: string, measured: Measured, print: boolean): void {
  writeEnvironment(file, () => withMeasured(readFileSync(file, 'utf8'), measured, file), {
    lines: `measured:\n${measuredLines(measured)}`,
    print,
    next: 'berth explain shows what that changes',
  });
}
