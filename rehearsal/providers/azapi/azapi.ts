import type { ControlPlane } from '../../azure/control-plane';
import { describeId } from '../../azure/arm-names';
import { uuidOf } from '../../azure/uuid';
import { fromJson } from '../../protocol/codec';
import type { Diagnostic } from '../../protocol/messages';
import { error } from '../../protocol/messages';
import type { Answer, ApplyRequest, PlanAnswer, PlanRequest, Provider } from '../../protocol/provider';
import type { ObjectValue, Value } from '../../protocol/value';
import type { TypeSchema } from '../../schema/schema';
import { blockType } from '../../schema/schema';
import { CLIENT_ID, OBJECT_ID, TENANT_ID } from '../client';
import { readOnlyErrors } from '../read-only';
import { refresh } from '../refresh';
import { parseResourceType } from './arm-schema';
import { applyResource, importResource, resourceOutput } from './azapi-resource';
import { resourceErrors, updateErrors } from './config-errors';
import { planAzapi } from './plan';
import { RequestTurns } from './request-turns';
import { composeId } from './resource-id';
import { AZAPI_DATA, AZAPI_PROVIDER, AZAPI_RESOURCES } from './schema';
import { applyAction, applyUpdate } from './update-and-action';

const APPLY = {
  azapi_resource: applyResource,
  azapi_update_resource: applyUpdate,
  azapi_resource_action: applyAction,
};

/** The simulated provider azure/azapi. */
export class AzapiProvider implements Provider {
  readonly address = 'azure/azapi';
  readonly protocol = 6;
  readonly legacyTypeSystem = false;
  readonly providerBlock = AZAPI_PROVIDER;
  readonly resourceTypes = Object.keys(AZAPI_RESOURCES);
  readonly dataTypes = Object.keys(AZAPI_DATA);
  private readonly turns = new RequestTurns();

  /**
   * @param azure what the provider talks to
   * @param subscriptionId used until a provider block names another one
   */
  constructor(
    private readonly azure: ControlPlane,
    private subscriptionId: string,
  ) {}

  resource(type: string): TypeSchema {
    return known(AZAPI_RESOURCES, type);
  }

  data(type: string): TypeSchema {
    return known(AZAPI_DATA, type);
  }

  configure(config: ObjectValue): readonly Diagnostic[] {
    const subscription = config['subscription_id'];
    if (typeof subscription === 'string' && subscription !== '') this.subscriptionId = subscription;
    return [];
  }

  validateResource(type: string, config: ObjectValue): readonly Diagnostic[] {
    const readOnly = readOnlyErrors(this.resource(type).block, config);
    if (type === 'azapi_resource') return [...readOnly, ...resourceErrors(config)];
    return type === 'azapi_update_resource' ? [...readOnly, ...updateErrors(config)] : readOnly;
  }

  validateData(): readonly Diagnostic[] {
    return [];
  }

  read(type: string, current: ObjectValue): Value {
    if (type === 'azapi_resource_action') return current;
    const live = this.azure.store.find(String(current['id']), type);
    if (!live) return null;
    if (type === 'azapi_update_resource') return current;
    return refresh(current, live.attributes, blockType(this.resource(type).block));
  }

  plan(request: PlanRequest): PlanAnswer {
    return planAzapi(request);
  }

  apply(request: ApplyRequest): Promise<Answer> {
    return APPLY[request.type as keyof typeof APPLY](this.azure, this.turns, request);
  }

  importState(type: string, id: string): Answer {
    if (type === 'azapi_resource') return importResource(this.azure, id);
    return {
      value: null,
      diagnostics: [error('Resource Import Not Implemented', `${type} cannot be imported.`)],
    };
  }

  readData(type: string, config: ObjectValue): Answer {
    const values = type === 'azapi_client_config' ? this.clientConfig() : this.readResource(config);
    if (typeof values === 'string')
      return { value: null, diagnostics: [error('Failed to retrieve resource', values)] };
    return { value: { ...config, ...values }, diagnostics: [] };
  }

  private clientConfig(): ObjectValue {
    return {
      id: uuidOf('azapi client config', this.subscriptionId, CLIENT_ID),
      object_id: OBJECT_ID,
      subscription_id: this.subscriptionId,
      subscription_resource_id: `/subscriptions/${this.subscriptionId}`,
      tenant_id: TENANT_ID,
    };
  }

  private readResource(config: ObjectValue): ObjectValue | string {
    const armType = parseResourceType(String(config['type']))?.armType ?? '';
    const composed = composeId(armType, String(config['parent_id']), String(config['name'])).id;
    const id = typeof config['resource_id'] === 'string' ? config['resource_id'] : composed;
    const live = this.azure.store.get(id);
    const absent = { id, exists: false, output: null };
    if (!live) return config['ignore_not_found'] === true ? absent : `${describeId(id)} was not found`;
    const body = fromJson(live.attributes['body'] ?? {}, 'dynamic');
    const planned = { ...config, body, location: fromJson(live.attributes['location'], 'string') };
    return {
      id,
      exists: true,
      name: id.split('/').at(-1) ?? '',
      resource_id: id,
      parent_id: id.split('/').slice(0, -2).join('/'),
      location: planned.location,
      tags: fromJson(live.attributes['tags'] ?? {}, ['map', 'string']),
      identity: [],
      output: resourceOutput(this.azure, id, planned),
    };
  }
}

function known(schemas: Readonly<Record<string, TypeSchema>>, type: string): TypeSchema {
  const schema = schemas[type];
  if (schema) return schema;
  throw new Error(`the rehearsal knows no ${type} of azapi; it knows ${Object.keys(schemas).join(', ')}`);
}
