import type { Decision, EdgeUnit, Environment, MachineUnit, ServedModel } from '../config';
import { hostLimits } from '../limits/host';
import { engineLine, isReadByEngine, isVerified, weightsLine } from '../limits/verified';
import type { EngineSpec, ServedModelSpec } from '../constructs';
import { BerthError } from '../text/berth-error';

/** Thrown when the environment does not say where verified engines or weights come from. */
export class UnverifiedMachine extends BerthError {
  readonly kind = 'input';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Refuses machines whose engine or weights nobody verified: a hash is supplied by the environment, never invented.
 * @throws UnverifiedMachine with every problem at once.
 */
export function checkMachines(environment: Environment, decision: Decision): void {
  const machines = decision.units.filter(unit => 'serves' in unit);
  const problems = machines.flatMap(unit => [
    ...(unit.engine ? [] : engineProblems(environment, unit)),
    ...unit.serves.flatMap(served => weightsProblems(environment, unit.id, served)),
  ]);
  if (problems.length > 0) throw new UnverifiedMachine(problems);
}

/** The build of the engine that the machine installs. */
export function engineOf(environment: Environment, unit: MachineUnit | EdgeUnit): EngineSpec {
  if (!unit.engine) throw new UnverifiedMachine(engineProblems(environment, unit));
  return unit.engine;
}

export function modelOf({
  model,
  api,
  weights,
  contextTokens,
  parallel,
  cacheRamMib,
  pooling,
}: ServedModel): ServedModelSpec {
  const { url, revision, sha256 } = weights;
  return {
    model,
    api,
    weights: { url, revision, sha256, format: 'gguf' },
    contextTokens,
    parallel,
    ...(cacheRamMib === undefined ? {} : { cacheRamMib }),
    ...(pooling === undefined ? {} : { pooling }),
  };
}

/**
 * What sizing leaves to the models of a machine that computes on its processor, which is the most that an engine there may take, MiB. Of
 * the others it is the memory of a graphics processor, and of machines from before sizes were recorded nobody knows it.
 */
export function memoryOf({ accelerator, sizing }: MachineUnit | EdgeUnit): { readonly memoryMib?: number } {
  if (accelerator !== 'cpu' || !sizing) return {};
  const mib = Math.floor(sizing.usableMemoryGib * 1024);
  return mib >= hostLimits.leastMemoryMib ? { memoryMib: mib } : {};
}

function engineProblems(environment: Environment, unit: MachineUnit | EdgeUnit): string[] {
  const given =
    environment.engines.map(({ arch, accelerator }) => `${arch}/${accelerator}`).join(', ') || 'none';
  return [
    `${environment.name}: engines: unit ${unit.id} on ${unit.sku} needs a build of llama.cpp for ` +
      `${unit.arch}/${unit.accelerator}, got ${given}; add ${engineLine(unit)}`,
  ];
}

function weightsProblems({ name }: Environment, unit: string, { model, weights }: ServedModel): string[] {
  if (!isReadByEngine(weights.format)) {
    return [
      `${name}: weights: unit ${unit} serves ${model} with llama.cpp, which takes gguf, got ${weights.format}; ` +
        `convert the weights and give the gguf file`,
    ];
  }
  if (isVerified(weights)) return [];
  return [
    `${name}: weights: unit ${unit} serves ${model} (${weights.quantisation}) from a file that must be verified, got ` +
      `none; add ${weightsLine(model, weights.quantisation)}`,
  ];
}
