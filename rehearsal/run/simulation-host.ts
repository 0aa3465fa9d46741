import { startSimulation } from '../simulation';
import type { Fault, SimulatedAzure, SimulatedResource, Simulation } from '../simulation';
import { azurermTypes, usesAzure } from './azure-use';
import type { Stack } from './stack';
import type { Workspace } from './workspace';

/** The simulated Azure of a rehearsal, started when the first stack needs it. */
export class SimulationHost {
  private simulation: Simulation | undefined;
  private readonly served = new Set<string>();

  constructor(
    private readonly workspace: Workspace,
    private readonly faults: readonly Fault[] | undefined,
    private readonly seed: readonly SimulatedResource[],
  ) {}

  get azure(): SimulatedAzure | undefined {
    return this.simulation?.azure;
  }

  /** Environment variables for Terraform. */
  get environment(): Readonly<Record<string, string>> {
    return this.simulation?.environment ?? {};
  }

  /** Resources that a rehearsal did not find there, as it seeded them itself. */
  withoutSeed(): SimulatedResource[] {
    const seeded = new Set(this.seed.map(({ id }) => id.toLowerCase()));
    return (this.azure?.list() ?? []).filter(({ id }) => !seeded.has(id.toLowerCase()));
  }

  /** Starts the simulation, or starts it again with more types: what is in it stays in its file. */
  async serve(stacks: readonly Stack[]): Promise<void> {
    if (!usesAzure(stacks)) return;
    const types = azurermTypes(stacks);
    if (this.simulation && types?.every(type => this.served.has(type))) return;
    for (const type of types ?? []) this.served.add(type);
    const first = this.simulation === undefined;
    if (this.simulation) await this.workspace.release(this.simulation);
    const simulation = await startSimulation({
      stateFile: this.workspace.path('azure.json'),
      socketDirectory: this.workspace.path('sockets'),
      faults: this.faults,
      killDeploy: this.workspace.killProcesses,
      types: types && [...this.served],
    });
    this.simulation = this.workspace.add(simulation);
    if (first) for (const resource of this.seed) simulation.azure.seed(resource);
  }
}
