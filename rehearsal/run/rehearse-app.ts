import { advised } from '../terraform/advice';
import { comparePlans } from '../terraform/plan-comparison';
import type { PlanComparison } from '../terraform/plan-comparison';
import { said } from '../terraform/json-ui';
import type { Fault } from '../simulation';
import type { DriftChange } from './drift';
import { namedProviders } from './provider-use';
import { Rehearsal } from './rehearsal';
import type { RehearsalOptions } from './rehearsal-options';
import type { DriftResult, Leftovers, RehearsalResult, StackPlan, StackResult } from './result';
import type { Target } from './target';

/** How to rehearse a whole life. */
export interface LifeOptions extends RehearsalOptions {
  /** What to change outside Terraform; false for nothing. @default - a tag more on the first resource with tags */
  readonly drift?: DriftChange | false;
  /**
   * Whether the real providers plan the deployed stacks too. They are downloaded, and credentials are needed; nothing
   * is applied. @default false
   */
  readonly withReal?: boolean;
  /** Whether to leave the directory with stacks and states behind. @default false */
  readonly keep?: boolean;
}

/** How to rehearse an app of a directory. */
interface AppOptions extends LifeOptions {
  /** Directory of the app (it holds `cdktf.json`), of its output, or of Terraform files. */
  readonly directory: string;
  /** Variables for the app's synthesis. @default - none */
  readonly environmentVariables?: Readonly<Record<string, string>>;
}

/**
 * The life of an app's stacks with the real cdktf (or cdktn) CLI: deploy, plan again, a change outside Terraform found and
 * repaired, destroy.
 * @throws TerraformUnusable, CdktfUnusable, SynthesisFailed, or Unrehearsable when there is nothing to rehearse; what goes wrong later is in
 * the result's `findings`.
 */
export function rehearseApp({
  directory,
  environmentVariables,
  ...options
}: AppOptions): Promise<RehearsalResult> {
  return rehearseLife({ directory, environmentVariables }, { deployWith: 'cdktf', ...options });
}

/**
 * The same life for any target. Where failures are played and the first deploy fails of them, it is deployed again, as
 * an operator would.
 * @throws as `rehearseApp`, and RealProvidersUnavailable
 */
export async function rehearseLife(target: Target, options: LifeOptions = {}): Promise<RehearsalResult> {
  const rehearsal = await Rehearsal.open(target, options);
  try {
    return await live(rehearsal, options);
  } finally {
    await rehearsal.close({ keep: options.keep });
  }
}

/** Deploys after a failure: one shows what the first one left, the others what had to be imported. */
const mostAgain = 4;

async function live(rehearsal: Rehearsal, options: LifeOptions): Promise<RehearsalResult> {
  const progress = options.onProgress ?? (() => undefined);
  const planReally = options.withReal ? await rehearsal.realPlans() : undefined;
  const { stacks, failedFirst, heeded } = await deployWithFaults(rehearsal, options, progress);
  const deployed = stacks.every(({ ok }) => ok);
  // Without what was there before.
  const { resources } = rehearsal.leftovers();
  const devices = rehearsal.deviceReports();
  let secondPlan: StackPlan[] = [];
  let drift: DriftResult | undefined;
  let realPlan: StackPlan[] | undefined;
  if (deployed) {
    if (planReally) progress('planning with the real providers');
    realPlan = await planReally?.();
    progress('planning again: nothing should change');
    secondPlan = await rehearsal.plan();
    drift = await playDrift(rehearsal, options, progress);
  }
  const destroyed = await rehearsal.destroy();
  const leftovers = rehearsal.leftovers();
  const findings = [
    ...rehearsal.versionFindings,
    ...rehearsal.unplayedFaults.map(unplayedTrouble),
    ...stacks.flatMap(stack => troublesOf('deploy', stack)),
    ...(realPlan ?? []).flatMap(plan => planFailures('plan with the real providers', plan)),
    ...secondPlan.flatMap(secondPlanTroubles),
    ...(drift ? driftTroubles(drift) : []),
    ...destroyed.flatMap(stack => troublesOf('destroy', stack)),
    ...leftoverTroubles(leftovers),
  ];
  return {
    ok: findings.length === 0,
    findings,
    otherVersions: rehearsal.versionFindings,
    terraform: rehearsal.terraform,
    deployedWith: rehearsal.cli?.command ?? 'terraform',
    cli: rehearsal.cli,
    backends: rehearsal.backends,
    failedFirst,
    heeded,
    stacks,
    existing: options.existing ?? [],
    resources,
    devices,
    fixtures: rehearsal.fixtures,
    realPlan,
    realDifferences: realPlan && differencesOf(stacks, realPlan),
    secondPlan,
    drift,
    destroyed,
    leftovers,
    structureOnly: rehearsal.azure?.structureOnly() ?? [],
    providers: namedProviders(rehearsal.stacks, rehearsal.appDirectory),
    directory: options.keep ? rehearsal.directory : undefined,
  };
}

/** Compares, of each stack, the plan that was applied with the real providers' one. */
function differencesOf(
  stacks: readonly StackResult[],
  real: readonly StackPlan[],
): Readonly<Record<string, PlanComparison>> {
  const applied = new Map(stacks.map(({ name, plan }) => [name, plan]));
  const compared = real.flatMap(({ name, plan }) => {
    const own = applied.get(name);
    return own && plan ? [[name, comparePlans(own, plan)] as const] : [];
  });
  return Object.fromEntries(compared);
}

/** Deploys, and where failures are played and the deploy fails, deploys again until it stands or nothing more is advised. */
async function deployWithFaults(
  rehearsal: Rehearsal,
  { faults = [] }: LifeOptions,
  progress: (line: string) => void,
): Promise<Pick<RehearsalResult, 'stacks' | 'failedFirst' | 'heeded'>> {
  const first = await rehearsal.deploy();
  if (faults.length === 0 || first.every(({ ok }) => ok)) return { stacks: first, heeded: [] };
  let stacks = first;
  const heeded: string[] = [];
  for (let again = 0; again < mostAgain && !stacks.every(({ ok }) => ok); again++) {
    const commands = await rehearsal.heed(stacks);
    // What fails twice and names no command will not pass the third time.
    if (again > 0 && commands.length === 0) break;
    commands.forEach(progress);
    heeded.push(...commands);
    progress('deploying again, as an operator would after the failure');
    stacks = await rehearsal.deploy();
  }
  return { stacks, failedFirst: first, heeded };
}

async function playDrift(
  rehearsal: Rehearsal,
  { drift }: LifeOptions,
  progress: (line: string) => void,
): Promise<DriftResult | undefined> {
  if (drift === false || !rehearsal.azure) return undefined;
  progress('changing a resource outside Terraform: the next plan should find it, the next deploy repair it');
  return rehearsal.drift(drift);
}

function unplayedTrouble({ name, nth = 1, resource }: Fault): string {
  const where = resource === undefined ? '' : ` on ${resource}`;
  return `the failure ${name} did not strike: there was no write number ${nth}${where} that it could hit`;
}

function troublesOf(command: string, { name, ok, skipped, diagnostics }: StackResult): string[] {
  if (ok) return [];
  if (skipped) return [`${command} of ${name}: not tried, because a stack before it failed`];
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.length > 0
    ? errors.map(error => `${command} of ${name}: ${said(error)}${advised(error)}`)
    : [`${command} of ${name} failed`];
}

function planFailures(what: string, { name, ok, diagnostics }: StackPlan): string[] {
  const errors = ok ? [] : diagnostics.filter(({ severity }) => severity === 'error');
  return errors.map(error => `${what} of ${name}: ${said(error)}`);
}

function secondPlanTroubles(plan: StackPlan): string[] {
  const { name, changes, outputs } = plan;
  return [
    ...planFailures('second plan', plan),
    ...changes.map(
      ({ address, actions }) => `second plan of ${name}: ${address} would ${actions.join(' and ')}`,
    ),
    ...outputs.map(output => `second plan of ${name}: output ${output} would change`),
  ];
}

function driftTroubles({ id, attribute, found, repaired }: DriftResult): string[] {
  if (found.length === 0)
    return [`a change of ${attribute} of ${id} outside Terraform was not found by the next plan`];
  return repaired
    ? []
    : [`a change of ${attribute} of ${id} outside Terraform was not repaired by the next deploy`];
}

function leftoverTroubles({ resources, inState, units }: Leftovers): string[] {
  return [
    ...resources.map(({ id }) => `left after destroy: ${id}`),
    ...inState.map(address => `left in state after destroy: ${address}`),
    ...units.map(unit => `left on a device after destroy: ${unit}`),
  ];
}
