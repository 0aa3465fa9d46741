import { fromJson } from '../../protocol/codec';
import { error } from '../../protocol/messages';
import type { Diagnostic } from '../../protocol/messages';
import type {
  Answer,
  ApplyRequest,
  PlanAnswer,
  PlanRequest,
  Provider,
  ReadRequest,
} from '../../protocol/provider';
import { equal, hasUnknown, mapValues, unknownValue } from '../../protocol/value';
import type { ObjectValue, Value } from '../../protocol/value';
import { blockType } from '../../schema/schema';
import type { Block, TypeSchema } from '../../schema/schema';
import { notImportable } from '../not-importable';
import { planBlock, replacePaths } from '../plan-values';
import { readOnlyErrors } from '../read-only';
import { settle } from '../settle';
import type { SimulatedProvider, World } from '../simulated-provider';
import { sameDraw } from './draws';
import type { Draw, Draws } from './draws';

/** A resource type whose resources exist in Terraform's state alone. */
export interface StateOnlyResource {
  readonly schema: TypeSchema;
  /** What the provider computes of a new resource; what is left out becomes empty. */
  readonly made: (planned: ObjectValue, draw: Draw) => ObjectValue | Promise<ObjectValue>;
  /** What a change in place computes anew, known in the plan. @default - nothing */
  readonly remade?: (planned: ObjectValue) => ObjectValue;
  /** What is wrong with a configuration. @default - nothing */
  readonly problems?: (config: ObjectValue) => readonly Diagnostic[];
  /** What an import begins with. @default - an import is refused */
  readonly imported?: (id: string) => ObjectValue;
}

/** A data source that asks nobody. */
interface StateOnlyData {
  readonly schema: TypeSchema;
  /** What the provider computes of it, or why it cannot. */
  readonly read: (config: ObjectValue, draw: Draw) => ObjectValue | Refusal;
}

/** Why a data source has no answer. */
export class Refusal {
  constructor(
    readonly summary: string,
    readonly detail: string,
  ) {}
}

/** What is known of a provider that has nothing but Terraform's state. */
export interface StateOnlyFacts {
  readonly protocol: 5 | 6;
  /** @default - a provider without settings */
  readonly settings?: Block;
  readonly resources?: Readonly<Record<string, StateOnlyResource>>;
  readonly data?: Readonly<Record<string, StateOnlyData>>;
}

const noSettings: Block = { attributes: {}, blocks: {} };

/** A provider such as random, time or null: what it makes is in Terraform's state, and nowhere else. */
class StateOnlyProvider implements Provider {
  readonly protocol;
  readonly legacyTypeSystem = false;
  readonly providerBlock;
  readonly resourceTypes;
  readonly dataTypes;

  /** @param address registry address without the host */
  constructor(
    readonly address: string,
    private readonly facts: StateOnlyFacts,
    private readonly draws: Draws,
  ) {
    this.protocol = facts.protocol;
    this.providerBlock = facts.settings ?? noSettings;
    this.resourceTypes = Object.keys(facts.resources ?? {});
    this.dataTypes = Object.keys(facts.data ?? {});
  }

  resource(type: string): TypeSchema {
    return this.known('resource', type, this.facts.resources?.[type]).schema;
  }

  data(type: string): TypeSchema {
    return this.known('data source', type, this.facts.data?.[type]).schema;
  }

  configure(): readonly Diagnostic[] {
    return [];
  }

  validateResource(type: string, config: ObjectValue): readonly Diagnostic[] {
    const known = this.known('resource', type, this.facts.resources?.[type]);
    return [...readOnlyErrors(known.schema.block, config), ...(known.problems?.(config) ?? [])];
  }

  validateData(type: string, config: ObjectValue): readonly Diagnostic[] {
    return readOnlyErrors(this.data(type).block, config);
  }

  read({ current }: ReadRequest): Answer {
    return { value: current, diagnostics: [] };
  }

  plan({ type, prior, proposed }: PlanRequest): PlanAnswer {
    const { schema, remade } = this.known('resource', type, this.facts.resources?.[type]);
    const planned = planBlock(schema.block, proposed, prior);
    const replace = prior ? replacePaths(schema.block, prior, planned) : [];
    const changes = prior && replace.length === 0 && remade && !equal(prior, planned);
    return { planned: changes ? replanned(planned, remade) : planned, replace, diagnostics: [] };
  }

  async apply({ type, prior, planned }: ApplyRequest): Promise<Answer> {
    if (!planned) return { value: null, diagnostics: [] };
    const { schema, made, remade } = this.known('resource', type, this.facts.resources?.[type]);
    try {
      const computed = prior ? (remade?.(planned) ?? {}) : await made(planned, this.drawFor(type, planned));
      return { value: settled(schema, planned, computed), diagnostics: [] };
    } catch (failure) {
      const detail = failure instanceof Error ? failure.message : String(failure);
      return { value: prior, diagnostics: [error(`${type} cannot be made`, detail)] };
    }
  }

  importState(type: string, id: string): Answer {
    const { schema, imported } = this.known('resource', type, this.facts.resources?.[type]);
    if (!imported) return notImportable(type);
    const empty = fromJson({}, blockType(schema.block)) as ObjectValue;
    return { value: { ...empty, ...imported(id) }, diagnostics: [] };
  }

  readData(type: string, config: ObjectValue): Answer {
    const { schema, read } = this.known('data source', type, this.facts.data?.[type]);
    const found = read(config, sameDraw(`data.${type} ${JSON.stringify(config)}`));
    if (found instanceof Refusal) return { value: null, diagnostics: [error(found.summary, found.detail)] };
    return {
      value: settled(schema, planBlock(schema.block, config, null), found),
      diagnostics: [],
    };
  }

  private drawFor(type: string, value: ObjectValue): Draw {
    return this.draws.for(`${type} ${JSON.stringify(value)}`);
  }

  private known<T>(what: string, type: string, known: T | undefined): T {
    if (known !== undefined) return known;
    throw new Error(`the rehearsal knows no ${what} ${type} of ${this.address}`);
  }
}

/** A provider of the registry that has nothing but Terraform's state. */
export function stateOnly(address: string, factsIn: (world: World) => StateOnlyFacts): SimulatedProvider {
  return { address, in: world => new StateOnlyProvider(address, factsIn(world), world.draws) };
}

/** A plan of a change in place: what it computes anew is known where all that it depends on is. */
function replanned(planned: ObjectValue, remade: NonNullable<StateOnlyResource['remade']>): ObjectValue {
  if (!hasUnknown(planned)) return { ...planned, ...remade(planned) };
  return { ...planned, ...mapValues(remade({}), () => unknownValue) };
}

/** What the configuration decides stays as it is planned; the rest is computed. */
function settled({ block }: TypeSchema, planned: ObjectValue, computed: ObjectValue): ObjectValue {
  const known = Object.entries(planned).map(([name, value]): [string, Value] => [
    name,
    name in computed && (value === unknownValue || block.attributes[name]?.optional !== true)
      ? (computed[name] ?? null)
      : value,
  ]);
  return settle(Object.fromEntries(known), blockType(block), () => undefined) as ObjectValue;
}
