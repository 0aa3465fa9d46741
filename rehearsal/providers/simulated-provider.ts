import type { ControlPlane } from '../azure/control-plane';
import type { Provider } from '../protocol/provider';
import type { SchemaCatalogue } from '../schema/catalogue';
import type { OutputReads } from './azapi/reads';
import type { ElementReads } from './element-reads';
import type { Draws } from './state-only/draws';
import type { Files } from './state-only/files';

/** What simulated providers act on. */
export interface World {
  readonly azure: ControlPlane;
  /** GUID of the subscription until a provider block names another one. */
  readonly subscriptionId: string;
  /** The types of azurerm that Terraform will meet, from its installed bindings. */
  readonly azurermTypes: () => SchemaCatalogue;
  /** What the stacks read of what Azure answers azapi. */
  readonly outputReads: OutputReads;
  /** Of which computed lists the stacks read elements. */
  readonly elementReads: ElementReads;
  /** What stacks ask for as the version of a provider, by its registry address. */
  readonly versionsAsked: (address: string) => readonly string[];
  readonly draws: Draws;
  readonly files: Files;
  readonly now: () => Date;
}

/** A provider that a rehearsal simulates, of which the registry has one line. */
export interface SimulatedProvider {
  /** Registry address without the host, in lower case: `hashicorp/random`. */
  readonly address: string;
  readonly in: (world: World) => Provider;
}
