import type { ControlPlane } from '../../azure/control-plane';
import { idOf } from '../../azure/id-rule';
import { isOverlay } from '../../azure/overlays';
import type { Json, SimulatedResource } from '../../azure/simulated-azure';
import type { Features } from '../../azure/soft-delete';
import { providerLocks } from '../../facts/provider-locks';
import { fromJson, toJson } from '../../protocol/codec';
import type { Diagnostic } from '../../protocol/messages';
import { error } from '../../protocol/messages';
import type {
  Answer,
  ApplyRequest,
  PlanAnswer,
  PlanRequest,
  Provider,
  ReadRequest,
} from '../../protocol/provider';
import type { ObjectValue } from '../../protocol/value';
import { unknownValue } from '../../protocol/value';
import type { SchemaCatalogue } from '../../schema/catalogue';
import { blockType } from '../../schema/schema';
import type { Block } from '../../schema/schema';
import { withElements } from '../element-reads';
import type { ElementReads } from '../element-reads';
import { planBlock, replacePaths } from '../plan-values';
import { readOnlyErrors } from '../read-only';
import { refresh } from '../refresh';
import { settle } from '../settle';
import type { SimulatedProvider } from '../simulated-provider';
import { Turns } from '../turns';
import { alreadyExists, writeError } from '../write-errors';
import { attributeErrors, attributeWriteErrors } from './attribute-errors';
import { computedValue } from './computed-values';
import { conditionalPaths } from './conditional-replacement';
import { readDataSource } from './data-sources';
import { azurermFunctions } from './functions';
import { featuresOf } from './features';
import { normalise } from './normalise';
import { sdkShape } from './sdk-shape';
import { lookUpErrors, valueErrors } from './value-errors';

/** Settings of Terraform, not of Azure: the simulated Azure does not store them. */
const notStored = new Set(['timeouts']);

const address = 'hashicorp/azurerm';

/** The simulated provider hashicorp/azurerm. */
export class AzurermProvider implements Provider {
  readonly address = address;
  readonly protocol = 5;
  readonly legacyTypeSystem = true;
  readonly providerBlock;
  readonly resourceTypes;
  readonly dataTypes;
  readonly functions = azurermFunctions;
  private features: Features = {};
  private readonly turns = new Turns();

  /**
   * @param catalogue schemas to announce
   * @param azure what the provider talks to
   * @param subscriptionId used until a provider block names another one
   * @param reads of which computed lists the stacks read elements
   */
  constructor(
    private readonly catalogue: SchemaCatalogue,
    private readonly azure: ControlPlane,
    private subscriptionId: string,
    private readonly reads: ElementReads,
  ) {
    this.providerBlock = catalogue.provider;
    this.resourceTypes = catalogue.types.filter(type => !type.startsWith('data.'));
    this.dataTypes = catalogue.types
      .filter(type => type.startsWith('data.'))
      .map(type => type.slice('data.'.length));
  }

  resource(type: string) {
    return this.catalogue.resource(type);
  }

  data(type: string) {
    return this.catalogue.data(type);
  }

  configure(config: ObjectValue): readonly Diagnostic[] {
    this.features = featuresOf(config);
    const subscription = config['subscription_id'];
    if (typeof subscription === 'string' && subscription !== '') this.subscriptionId = subscription;
    return [];
  }

  validateResource(type: string, config: ObjectValue): readonly Diagnostic[] {
    const { block } = this.resource(type);
    return [
      ...readOnlyErrors(block, config),
      ...valueErrors(type, config),
      ...attributeErrors(type, config, defaultsOf(block)),
    ];
  }

  validateData(): readonly Diagnostic[] {
    return [];
  }

  read({ type, current }: ReadRequest): Answer {
    const found = this.azure.store.find(String(current['id']), type);
    if (!found) return { value: null, diagnostics: [] };
    const { block } = this.resource(type);
    // What an earlier rehearsal recorded may have another shape than is planned now.
    const value = sdkShape(block, refresh(current, found.attributes, blockType(block)) as ObjectValue);
    return { value, diagnostics: [] };
  }

  plan({ type, prior, proposed }: PlanRequest): PlanAnswer {
    const { block } = this.resource(type);
    const planned = normalise(sdkShape(block, planBlock(block, proposed, prior)));
    const replace = prior
      ? [...replacePaths(block, prior, planned), ...conditionalPaths(type, prior, planned)]
      : [];
    return { planned, replace, diagnostics: [] };
  }

  async apply({ type, prior, planned }: ApplyRequest): Promise<Answer> {
    if (!this.resource(type).hasFacts) this.azure.store.noteStructureOnly(type);
    if (!planned) return this.destroy(type, prior);
    const refused = [...attributeWriteErrors(type, planned), ...lookUpErrors(type, planned)];
    if (refused.length > 0) return { value: prior, diagnostics: refused };
    const id =
      typeof planned['id'] === 'string' && planned['id']
        ? planned['id']
        : idOf(type, planned, this.subscriptionId);
    if (!prior && !isNamedByProvider(type, planned) && this.azure.store.find(id, type)) {
      return { value: null, diagnostics: [alreadyExists(id, type)] };
    }
    const value = this.settled(type, id, planned);
    const resource = { id, type, attributes: stored(value) };
    try {
      await this.turns.run(locksOf(type, value), () =>
        prior ? this.azure.update(resource) : this.azure.create(resource, this.features),
      );
      return { value, diagnostics: [] };
    } catch (failure) {
      return { value: prior, diagnostics: [writeError(prior ? 'updating' : 'creating', id, failure)] };
    }
  }

  importState(type: string, id: string): Answer {
    const live = this.azure.store.get(id);
    if (live && live.type !== type && !isOverlay(type)) {
      const reason = `the simulated Azure holds it as ${live.type}; import it under that type`;
      return { value: null, diagnostics: [error(`${id} is not a resource of type ${type}`, reason)] };
    }
    const empty = fromJson({ id }, blockType(this.resource(type).block));
    return { value: empty, diagnostics: [] };
  }

  readData(type: string, config: ObjectValue): Answer {
    const { block } = this.data(type);
    return readDataSource({
      type,
      block,
      config,
      store: this.azure.store,
      subscriptionId: this.subscriptionId,
      read: this.reads.get(`data.${type}`),
    });
  }

  private settled(type: string, id: string, planned: ObjectValue): ObjectValue {
    const subject = { id, type, planned, store: this.azure.store };
    const computed = withElements(this.reads.get(type), (name, valueType, owner, block) =>
      computedValue(subject, name, valueType, owner, block),
    );
    return settle(planned, blockType(this.resource(type).block), computed) as ObjectValue;
  }

  private async destroy(type: string, prior: ObjectValue | null): Promise<Answer> {
    const id = String(prior?.['id']);
    const live = this.azure.store.find(id, type);
    if (!live) return { value: null, diagnostics: [] };
    try {
      await this.turns.run(locksOf(type, prior ?? {}), () => this.azure.delete(live, this.features));
      return { value: null, diagnostics: [] };
    } catch (failure) {
      return { value: prior, diagnostics: [writeError('deleting', id, failure)] };
    }
  }
}

/** Roles get a random GUID where the configuration gives them none: the provider cannot know that they exist. */
const namedByGuid: Readonly<Record<string, string>> = {
  azurerm_role_assignment: 'name',
  azurerm_role_definition: 'role_definition_id',
};

function isNamedByProvider(type: string, planned: ObjectValue): boolean {
  const attribute = namedByGuid[type];
  return attribute !== undefined && planned[attribute] === unknownValue;
}

function locksOf(type: string, value: ObjectValue): readonly string[] {
  const attribute = providerLocks[type];
  const account = attribute === undefined ? undefined : value[attribute];
  return typeof account === 'string' ? [account] : [];
}

function defaultsOf({ attributes }: Block): ObjectValue {
  const withDefault = Object.entries(attributes).filter(([, each]) => each.default !== undefined);
  return Object.fromEntries(
    withDefault.map(([name, { default: value, type }]) => [name, fromJson(value, type)]),
  );
}

function stored(value: ObjectValue): SimulatedResource['attributes'] {
  const kept = Object.entries(value).filter(([name]) => !notStored.has(name));
  return Object.fromEntries(kept.map(([name, inner]): [string, Json] => [name, toJson(inner)]));
}

export const simulatedAzurerm: SimulatedProvider = {
  address,
  in: ({ azure, subscriptionId, azurermTypes, elementReads }) =>
    new AzurermProvider(azurermTypes(), azure, subscriptionId, elementReads),
};
