import { decodeStateJson, decodeValue, encodeValue } from './codec';
import type { Diagnostic, WireValue } from './messages';
import { wireDiagnostic, wirePath } from './messages';
import type { MoveRequest, Provider } from './provider';
import type { ObjectValue, Type, Value } from './value';
import { isObject, mapValues } from './value';
import { wireSchema } from './wire-schema';
import { blockType } from '../schema/schema';

/** What a request of any method may carry. */
export interface WireRequest {
  readonly type_name: string;
  readonly id: string;
  readonly config: WireValue | null;
  readonly current_state: WireValue | null;
  readonly prior_state: WireValue | null;
  readonly proposed_new_state: WireValue | null;
  readonly planned_state: WireValue | null;
  readonly raw_state: { readonly json: Buffer } | null;
  readonly source_type_name: string;
  readonly source_state: { readonly json: Buffer } | null;
  readonly target_type_name: string;
  readonly name: string;
  readonly arguments: readonly WireValue[];
  readonly private: Buffer;
  readonly prior_private: Buffer;
  readonly planned_private: Buffer;
}

/** Answers one method of the protocol. */
export type Handler = (request: WireRequest) => object | Promise<object>;

/** The methods that both versions of the protocol have, under the names of version 5. */
type Handlers = Readonly<Record<string, Handler>>;

/** Binds a provider to the protocol: decodes requests, encodes answers. */
export function handlersFor(provider: Provider): Handlers {
  return {
    ...schemaHandlers(provider),
    ...stateHandlers(provider),
    ...moveHandlers(provider),
    ...changeHandlers(provider),
    ...functionHandlers(provider),
  };
}

function schemaHandlers(provider: Provider): Handlers {
  const diagnose = (found: readonly Diagnostic[]) => ({ diagnostics: found.map(wireDiagnostic) });
  const providerType = blockType(provider.providerBlock);
  let schemas: object | undefined;
  return {
    // Every Terraform command asks once.
    GetSchema: () => (schemas ??= allSchemas(provider)),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    Configure: ({ config }) => diagnose(provider.configure(readObject(config, providerType) ?? {})),
    ValidateResourceTypeConfig: ({ type_name, config }) =>
      diagnose(
        provider.validateResource(type_name, readObject(config, resourceType(provider, type_name)) ?? {}),
      ),
    ValidateDataSourceConfig: ({ type_name, config }) =>
      diagnose(provider.validateData(type_name, readObject(config, dataType(provider, type_name)) ?? {})),
    Stop: () => ({}),
  };
}

function allSchemas(provider: Provider): object {
  return {
    provider: wireSchema({ version: 0, block: provider.providerBlock }),
    resource_schemas: byType(provider.resourceTypes, type => wireSchema(provider.resource(type))),
    data_source_schemas: byType(provider.dataTypes, type => wireSchema(provider.data(type))),
    server_capabilities: { move_resource_state: provider.moveState !== undefined },
    functions: wireFunctions(provider),
  };
}

function wireFunctions({ functions = {} }: Provider): object {
  const wireType = (type: Type) => Buffer.from(JSON.stringify(type));
  return mapValues(functions, ({ parameters, returns }) => ({
    parameters: Object.entries(parameters).map(([name, type]) => ({ name, type: wireType(type) })),
    return: { type: wireType(returns) },
  }));
}

function functionHandlers(provider: Provider): Handlers {
  return {
    GetFunctions: () => ({ functions: wireFunctions(provider) }),
    CallFunction: ({ name, arguments: given }) => {
      const called = provider.functions?.[name];
      if (!called)
        return { error: { text: `the rehearsal knows no function ${name} of ${provider.address}` } };
      const types = Object.values(called.parameters);
      try {
        const values = given.map((value, i) => decodeValue(value.msgpack, types[i] ?? 'dynamic'));
        return { result: write(called.call(...values), called.returns) };
      } catch (failure) {
        return { error: { text: failure instanceof Error ? failure.message : String(failure) } };
      }
    },
  };
}

function stateHandlers(provider: Provider): Handlers {
  return {
    UpgradeResourceState: ({ type_name, raw_state }) => {
      const type = resourceType(provider, type_name);
      return { upgraded_state: write(decodeStateJson(String(raw_state?.json), type), type) };
    },
    ReadResource: request => {
      const type = resourceType(provider, request.type_name);
      const current = readObject(request.current_state, type);
      if (!current) return { new_state: write(null, type), private: request.private };
      const { value, diagnostics, keep } = provider.read({
        type: request.type_name,
        current,
        kept: String(request.private ?? ''),
      });
      return {
        new_state: write(value, type),
        private: keep === undefined ? request.private : Buffer.from(keep),
        diagnostics: diagnostics.map(wireDiagnostic),
      };
    },
    ImportResourceState: ({ type_name, id }) => {
      const { value, diagnostics } = provider.importState(type_name, id);
      const state = write(value, resourceType(provider, type_name));
      return {
        imported_resources: diagnostics.length > 0 ? [] : [{ type_name, state }],
        diagnostics: diagnostics.map(wireDiagnostic),
      };
    },
    ReadDataSource: ({ type_name, config }) => {
      const type = dataType(provider, type_name);
      const { value, diagnostics } = provider.readData(type_name, readObject(config, type) ?? {});
      return { state: write(value, type), diagnostics: diagnostics.map(wireDiagnostic) };
    },
  };
}

/** Only protocol 6 has the method here: Terraform asks no other provider to take over a state. */
function moveHandlers(provider: Provider): Handlers {
  const move = provider.moveState?.bind(provider);
  if (!move) return {};
  return {
    MoveResourceState: ({ source_type_name, source_state, target_type_name }) => {
      const { value, diagnostics, keep } = move({
        from: source_type_name,
        state: JSON.parse(String(source_state?.json)) as MoveRequest['state'],
        to: target_type_name,
      });
      return {
        target_state: write(value, resourceType(provider, target_type_name)),
        target_private: Buffer.from(keep ?? ''),
        diagnostics: diagnostics.map(wireDiagnostic),
      };
    },
  };
}

function changeHandlers(provider: Provider): Handlers {
  return {
    PlanResourceChange: request => {
      const type = resourceType(provider, request.type_name);
      const proposed = readObject(request.proposed_new_state, type);
      if (!proposed) return { planned_state: write(null, type), planned_private: request.prior_private };
      const { planned, replace, diagnostics } = provider.plan({
        type: request.type_name,
        proposed,
        prior: readObject(request.prior_state, type),
        config: readObject(request.config, type),
        kept: String(request.prior_private ?? ''),
      });
      return {
        planned_state: write(planned, type),
        requires_replace: replace.map(wirePath),
        planned_private: request.prior_private,
        diagnostics: diagnostics.map(wireDiagnostic),
        legacy_type_system: provider.legacyTypeSystem,
      };
    },
    ApplyResourceChange: async request => {
      const type = resourceType(provider, request.type_name);
      const { value, diagnostics, keep } = await provider.apply({
        type: request.type_name,
        prior: readObject(request.prior_state, type),
        planned: readObject(request.planned_state, type),
        config: readObject(request.config, type),
      });
      return {
        new_state: write(value, type),
        private: keep === undefined ? request.planned_private : Buffer.from(keep),
        diagnostics: diagnostics.map(wireDiagnostic),
        legacy_type_system: provider.legacyTypeSystem,
      };
    },
  };
}

function byType(types: readonly string[], schema: (type: string) => object) {
  return Object.fromEntries(types.map(type => [type, schema(type)]));
}

function resourceType(provider: Provider, name: string): Type {
  return blockType(provider.resource(name).block);
}

function dataType(provider: Provider, name: string): Type {
  return blockType(provider.data(name).block);
}

function write(value: Value, type: Type): WireValue {
  return { msgpack: encodeValue(value, type) };
}

function readObject(wire: WireValue | null, type: Type): ObjectValue | null {
  if (!wire) return null;
  if (wire.json?.length && !wire.msgpack.length)
    return objectOrNull(decodeStateJson(String(wire.json), type));
  return wire.msgpack.length ? objectOrNull(decodeValue(wire.msgpack, type)) : null;
}

function objectOrNull(value: Value): ObjectValue | null {
  return isObject(value) ? value : null;
}
