import { startSimulation } from '../simulation';
import type { Fault, Operation, PlayedFault, Simulation } from '../simulation';
import type { TerraformBinary } from '../terraform/binary';
import { rehearsalEnvironment } from '../terraform/environment';
import type { Outcome } from '../terraform/terraform';
import { Terraform } from '../terraform/terraform';
import { useLocalBackends } from '../run/local-backend';
import { azurermTypes } from '../run/azure-use';
import { unprotected } from '../run/protection';
import type { Stack } from '../run/stack';
import { synthesise } from '../run/synthesise';
import type { Target } from '../run/target';
import { Devices } from '../run/variables';
import { Workspace } from '../run/workspace';
import { mendState, readStates, writeStates } from './snapshot';
import type { Snapshot } from './snapshot';

/**
 * Stacks in a directory of their own, in which one deploy after another runs, each from a snapshot. Workers run beside
 * each other.
 */
export class Worker {
  private simulation: Simulation | undefined;

  private constructor(
    private readonly workspace: Workspace,
    private readonly binary: TerraformBinary,
    private readonly devices: Devices,
    readonly stacks: readonly Stack[],
  ) {}

  /**
   * Opens a worker.
   * @param target an app, its output, or a directory of Terraform files; it is left as it is
   * @param fixtures sha256 of what each URL would serve to a device
   */
  static async open(
    target: Target,
    binary: TerraformBinary,
    fixtures: ReadonlyMap<string, string>,
  ): Promise<Worker> {
    const workspace = new Workspace();
    try {
      const { directory, fromCdktf, stacks } = await synthesise(
        target,
        workspace,
        workspace.path('assembly'),
      );
      useLocalBackends({ directory, fromCdktf, stacks }, workspace.path('state'));
      const devices = new Devices(workspace, { fixtures });
      await devices.prepare(stacks);
      return new Worker(workspace, binary, devices, stacks);
    } catch (error) {
      await workspace.close();
      throw error;
    }
  }

  /**
   * Puts the simulated Azure and the states back to a moment.
   * @param stacks those whose commands will run
   * @param faults failures to come
   */
  async restore(snapshot: Snapshot, stacks: readonly Stack[], faults: readonly Fault[] = []): Promise<void> {
    await this.stopSimulation();
    writeStates(this.workspace.path('state'), snapshot.states);
    this.simulation = this.workspace.add(
      await startSimulation({
        types: azurermTypes(stacks),
        resources: snapshot.resources,
        faults,
        killDeploy: this.workspace.killProcesses,
        socketDirectory: this.workspace.sockets,
      }),
    );
  }

  /** What is there now. */
  snapshot(): Snapshot {
    const azure = this.running.azure;
    return {
      resources: azure.list(),
      softDeleted: azure.softDeleted(),
      states: readStates(this.workspace.path('state')),
    };
  }

  /** The writes since `restore`. */
  get operations(): readonly Operation[] {
    return this.running.azure.operations();
  }

  /** The failures that struck since `restore`. */
  get played(): readonly PlayedFault[] {
    return this.running.faultsPlayed();
  }

  async apply({ directory }: Stack): Promise<Outcome> {
    const terraform = this.terraform();
    const initialised = await terraform.init(directory);
    return initialised.ok ? terraform.deploy(directory) : initialised;
  }

  async destroy(stack: Stack): Promise<Outcome> {
    const terraform = this.terraform();
    const initialised = await terraform.init(stack.directory);
    return initialised.ok ? unprotected([stack], () => terraform.destroy(stack.directory)) : initialised;
  }

  /** What the next deploy would change. */
  changes({ directory }: Stack): ReturnType<Terraform['changes']> {
    return this.terraform().changes(directory);
  }

  /** Runs what an advice names: `import`, `force-unlock`. */
  command({ directory }: Stack, args: readonly string[]): Promise<Outcome> {
    return this.terraform().command(directory, args);
  }

  /** Does what the advice on a killed deploy says of a state that is not whole. @returns whether it was not */
  mendState({ name }: Stack): boolean {
    return mendState(this.workspace.path('state', `${name}.tfstate`));
  }

  async close(): Promise<void> {
    await this.workspace.close();
  }

  private async stopSimulation(): Promise<void> {
    if (this.simulation) await this.workspace.release(this.simulation);
    this.simulation = undefined;
  }

  private get running(): Simulation {
    if (!this.simulation) throw new Error('restore a snapshot first');
    return this.simulation;
  }

  private terraform(): Terraform {
    const environment = rehearsalEnvironment(process.env, this.binary, {
      ...this.workspace.environment,
      ...this.running.environment,
      ...this.devices.environment,
      // Commands live for half a second: a quarter of their time would go into collecting garbage.
      GOGC: '400',
    });
    return new Terraform({ binary: this.binary, environment, onStart: this.workspace.watch });
  }
}
