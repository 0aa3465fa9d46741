import type { SimulatedResource, SoftDeletedName } from '../simulation';
import type { InstalledUnit, RefusedCommand } from '../device';
import type { TerraformBinary } from '../terraform/binary';
import type { ChangeSummary, Diagnostic, Output } from '../terraform/json-ui';
import type { PlanComparison } from '../terraform/plan-comparison';
import type { Action, PlanJson } from '../terraform/plan-json';
import type { DeployedResource } from '../terraform/state-file';
import type { CdktfProgram } from './cdktf-program';
import type { ReplacedBackend } from './local-backend';
import type { NamedProviders } from './provider-use';

/** What a deploy or destroy did to one stack. */
export interface StackResult {
  /** Name of the stack. */
  readonly name: string;
  /** Whether everything went through. */
  readonly ok: boolean;
  /** Whether it was not even tried, because a stack it depends on failed. */
  readonly skipped: boolean;
  /** What was planned. */
  readonly summary: ChangeSummary;
  /** Addresses; one that was replaced is in `created` and `destroyed`. */
  readonly created: readonly string[];
  /** Addresses. */
  readonly changed: readonly string[];
  /** Addresses. */
  readonly destroyed: readonly string[];
  /** What Terraform said. */
  readonly diagnostics: readonly Diagnostic[];
  /** Outputs after the operation; sensitive ones have no value. */
  readonly outputs: Readonly<Record<string, Output>>;
  /** Managed resources after the operation. */
  readonly resources: readonly DeployedResource[];
  /** The plan that was applied. @default - unknown: cdktf keeps it to itself */
  readonly plan?: PlanJson;
}

/** A planned change, in short. */
interface PlannedChange {
  readonly address: string;
  readonly actions: readonly Action[];
}

/** The plan of one stack. */
export interface StackPlan {
  /** Name of the stack. */
  readonly name: string;
  /** Whether Terraform could make a plan. */
  readonly ok: boolean;
  /** Managed resources that the plan touches. */
  readonly changes: readonly PlannedChange[];
  /** Outputs that the plan changes. */
  readonly outputs: readonly string[];
  /** What Terraform said. */
  readonly diagnostics: readonly Diagnostic[];
  /** @default - none: Terraform could not make one */
  readonly plan?: PlanJson;
}

/** A change outside Terraform, and what Terraform made of it. */
export interface DriftResult {
  /** Id of the resource that was changed. */
  readonly id: string;
  /** Type of the resource in Terraform. */
  readonly type: string;
  /** Name of the changed attribute. */
  readonly attribute: string;
  /** Changes that the next plan had for that resource; empty when the change was not found. */
  readonly found: readonly (PlannedChange & { readonly stack: string })[];
  /** Whether the next deploy put it right, shown by another plan. */
  readonly repaired: boolean;
}

/** What is left when all is destroyed. Azure itself keeps the soft-deleted names. */
export interface Leftovers {
  readonly resources: readonly SimulatedResource[];
  readonly softDeleted: readonly SoftDeletedName[];
  /** Addresses still in a state, as `<stack>: <address>`. */
  readonly inState: readonly string[];
  /** Units still on a device, as `<device>: <unit>`. */
  readonly units: readonly string[];
}

/** What a rehearsed device saw. */
export interface DeviceReport {
  readonly name: string;
  /** Units installed after the deploy. */
  readonly units: readonly InstalledUnit[];
  readonly refused: readonly RefusedCommand[];
}

/** The rehearsed life of a set of stacks: deploy, plan again, drift, destroy. */
export interface RehearsalResult {
  /** Whether all went as it should; if not, `findings` says what did not. */
  readonly ok: boolean;
  /** What is wrong, each in a sentence. */
  readonly findings: readonly string[];
  /** Those of them that are about versions: a stack asks for another one of a provider than the one rehearsed. */
  readonly otherVersions: readonly string[];
  /** The program that planned and applied. */
  readonly terraform: TerraformBinary;
  /** What ran Terraform to deploy and destroy. */
  readonly deployedWith: CdktfProgram['command'] | 'terraform';
  /** The CLI that deployed. @default - none: the rehearsal ran Terraform itself */
  readonly cli?: CdktfProgram;
  /** Backends that were replaced by local ones. */
  readonly backends: readonly ReplacedBackend[];
  /** The first deploy, which failures that were asked for made fail. @default - it did not fail, or of something else */
  readonly failedFirst?: readonly StackResult[];
  /** Commands that the advice on failed deploys named and that were run before the next one. */
  readonly heeded: readonly string[];
  /** The deploy, or the second one where the first one failed of a failure that was asked for. */
  readonly stacks: readonly StackResult[];
  /** ARM ids that were taken to exist before the deploy. */
  readonly existing: readonly string[];
  /** What the deploy made in the simulated Azure. */
  readonly resources: readonly SimulatedResource[];
  /** What each rehearsed device saw. */
  readonly devices: readonly DeviceReport[];
  /** Downloads and uploads of devices that were not the real files: URLs and file names. */
  readonly fixtures: readonly string[];
  /** Plans by the real providers, each stack as if nothing of it were there. @default - not asked for */
  readonly realPlan?: readonly StackPlan[];
  /** How those differ from the plans that the rehearsal applied, by stack. @default - not asked for, or not both were made */
  readonly realDifferences?: Readonly<Record<string, PlanComparison>>;
  /** Plans right after the deploy; they should change nothing. */
  readonly secondPlan: readonly StackPlan[];
  /** @default - none: nothing deployed can be changed outside Terraform */
  readonly drift?: DriftResult;
  /** What the destruction did to each stack. */
  readonly destroyed: readonly StackResult[];
  /** What was still there after the destruction. */
  readonly leftovers: Leftovers;
  /** Types of which only the structure was rehearsed: their defaults and ForceNew are not known. */
  readonly structureOnly: readonly string[];
  /** Registry addresses of the providers that the stacks name. */
  readonly providers: NamedProviders;
  /** Where the stacks and states are. @default - removed */
  readonly directory?: string;
}
