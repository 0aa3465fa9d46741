import type { LifeOptions, Rehearsal, RehearsalOptions, RehearsalResult, Target } from '../rehearsal/run';

export type { ArtifactTrouble, DeviceTroubles } from '../rehearsal/device';
export { RealProvidersUnavailable } from '../rehearsal/run/real-providers-unavailable';
export { Unrehearsable } from '../rehearsal/run/unrehearsable';
export { CdktfUnusable, SynthesisFailed, TerraformUnusable } from '../rehearsal/unusable';
export type {
  CdktfProgram,
  DeployedResource,
  DriftChange,
  DriftResult,
  Fault,
  FaultName,
  LifeOptions,
  PlanJson,
  Progress,
  ProgressListener,
  Rehearsal,
  RehearsalOptions,
  RehearsalResult,
  StackPlan,
  StackResult,
  AppLike,
  StackLike,
  Target,
} from '../rehearsal/run';
export { costChanges } from './cost';
export type { CostAttribute, CostChange } from './cost';
export { terraformMatchers } from './matchers';
export type { MatcherResult, TerraformMatchers } from './matcher-types';
export { normalisations } from './normalise';
export type { Normalisation } from './normalise';
export { planSnapshot } from './plan-snapshot';
export type { SnapshotOptions } from './plan-snapshot';
export type { PlanSubject } from './plans';
export type { SynthSubject } from './synth-matchers';
export { blockDiff } from './text-block';

/**
 * Rehearses the life of stacks with the real Terraform against a simulated Azure: deploy, plan again, drift, destroy.
 * Nothing of it is left afterwards, also when it fails or is interrupted.
 * @param target an `App`; a stack or stacks of one, with all that they depend on; or a directory: of an app, of its
 * output, or of Terraform files
 * @throws TerraformUnusable, CdktfUnusable, SynthesisFailed, or Unrehearsable when there is nothing to rehearse; what goes wrong later is in
 * the result's `findings`.
 */
export function rehearse(target: Target, options: LifeOptions = {}): Promise<RehearsalResult> {
  return rehearsals().rehearseLife(target, options);
}

/**
 * Opens a rehearsal to go through step by step: `deploy`, `plan`, `use` other stacks, `drift`, `destroy`. Close it when
 * done.
 */
export function openRehearsal(target: Target, options: RehearsalOptions = {}): Promise<Rehearsal> {
  return rehearsals().Rehearsal.open(target, options);
}

/** Loaded when something is rehearsed: tests that only ask matchers need not wait for gRPC and a simulated Azure. */
function rehearsals(): typeof import('../rehearsal/run') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a synchronous import does not exist
  return require('../rehearsal/run') as typeof import('../rehearsal/run');
}
