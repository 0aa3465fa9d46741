import type { Json } from '../azure/simulated-azure';
import type { ObjectValue, Type, Value } from './value';
import type { Diagnostic, Path } from './messages';
import type { Block, TypeSchema } from '../schema/schema';

/** What Terraform asks a provider to plan. A null prior means create, a null proposal means delete. */
export interface PlanRequest {
  readonly type: string;
  readonly config: ObjectValue | null;
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
  /** What the provider gave Terraform to keep with the resource, besides its state. */
  readonly kept: string;
}

/** A provider's answer to a plan request. */
export interface PlanAnswer {
  readonly planned: Value;
  /** Paths whose change replaces the resource. */
  readonly replace: readonly Path[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What Terraform asks a provider to do. A null prior means create, a null plan means delete. */
export interface ApplyRequest {
  readonly type: string;
  readonly config: ObjectValue | null;
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue | null;
}

/** What Terraform asks a provider to read. */
export interface ReadRequest {
  readonly type: string;
  readonly current: ObjectValue;
  /** What the provider gave Terraform to keep with the resource, besides its state. */
  readonly kept: string;
}

/** A resource that a `moved` block makes one of another type. */
export interface MoveRequest {
  /** Type that it was. */
  readonly from: string;
  /** Its attributes, as the state file has them. */
  readonly state: Readonly<Record<string, Json>>;
  /** Type that it becomes. */
  readonly to: string;
}

/** A new value together with what the user must be told. */
export interface Answer {
  readonly value: Value;
  readonly diagnostics: readonly Diagnostic[];
  /** What Terraform is to keep with the resource, besides its state. @default - what it kept before */
  readonly keep?: string;
}

/** A function of a provider, `provider::<name>::<function>`. */
export interface ProviderFunction {
  /** Types of its arguments by their names, in their order. */
  readonly parameters: Readonly<Record<string, Type>>;
  readonly returns: Type;
  /** @throws Error with what Terraform shows of a call that cannot be answered */
  readonly call: (...given: readonly Value[]) => Value;
}

/** A Terraform provider, free of the protocol's version and encoding. */
export interface Provider {
  /** Registry address without the host, in lower case: `hashicorp/azurerm`. */
  readonly address: string;
  /** 6 where attributes nest, 5 otherwise. */
  readonly protocol: 5 | 6;
  /** Whether the real provider is built on the SDK whose plans Terraform checks less strictly. */
  readonly legacyTypeSystem: boolean;
  readonly providerBlock: Block;
  readonly resourceTypes: readonly string[];
  readonly dataTypes: readonly string[];
  resource(type: string): TypeSchema;
  data(type: string): TypeSchema;
  configure(config: ObjectValue): readonly Diagnostic[];
  validateResource(type: string, config: ObjectValue): readonly Diagnostic[];
  validateData(type: string, config: ObjectValue): readonly Diagnostic[];
  read(request: ReadRequest): Answer;
  plan(request: PlanRequest): PlanAnswer;
  apply(request: ApplyRequest): Promise<Answer>;
  /** The state with which a resource that was one of another type begins. @default - no such `moved` is supported */
  moveState?(request: MoveRequest): Answer;
  /** The state with which an import begins, before the resource is read. */
  importState(type: string, id: string): Answer;
  readData(type: string, config: ObjectValue): Answer;
  /** By name. @default - none */
  readonly functions?: Readonly<Record<string, ProviderFunction>>;
}

/** Thrown by a provider whose process dies: the connection breaks without an answer. */
export class ProviderDied extends Error {}
