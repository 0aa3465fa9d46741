import type { ControlPlane } from '../../azure/control-plane';
import type { Diagnostic } from '../../protocol/messages';
import type {
  Answer,
  ApplyRequest,
  MoveRequest,
  PlanAnswer,
  PlanRequest,
  Provider,
  ReadRequest,
} from '../../protocol/provider';
import type { ObjectValue } from '../../protocol/value';
import type { TypeSchema } from '../../schema/schema';
import { notImportable } from '../not-importable';
import { readOnlyErrors } from '../read-only';
import { liveResponse } from './arm-response';
import { applyResource, importResource } from './azapi-resource';
import { azapiFunctions } from './functions';
import { actionErrors, idProblems, resourceErrors } from './config-errors';
import { moveResource, readResource } from './move';
import { planAzapi } from './plan';
import { defaultsIn } from './provider-defaults';
import type { ProviderDefaults } from './provider-defaults';
import { RequestTurns } from './request-turns';
import { dataErrors, readAzapiData } from './data-sources';
import { azapiData, azapiProvider, azapiResources } from './schema';
import { applyDataPlane } from './data-plane';
import { JsonTextAzapi, meansAzapi1 } from './json-text';
import type { OutputReads } from './reads';
import { applyAction, applyUpdate } from './update-and-action';
import type { SimulatedProvider } from '../simulated-provider';

const applyByType = {
  azapi_resource: applyResource,
  azapi_update_resource: applyUpdate,
  azapi_resource_action: applyAction,
  azapi_data_plane_resource: applyDataPlane,
};

const address = 'azure/azapi';

/** Newest version whose schema the simulation has. */
export const azapiVersion = '2.12.0';

/** The simulated provider azure/azapi. */
class AzapiProvider implements Provider {
  readonly address = address;
  readonly protocol = 6;
  readonly legacyTypeSystem = false;
  readonly providerBlock = azapiProvider;
  readonly resourceTypes = Object.keys(azapiResources);
  readonly dataTypes = Object.keys(azapiData);
  readonly functions = azapiFunctions;
  private readonly turns = new RequestTurns();
  private defaults: ProviderDefaults;

  /**
   * @param azure what the provider talks to
   * @param subscriptionId used until a provider block names another one
   * @param reads what the stacks read of outputs
   */
  constructor(
    private readonly azure: ControlPlane,
    subscriptionId: string,
    private readonly reads: OutputReads,
  ) {
    this.defaults = defaultsIn({}, subscriptionId);
  }

  resource(type: string): TypeSchema {
    return known(azapiResources, type);
  }

  data(type: string): TypeSchema {
    return known(azapiData, type);
  }

  configure(config: ObjectValue): readonly Diagnostic[] {
    this.defaults = defaultsIn(config, this.defaults.subscriptionId);
    return [];
  }

  validateResource(type: string, config: ObjectValue): readonly Diagnostic[] {
    const readOnly = readOnlyErrors(this.resource(type).block, config);
    if (type === 'azapi_resource') return [...readOnly, ...resourceErrors(config)];
    if (type === 'azapi_resource_action') return [...readOnly, ...actionErrors(config)];
    return type === 'azapi_update_resource' ? [...readOnly, ...idProblems(config)] : readOnly;
  }

  validateData(type: string, config: ObjectValue): readonly Diagnostic[] {
    return dataErrors(type, config);
  }

  read(request: ReadRequest): Answer {
    const { type, current } = request;
    if (type === 'azapi_resource') return readResource(this.azure, request);
    const isThere = type === 'azapi_resource_action' || this.azure.store.find(String(current['id']), type);
    return { value: isThere ? current : null, diagnostics: [] };
  }

  plan(request: PlanRequest): PlanAnswer {
    return planAzapi(request, this.defaults, id => liveResponse(this.azure, id));
  }

  moveState(request: MoveRequest): Answer {
    return moveResource(request);
  }

  apply(request: ApplyRequest): Promise<Answer> {
    return applyByType[request.type as keyof typeof applyByType](this.azure, this.turns, request, this.reads);
  }

  importState(type: string, id: string): Answer {
    if (type === 'azapi_resource') return importResource(this.azure, id);
    return notImportable(type);
  }

  readData(type: string, config: ObjectValue): Answer {
    const { azure, defaults, reads } = this;
    return readAzapiData(type, { config, azure, subscriptionId: defaults.subscriptionId, reads });
  }
}

function known(schemas: Readonly<Record<string, TypeSchema>>, type: string): TypeSchema {
  const schema = schemas[type];
  if (schema) return schema;
  throw new Error(`the rehearsal knows no ${type} of azapi; it knows ${Object.keys(schemas).join(', ')}`);
}

export const simulatedAzapi: SimulatedProvider = {
  address,
  in: ({ azure, subscriptionId, outputReads, versionsAsked }) => {
    const provider = new AzapiProvider(azure, subscriptionId, outputReads);
    return meansAzapi1(versionsAsked(address), azapiVersion) ? new JsonTextAzapi(provider) : provider;
  },
};
