export { CdktfUnusable, findCdktf } from './cdktf-program';
export type { CdktfProgram } from './cdktf-program';
export { faultNames } from '../simulation';
export type { Fault, FaultName } from '../simulation';
export { advised } from '../terraform/advice';
export { said } from '../terraform/json-ui';
export { TerraformUnusable, findTerraform } from '../terraform/binary';
export type { TerraformBinary } from '../terraform/binary';
export type { ChangeSummary, Diagnostic, Output } from '../terraform/json-ui';
export type { Action, Change, PlanJson, ResourceChange } from '../terraform/plan-json';
export type { DriftChange } from './drift';
export type { DeployedResource } from '../terraform/state-file';
export type { Progress, ProgressListener, StackProgress } from './progress';
export type { ReplacedBackend } from './local-backend';
export { Rehearsal } from './rehearsal';
export type { RehearsalOptions } from './rehearsal-options';
export { RealProvidersUnavailable } from './real-plan';
export { rehearseApp, rehearseLife } from './rehearse-app';
export type { AppOptions, LifeOptions } from './rehearse-app';
export type {
  DeviceReport,
  DriftResult,
  Leftovers,
  PlannedChange,
  RehearsalResult,
  StackPlan,
  StackResult,
} from './result';
export type { Stack } from './stack';
export { SynthesisFailed } from './synthesise';
export type { AppLike, StackLike, Target } from './target';
export { Unrehearsable } from './unrehearsable';
