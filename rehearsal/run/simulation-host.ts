import { existingResources } from '../azure/existing';
import { azurermBindings } from '../schema/bindings';
import type { Bindings } from '../schema/bindings';
import { unknownTypes } from '../schema/catalogue';
import { startSimulation } from '../simulation';
import type { Fault, SimulatedAzure, SimulatedResource, Simulation, SimulationOptions } from '../simulation';
import { simulatedAzurerm } from '../providers/azurerm/azurerm';
import { azapiVersion } from '../providers/azapi/azapi';
import type { Way } from '../providers/azapi/reads';
import { simulatedProviders } from '../providers/registry';
import { Draws } from '../providers/state-only/draws';
import { Files } from '../providers/state-only/files';
import { azurermTypes, usesAzurerm } from './azure-use';
import { elementReads } from './element-reads';
import { outputReads } from './output-reads';
import { mayUseRegistry, structuredProviders, unusedProviders, versionsAsked } from './provider-use';
import type { Stack } from './stack';
import type { Workspace } from './workspace';

/** What a rehearsal begins with. */
export interface SimulationHostOptions {
  /** Failures to play. @default - none */
  readonly faults?: readonly Fault[];
  /** How long Azure takes for a write. Unit: milliseconds. @default - as long as it takes */
  readonly latencyMs?: SimulationOptions['latencyMs'];
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
  private bindings: Bindings | undefined;
  private structured: readonly Bindings[] = [];
  /** Addresses of the providers beside those of the registry. */
  private more: ReadonlySet<string> = new Set();
  /** The simulated providers see what is added. */
  private readonly reads = new Map<string, readonly Way[]>();
  private readonly elements = new Map<string, ReadonlySet<string>>();
  private missing: ReadonlyMap<string, readonly string[]> = new Map();
  private readonly served = new Set<string>();
  private readonly draws = new Draws();
  private readonly files = new Files();
  private readonly seed: readonly SimulatedResource[];
  private readonly faults: readonly Fault[];
  private readonly latencyMs: SimulationOptions['latencyMs'];

  /** @param deployed what earlier deploys of the stacks under rehearsal have made */
  constructor(
    private readonly workspace: Workspace,
    { faults = [], seed = [], existing = [], latencyMs }: SimulationHostOptions,
    private readonly deployed: readonly SimulatedResource[] = [],
  ) {
    this.faults = faults;
    this.latencyMs = latencyMs;
    this.seed = [...existingResources(existing), ...seed];
  }

  get azure(): SimulatedAzure | undefined {
    return this.simulation?.azure;
  }

  /** Environment variables for Terraform. */
  get environment(): Readonly<Record<string, string>> {
    return this.simulation?.environment ?? {};
  }

  /** Versions of the providers whose schema is that of a version, by registry address. */
  get versions(): Readonly<Record<string, string | undefined>> {
    const structured = this.structured.map(({ address, version }) => [address, version] as const);
    return {
      'hashicorp/azurerm': this.bindings?.version,
      'azure/azapi': azapiVersion,
      ...Object.fromEntries(structured),
    };
  }

  /** Types of azurerm that are named and that the one simulated does not have, a sentence each. */
  get typeFindings(): readonly string[] {
    return [...this.missing].map(
      ([type, near]) =>
        `azurerm ${this.bindings?.version}, which the rehearsal simulates, has no ${type}${near.length > 0 ? `; the closest: ${near.join(', ')}` : ''}`,
    );
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
    this.files.serve(stacks.map(({ directory }) => directory));
    const structured = structuredProviders(stacks, app);
    const more = [...structured.map(({ provider }) => provider), ...unusedProviders(stacks, app)];
    if (!mayUseRegistry(stacks) && more.length === 0 && this.deployed.length === 0) return;
    const bindings = this.bindingsFor(stacks, app);
    const types = this.typesOf(stacks, bindings);
    const isServed =
      bindings?.lib === this.bindings?.lib &&
      more.every(({ address }) => this.more.has(address)) &&
      structured.every(({ bindings: { lib } }) => this.structured.some(each => each.lib === lib)) &&
      types?.every(type => this.served.has(type));
    this.noteReads(stacks);
    if (this.simulation && isServed) return;
    this.bindings = bindings;
    this.structured = structured.map(each => each.bindings);
    this.more = new Set(more.map(({ address }) => address));
    for (const type of types ?? []) this.served.add(type);
    const first = this.simulation === undefined;
    if (this.simulation) await this.workspace.release(this.simulation);
    const simulation = await startSimulation({
      stateFile: this.workspace.path('azure.json'),
      socketDirectory: this.workspace.sockets,
      faults: this.faults,
      // What the real providers are logged in to where no block says it.
      subscriptionId: process.env['ARM_SUBSCRIPTION_ID'] || undefined,
      latencyMs: this.latencyMs,
      killDeploy: this.workspace.killProcesses,
      ...(bindings ? { azurermLib: bindings.lib } : { providers: withoutAzurerm }),
      moreProviders: more,
      types: types && [...this.served],
      outputReads: this.reads,
      elementReads: this.elements,
      versionsAsked: address => versionsAsked(stacks, address),
      draws: this.draws,
      files: this.files,
    });
    this.simulation = this.workspace.add(simulation);
    if (first) for (const resource of [...this.seed, ...this.deployed]) simulation.azure.seed(resource);
  }

  private noteReads(stacks: readonly Stack[]): void {
    for (const [key, ways] of outputReads(stacks)) this.reads.set(key, ways);
    for (const [type, lists] of elementReads(stacks)) this.elements.set(type, lists);
  }

  /** The types of azurerm that Terraform will ask for; undefined when any may come. Those of what a stack held before, too. */
  private typesOf(stacks: readonly Stack[], bindings: Bindings | undefined): readonly string[] | undefined {
    const named = azurermTypes(stacks);
    if (named === undefined || bindings === undefined) return named;
    this.missing = unknownTypes(bindings.lib, named);
    return [...named.filter(type => !this.missing.has(type)), ...this.deployed.map(({ type }) => type)];
  }

  /** The bindings of azurerm; undefined where nothing needs them, so that they need not be installed. */
  private bindingsFor(stacks: readonly Stack[], app: string): Bindings | undefined {
    const needed = usesAzurerm(stacks) || this.deployed.length > 0 || this.bindings !== undefined;
    return needed ? azurermBindings(versionsAsked(stacks, 'hashicorp/azurerm'), app) : undefined;
  }
}

const withoutAzurerm = simulatedProviders
  .filter(each => each !== simulatedAzurerm)
  .map(({ address }) => address);
