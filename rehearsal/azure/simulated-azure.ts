/** A value as JSON can hold it: what the simulated Azure stores. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A live resource of the simulated Azure. */
export interface SimulatedResource {
  /** The id that Terraform keeps in its state: an ARM id for nearly every type. */
  readonly id: string;
  /** Terraform resource type, for example `azurerm_cognitive_account`. */
  readonly type: string;
  /** Every attribute of the resource under its Terraform name. */
  readonly attributes: Readonly<Record<string, Json>>;
}

/** A name that Azure keeps after its resource was deleted. */
export interface SoftDeletedName {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** How long Azure keeps the name. Unit: hours. */
  readonly keptHours: number;
  /** Where the resource was. @default - in no place of its own */
  readonly location?: string;
}

/** One write that reached the simulated Azure, in order of arrival. */
export interface Operation {
  readonly action: 'create' | 'update' | 'delete';
  readonly type: string;
  readonly id: string;
  /** `failed` when the simulated Azure refused it or a fault hit it before anything was written. */
  readonly outcome: 'done' | 'failed';
}

/** What is in the simulated Azure, and the ways to change it behind Terraform's back. */
export interface SimulatedAzure {
  /** Every live resource, ordered by id. */
  list(): readonly SimulatedResource[];
  /** The live resource with this id; ids compare without regard to case, as in Azure. */
  get(id: string): SimulatedResource | undefined;
  /** Puts a resource there that no configuration under rehearsal has made: an existing network, for example. */
  seed(resource: SimulatedResource): void;
  /**
   * Changes attributes outside Terraform.
   * @throws Error naming the nearest id when no live resource has this one.
   */
  change(id: string, attributes: Readonly<Record<string, Json>>): void;
  /**
   * Deletes a resource and its children outside Terraform.
   * @throws Error naming the nearest id when no live resource has this one.
   */
  remove(id: string): void;
  /** Names that Azure keeps after deletion, ordered by id. */
  softDeleted(): readonly SoftDeletedName[];
  /** Log of the writes of this simulation, oldest first. */
  operations(): readonly Operation[];
  /** Types that were written without provider facts: structure and types are right, defaults and ForceNew are not known. */
  structureOnly(): readonly string[];
}
