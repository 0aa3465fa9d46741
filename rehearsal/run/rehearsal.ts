import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Fault, SimulatedAzure } from '../simulation';
import { findTerraform } from '../terraform/binary';
import type { TerraformBinary } from '../terraform/binary';
import { rehearsalEnvironment } from '../terraform/environment';
import { readState } from '../terraform/state-file';
import type { State } from '../terraform/state-file';
import { Terraform } from '../terraform/terraform';
import { linkCallerHome } from './caller-home';
import { CdktfCli } from './cdktf-cli';
import { findCdktf } from './cdktf-program';
import type { CdktfProgram } from './cdktf-program';
import { deployWithCdktf } from './deploy-with-cdktf';
import { deployWithTerraform } from './deploy-with-terraform';
import { takeStates } from './deployed-states';
import { chooseDrift, changesOf } from './drift';
import type { DriftChange } from './drift';
import { useLocalBackends } from './local-backend';
import type { ReplacedBackend } from './local-backend';
import type { Operation } from './operation';
import { watchOutside } from './outside';
import type { DeviceReport, DriftResult, Leftovers, StackPlan, StackResult } from './result';
import { unprotected } from './protection';
import { planStacks } from './plan-stacks';
import { heedAdvice } from './heed-advice';
import { RealPlans } from './real-plan';
import { SimulationHost } from './simulation-host';
import type { RehearsalOptions } from './rehearsal-options';
import { resourcesIn, selectStacks } from './stack';
import type { Assembly, Stack } from './stack';
import { Meter } from './progress';
import { directoryOf, synthesise } from './synthesise';
import type { Target } from './target';
import { giveVariables, variablesOf } from './given-variables';
import { Devices } from './variables';
import { versionFindings } from './version-findings';
import { Workspace } from './workspace';

/** Terraform commands at once: they wait for each other's answers more than they compute. */
const parallelCommands = Math.max(2, availableParallelism());

/**
 * A rehearsal that is open: stacks, a simulated Azure, devices and states that stay from one operation to the next.
 * Close it in a `finally`; a signal or the end of the process closes it too.
 */
export class Rehearsal {
  private readonly devices: Devices;
  private readonly simulation: SimulationHost;
  private assembly: Assembly | undefined;
  private selected: readonly Stack[] = [];
  private replaced: readonly ReplacedBackend[] = [];
  private assemblies = 0;
  /** Directory of the app that the stacks are of. */
  appDirectory = process.cwd();
  private cdktf: CdktfCli | undefined;

  private constructor(
    private readonly workspace: Workspace,
    readonly terraform: TerraformBinary,
    private readonly options: RehearsalOptions,
  ) {
    const { states } = options;
    const deployed = states === undefined ? [] : takeStates(states, workspace.path('state'));
    this.simulation = new SimulationHost(workspace, options, deployed);
    this.devices = new Devices(workspace, options);
  }

  /**
   * Opens a rehearsal of a target.
   * @throws TerraformUnusable, CdktfUnusable, SynthesisFailed, or Unrehearsable when the target holds no stack to
   * rehearse or `states` no state.
   */
  static async open(target: Target, options: RehearsalOptions = {}): Promise<Rehearsal> {
    const terraform = await findTerraform();
    const workspace = new Workspace();
    try {
      const rehearsal = new Rehearsal(workspace, terraform, options);
      await rehearsal.use(target);
      return rehearsal;
    } catch (error) {
      await workspace.close();
      throw error;
    }
  }

  /** Where stacks, states and sockets are. */
  get directory(): string {
    return this.workspace.directory;
  }

  /** The simulated Azure; undefined while no stack uses azurerm or azapi. */
  get azure(): SimulatedAzure | undefined {
    return this.simulation.azure;
  }

  /** Failures that have not struck. */
  get unplayedFaults(): readonly Fault[] {
    return this.simulation.unplayed;
  }

  /** Stacks of the target, in the order in which they are deployed. */
  get stacks(): readonly Stack[] {
    return this.selected;
  }

  /** Backends that were replaced by local ones. */
  get backends(): readonly ReplacedBackend[] {
    return this.replaced;
  }

  /** Goes on with other stacks, or the same ones changed. States, devices and the simulated Azure stay as they are. */
  async use(target: Target): Promise<void> {
    await this.workspace.ready();
    const assembly = await synthesise(
      target,
      this.workspace,
      this.workspace.path(`assembly-${++this.assemblies}`),
    );
    const { stacks: patterns = '*' } = this.options;
    this.selected = selectStacks(assembly.stacks, typeof patterns === 'string' ? [patterns] : patterns);
    this.appDirectory = resolve(directoryOf(target)?.directory ?? this.appDirectory);
    watchOutside(this.selected, this.appDirectory, this.options);
    const replaced = useLocalBackends(assembly, this.workspace.path('state'));
    this.replaced = replaced.filter(({ stack }) => this.selected.some(({ name }) => name === stack));
    this.assembly = assembly;
    this.cdktf =
      this.options.deployWith === 'cdktf' && assembly.fromCdktf
        ? new CdktfCli(this.workspace, await findCdktf(this.appDirectory))
        : undefined;
    giveVariables(this.selected, this.options.variables);
    linkCallerHome(this.selected, this.workspace.path('home'));
    await this.devices.prepare(this.selected);
    await this.simulation.serve(this.selected, this.appDirectory);
  }

  /** What stacks ask for that is not the version rehearsed, a sentence each. */
  get versionFindings(): string[] {
    const { versions, typeFindings } = this.simulation;
    return [...versionFindings(this.selected, versions), ...typeFindings];
  }

  /** Plans and applies the stacks in the order of their dependencies. */
  deploy(): Promise<StackResult[]> {
    return this.operate('deploy');
  }

  /** Runs what the advice on a failed deploy names. @returns the commands */
  heed(failed: readonly StackResult[]): Promise<string[]> {
    return heedAdvice(this.runner(), this.selected, failed);
  }

  /** Destroys the stacks, those that others depend on last, also what their configuration protects. */
  destroy(): Promise<StackResult[]> {
    return unprotected(this.selected, () => this.operate('destroy'));
  }

  /** Plans every stack against what is there now. Stacks must have been deployed, for others read their state. */
  async plan(): Promise<StackPlan[]> {
    await this.workspace.ready();
    return planStacks(this.runner(), parallelCommands, this.selected);
  }

  /**
   * Changes a resource outside Terraform, plans, deploys and plans again.
   * @param change what to change. @default - a tag more on the first resource whose tags a stack sets
   * @returns undefined when no resource can be changed that way
   */
  async drift(change?: DriftChange): Promise<DriftResult | undefined> {
    const chosen = change ?? (this.azure && chooseDrift(this.azure, this.selected));
    if (!chosen || !this.azure) return undefined;
    const { id, attributes } = chosen;
    const type = this.azure.get(id)?.type ?? '';
    this.azure.change(id, attributes);
    const plans = await this.plan();
    const found = changesOf(id, plans);
    const deployed = await this.repair(plans);
    const after = await this.plan();
    const repaired =
      deployed.every(({ ok }) => ok) && after.every(({ ok, changes }) => ok && changes.length === 0);
    return { id, type, attribute: Object.keys(attributes).join(', '), found, repaired };
  }

  /**
   * Downloads the real providers and looks for credentials.
   * @returns plans of the stacks by the real providers, to make when all stacks are deployed: each as if nothing of it
   * were there, with what it reads from other stacks taken from this rehearsal
   * @throws RealProvidersUnavailable naming all that is missing
   */
  async realPlans(): Promise<() => Promise<StackPlan[]>> {
    await this.workspace.ready();
    const { workspace, terraform, selected } = this;
    const context = { workspace, terraform, caller: process.env, variables: this.variables() };
    const plans = new RealPlans(context, selected);
    await plans.prepare();
    return () => plans.make(parallelCommands);
  }

  /** The CLI that deploys; undefined when the rehearsal itself does. */
  get cli(): CdktfProgram | undefined {
    return this.cdktf?.program;
  }

  /** What a stack's state holds. */
  state(stack: string): State {
    return readState(this.workspace.path('state', `${stack}.tfstate`));
  }

  /** Downloads and uploads that are not the real files. */
  get fixtures(): readonly string[] {
    return this.devices.fixtureNames;
  }

  /** What the rehearsed devices hold and refused. */
  deviceReports(): DeviceReport[] {
    return [...this.devices.all].map(([name, device]) => ({
      name,
      units: device.units(),
      refused: device.refused(),
    }));
  }

  /** What is there now; after `destroy` it should be soft-deleted names only. Seeded resources do not count. */
  leftovers(): Leftovers {
    return {
      resources: this.simulation.withoutSeed(),
      softDeleted: this.azure?.softDeleted() ?? [],
      inState: this.selected.flatMap(({ name }) =>
        this.state(name).resources.map(address => `${name}: ${address}`),
      ),
      units: this.deviceReports().flatMap(({ name, units }) => units.map(({ unit }) => `${name}: ${unit}`)),
    };
  }

  /** Ends everything and removes the directory, unless it is to be kept. */
  async close(options: { readonly keep?: boolean } = {}): Promise<void> {
    await this.workspace.close(options);
  }

  /** Deploys the stacks whose plan changes something; cdktf would go through all of them. */
  private async repair(plans: readonly StackPlan[]): Promise<StackResult[]> {
    await this.workspace.ready();
    const changed = plans.filter(({ changes }) => changes.length > 0).map(({ name }) => name);
    const operation = this.operation(
      'deploy',
      this.selected.filter(({ name }) => changed.includes(name)),
    );
    return deployWithTerraform(onMessage => this.runner(onMessage), parallelCommands, operation);
  }

  private operation(command: Operation['command'], stacks = this.selected): Operation {
    // How many there are to deploy or destroy, before Terraform has counted them.
    const sizeOf = (stack: Stack): number =>
      command === 'destroy' ? this.state(stack.name).resources.length : resourcesIn(stack);
    const totals = stacks.map(stack => [stack.name, sizeOf(stack)] as const);
    const meter = new Meter(new Map(totals), (line, progress) => this.options.onProgress?.(line, progress));
    const count = stacks.length === 1 ? '1 stack' : `${stacks.length} stacks`;
    const doing = command === 'deploy' ? 'deploying' : 'destroying';
    this.options.onProgress?.(`${doing} ${count}`, meter.progress);
    return {
      command,
      stacks,
      stateOf: stack => this.state(stack),
      hear: (stack, text) => meter.hear(stack, text),
      complete: stack => meter.complete(stack),
    };
  }

  private async operate(command: Operation['command']): Promise<StackResult[]> {
    await this.workspace.ready();
    const context = this.operation(command);
    if (this.cdktf && this.assembly) {
      return deployWithCdktf(this.cdktf, this.assembly.directory, this.environment(), context);
    }
    return deployWithTerraform(onMessage => this.runner(onMessage), parallelCommands, context);
  }

  private runner(onMessage?: (message: string) => void): Terraform {
    const { terraform: binary, workspace, devices } = this;
    const [environment, onStart, readPlan] = [this.environment(), workspace.watch, devices.asWritten];
    return new Terraform({ binary, environment, onStart, onMessage, readPlan });
  }

  /** The whole environment of a terraform or cdktf that is to run against this rehearsal. */
  environment(): Record<string, string> {
    return rehearsalEnvironment(process.env, this.terraform, {
      ...this.workspace.environment,
      ...this.simulation.environment,
      ...this.variables(),
    });
  }

  /** Values of Terraform variables, and the agent that lets Terraform in to the devices. */
  private variables(): Record<string, string> {
    return { ...this.devices.environment, ...variablesOf(this.selected, this.options.variables) };
  }
}
