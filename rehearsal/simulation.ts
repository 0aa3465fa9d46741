import { join } from 'node:path';
import { ControlPlane } from './azure/control-plane';
import type { Fault, PlayedFault, Write } from './azure/faults';
import { Faults } from './azure/faults';
import type { SimulatedAzure, SimulatedResource } from './azure/simulated-azure';
import { Store } from './azure/store';
import { PrivateDirectories } from './process/private-directories';
import type { RunningProvider } from './protocol/server';
import { serve } from './protocol/server';
import type { OutputReads } from './providers/azapi/reads';
import type { ElementReads } from './providers/element-reads';
import { simulatedProviders } from './providers/registry';
import type { SimulatedProvider } from './providers/simulated-provider';
import { Draws } from './providers/state-only/draws';
import { Files } from './providers/state-only/files';
import { azurermBindings } from './schema/bindings';
import { azurermCatalogue } from './schema/catalogue';

export { faultNames } from './azure/faults';
export type { Fault, FaultName, PlayedFault } from './azure/faults';
export type {
  Json,
  Operation,
  SimulatedAzure,
  SimulatedResource,
  SoftDeletedName,
} from './azure/simulated-azure';

/** How to start a simulation. */
export interface SimulationOptions {
  /** File that keeps the simulated Azure as JSON; it is re-read when it changed. @default - in memory */
  readonly stateFile?: string;
  /** Folder `lib` of `@cdktf/provider-azurerm` or `@cdktn/provider-azurerm`. @default - the first of them that is installed */
  readonly azurermLib?: string;
  /** GUID of the subscription the providers are logged in to. @default '00000000-0000-0000-0000-000000000000' */
  readonly subscriptionId?: string;
  /** Failures to play. @default - none */
  readonly faults?: readonly Fault[];
  /**
   * Ends the processes of the deploy without warning (SIGKILL), for the faults `deploy-killed` and
   * `deploy-killed-late`. @default - those faults fail
   */
  readonly killDeploy?: () => void;
  /** How long a write takes; it is asked for each. Unit: milliseconds. @default - as long as it takes */
  readonly latencyMs?: (write: Write) => number;
  /** What is in the simulated Azure from the start, beside what `stateFile` holds. @default - nothing */
  readonly resources?: readonly SimulatedResource[];
  /**
   * Registry addresses of the providers to simulate, such as `hashicorp/random`. @default - all that the registry has
   */
  readonly providers?: readonly string[];
  /** Providers to simulate beside those of the registry. @default - none */
  readonly moreProviders?: readonly SimulatedProvider[];
  /** What the stacks read of what Azure answers azapi, so that it is answered. @default - nothing */
  readonly outputReads?: OutputReads;
  /** Computed lists of which the stacks read elements, so that they have one. @default - none */
  readonly elementReads?: ElementReads;
  /** What the stacks ask for as the version of a provider, by its registry address. @default - nothing */
  readonly versionsAsked?: (address: string) => readonly string[];
  /** What is random, so that it goes on where a simulation is started again. @default - from the beginning */
  readonly draws?: Draws;
  /** Files as the providers see them. @default - none but what they write, which is in memory */
  readonly files?: Files;
  /**
   * Folder for the sockets; it must exist, and its path have no more than 74 bytes. @default - a temporary folder,
   * removed on stop
   */
  readonly socketDirectory?: string;
  /**
   * The types Terraform will meet, in configuration and in state: `azurerm_subnet` for a resource and
   * `data.azurerm_subnet` for a data source; names of other providers are passed over. Types of what `stateFile` holds
   * are always added.
   * @default - every type of the bindings package, which costs seconds per Terraform command
   */
  readonly types?: readonly string[];
}

/** A running simulation. */
export interface Simulation {
  /** Environment variables for `terraform` and `cdktf`: `TF_REATTACH_PROVIDERS`, for Terraform and OpenTofu. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is in the simulated Azure. */
  readonly azure: SimulatedAzure;
  /** The faults that struck so far, oldest first. */
  faultsPlayed(): readonly PlayedFault[];
  /** Ends the providers, writes the state file and removes the sockets. */
  stop(): Promise<void>;
}

/** Registries under whose names Terraform and OpenTofu look for a provider. */
const registries = ['registry.terraform.io', 'registry.opentofu.org'];

const defaultSubscription = '00000000-0000-0000-0000-000000000000';

/**
 * Starts the simulated Azure and the simulated providers, which the real Terraform talks to.
 * @throws Error when `azurermLib` holds no bindings, a name in `types` is not a type of theirs, or the state file
 * is not one.
 */
export async function startSimulation(options: SimulationOptions = {}): Promise<Simulation> {
  const store = new Store(options.stateFile);
  const faults = new Faults(options.faults ?? []);
  const azure = new ControlPlane(store, faults, options);
  options.resources?.forEach(resource => store.seed(resource));
  const own = options.socketDirectory === undefined ? new PrivateDirectories() : undefined;
  const folder = options.socketDirectory ?? (own as PrivateDirectories).sockets;
  const world = {
    azure,
    subscriptionId: options.subscriptionId ?? defaultSubscription,
    azurermTypes: () =>
      azurermCatalogue(options.azurermLib ?? azurermBindings().lib, typesToServe(store, options.types)),
    outputReads: options.outputReads ?? new Map(),
    elementReads: options.elementReads ?? new Map(),
    versionsAsked: options.versionsAsked ?? (() => []),
    draws: options.draws ?? new Draws(),
    files: options.files ?? new Files(),
    now: () => new Date(),
  };
  const fromRegistry = simulatedProviders.filter(
    ({ address }) => options.providers?.includes(address) ?? true,
  );
  const providers = [...fromRegistry, ...(options.moreProviders ?? [])].map(each => each.in(world));
  const running: Running[] = [];
  const stop = async (): Promise<void> => {
    running.forEach(([, provider]) => provider.stop());
    store.flush();
    await own?.close();
  };
  try {
    for (const provider of providers) {
      const socket = join(folder, `${provider.address.replace('/', '-')}.sock`);
      running.push([provider.address, await serve(provider, socket)]);
    }
  } catch (failure) {
    await stop();
    throw failure;
  }
  const environment = { TF_REATTACH_PROVIDERS: reattachVariable(running) };
  return { environment, azure: store, faultsPlayed: () => faults.played, stop };
}

type Running = readonly [address: string, provider: RunningProvider];

function reattachVariable(running: readonly Running[]): string {
  const entries = registries.flatMap(registry =>
    running.map(([address, provider]) => [`${registry}/${address}`, provider.reattach] as const),
  );
  return JSON.stringify(Object.fromEntries(entries));
}

function typesToServe(store: Store, types: readonly string[] | undefined): readonly string[] | undefined {
  const wanted = types && [...types, ...store.list().map(({ type }) => type)];
  return wanted && [...new Set(wanted.filter(type => /^(data\.)?azurerm_/.test(type)))];
}
