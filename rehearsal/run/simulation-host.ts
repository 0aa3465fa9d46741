import { existingResources } from '../azure/existing';
import { azurermBindings } from '../schema/bindings';
import { startSimulation } from '../simulation';
import type { Fault, SimulatedAzure, SimulatedResource, Simulation } from '../simulation';
import { azurermTypes, azurermVersions, usesAzure } from './azure-use';
import type { Stack } from './stack';
import type { Workspace } from './workspace';

/** What a rehearsal begins with. */
export interface SimulationHostOptions {
  /** Failures to play. @default - none */
  readonly faults?: readonly Fault[];
  /** Resources that exist already, for example a network that a stack looks up. @default - none */
  readonly seed?: readonly SimulatedResource[];
  /**
   * ARM ids of resources that exist already, of which nothing but their names matters: a network, a workspace. Their
   * parents exist too. @default - none
   */
  readonly existing?: readonly string[];
}

/** The simulated Azure of a rehearsal, started when the first stack needs it. */
export class SimulationHost {
  private simulation: Simulation | undefined;
  private lib: string | undefined;
  private version: string | undefined;
  private readonly served = new Set<string>();
  private readonly seed: readonly SimulatedResource[];
  private readonly faults: readonly Fault[];

  /** @param deployed what earlier deploys of the stacks under rehearsal have made */
  constructor(
    private readonly workspace: Workspace,
    { faults = [], seed = [], existing = [] }: SimulationHostOptions,
    private readonly deployed: readonly SimulatedResource[] = [],
  ) {
    this.faults = faults;
    this.seed = [...existingResources(existing), ...seed];
  }

  get azure(): SimulatedAzure | undefined {
    return this.simulation?.azure;
  }

  /** Environment variables for Terraform. */
  get environment(): Readonly<Record<string, string>> {
    return this.simulation?.environment ?? {};
  }

  /** The azurerm whose schema is simulated; undefined while none is. */
  get azurermVersion(): string | undefined {
    return this.version;
  }

  /** Failures that have not struck. */
  get unplayed(): readonly Fault[] {
    const played = new Set(this.simulation?.faultsPlayed().map(({ fault }) => fault));
    return this.faults.filter(fault => !played.has(fault));
  }

  /** Resources that a rehearsal did not find there, as it seeded them itself. */
  withoutSeed(): SimulatedResource[] {
    const seeded = new Set(this.seed.map(({ id }) => id.toLowerCase()));
    return (this.azure?.list() ?? []).filter(({ id }) => !seeded.has(id.toLowerCase()));
  }

  /**
   * Starts the simulation, or starts it again with more types or other bindings: what is in it stays in its file.
   * @param app directory of the app that the stacks are of
   */
  async serve(stacks: readonly Stack[], app: string): Promise<void> {
    if (!usesAzure(stacks) && this.deployed.length === 0) return;
    const named = azurermTypes(stacks);
    // Terraform asks for the types of what a stack held before, too.
    const types = named && [...named, ...this.deployed.map(({ type }) => type)];
    const { lib, version } = azurermBindings(azurermVersions(stacks), app);
    if (this.simulation && lib === this.lib && types?.every(type => this.served.has(type))) return;
    this.lib = lib;
    this.version = version;
    for (const type of types ?? []) this.served.add(type);
    const first = this.simulation === undefined;
    if (this.simulation) await this.workspace.release(this.simulation);
    const simulation = await startSimulation({
      stateFile: this.workspace.path('azure.json'),
      socketDirectory: this.workspace.sockets,
      faults: this.faults,
      killDeploy: this.workspace.killProcesses,
      azurermLib: lib,
      types: types && [...this.served],
    });
    this.simulation = this.workspace.add(simulation);
    if (first) for (const resource of [...this.seed, ...this.deployed]) simulation.azure.seed(resource);
  }
}
