import { allowsVersion } from '../../schema/version-constraint';
import { fromJson, toJson } from '../../protocol/codec';
import type { Json } from '../../azure/simulated-azure';
import type { Answer, ApplyRequest, MoveRequest, PlanAnswer, PlanRequest } from '../../protocol/provider';
import type { Provider, ReadRequest } from '../../protocol/provider';
import { Dynamic, equal, hasUnknown, isObject } from '../../protocol/value';
import type { ObjectValue, Value } from '../../protocol/value';
import type { TypeSchema } from '../../schema/schema';
import { optional } from '../state-only/attributes';

/** What azapi 1 writes and reads as JSON text. */
const texts = ['body', 'output', 'sensitive_output'];

/** What azapi 2 took away. Source: azapi's 2.0 upgrade guide, read 2026-12. */
const gone = {
  ignore_body_changes: optional(['list', 'string']),
  removing_special_chars: optional('bool'),
};

/**
 * Whether stacks mean azapi 1: none of what they ask for allows a later one.
 * @param asked constraints of stacks
 * @param newest version that is simulated otherwise
 */
export function meansAzapi1(asked: readonly string[], newest: string): boolean {
  return asked.some(constraint => !allowsVersion(constraint, newest) && /^\D*1(\.|$)/.test(constraint));
}

/**
 * Azapi 1 in front of azapi 2: bodies may be JSON text (`jsonencode`), and outputs are. A body stays as the configuration has it.
 */
export class JsonTextAzapi implements Provider {
  readonly address;
  readonly protocol;
  readonly legacyTypeSystem;
  readonly providerBlock;
  readonly resourceTypes;
  readonly dataTypes;
  readonly functions;

  constructor(private readonly inner: Provider) {
    this.address = inner.address;
    this.protocol = inner.protocol;
    this.legacyTypeSystem = inner.legacyTypeSystem;
    this.resourceTypes = inner.resourceTypes;
    this.dataTypes = inner.dataTypes;
    this.functions = inner.functions;
    const { attributes, blocks } = inner.providerBlock;
    const naming = {
      default_naming_prefix: optional('string'),
      default_naming_suffix: optional('string'),
      enable_hcl_output_for_data_source: optional('bool'),
    };
    this.providerBlock = { attributes: { ...attributes, ...naming }, blocks };
  }

  resource(type: string): TypeSchema {
    const schema = this.inner.resource(type);
    if (type === 'azapi_resource_action') return schema;
    const { attributes, blocks } = schema.block;
    return { ...schema, block: { attributes: { ...attributes, ...gone }, blocks } };
  }

  data(type: string): TypeSchema {
    return this.inner.data(type);
  }

  configure(config: ObjectValue) {
    return this.inner.configure(config);
  }

  validateResource(type: string, config: ObjectValue) {
    return this.inner.validateResource(type, parsed(config));
  }

  validateData(type: string, config: ObjectValue) {
    return this.inner.validateData(type, parsed(config));
  }

  read(request: ReadRequest): Answer {
    const { current } = request;
    return answer(this.inner.read({ ...request, current: parsed(current) }), [current]);
  }

  plan(request: PlanRequest): PlanAnswer {
    const { config, prior, proposed } = request;
    const planned = this.inner.plan({
      ...request,
      config: config && parsed(config),
      prior: prior && parsed(prior),
      proposed: parsed(proposed),
    });
    return { ...planned, planned: written(planned.planned, [proposed, prior]) };
  }

  async apply(request: ApplyRequest): Promise<Answer> {
    const { config, prior, planned } = request;
    const applied = await this.inner.apply({
      ...request,
      config: config && parsed(config),
      prior: prior && parsed(prior),
      planned: planned && parsed(planned),
    });
    return answer(applied, [planned, prior]);
  }

  importState(type: string, id: string): Answer {
    return answer(this.inner.importState(type, id), []);
  }

  moveState(request: MoveRequest): Answer {
    return this.inner.moveState?.(request) ?? { value: null, diagnostics: [] };
  }

  readData(type: string, config: ObjectValue): Answer {
    return answer(this.inner.readData(type, parsed(config)), [config]);
  }
}

function answer(given: Answer, before: readonly (ObjectValue | null)[]): Answer {
  return { ...given, value: written(given.value, before) };
}

/** The same with what its texts say in their place; a text that is no JSON stays, and is refused. */
function parsed(values: ObjectValue): ObjectValue {
  const changed = texts.flatMap((name): [string, Value][] => {
    const value = values[name];
    return value === undefined ? [] : [[name, parse(value)]];
  });
  return { ...values, ...Object.fromEntries(changed) };
}

function parse(value: Value): Value {
  if (!(value instanceof Dynamic) || typeof value.value !== 'string') return value;
  try {
    return fromJson(JSON.parse(value.value) as Json, 'dynamic');
  } catch {
    return value;
  }
}

/** As it was written before, where it says the same; else as text. */
function written(values: Value, before: readonly (ObjectValue | null)[]): Value {
  if (!isObject(values)) return values;
  const changed = texts.flatMap((name): [string, Value][] => {
    const value = values[name];
    if (value === undefined) return [];
    const same = before.map(each => each?.[name] ?? null).find(each => equal(parse(each), value));
    return [[name, same ?? asText(value)]];
  });
  return { ...values, ...Object.fromEntries(changed) };
}

function asText(value: Value): Value {
  if (!(value instanceof Dynamic) || hasUnknown(value)) return value;
  return new Dynamic('string', JSON.stringify(toJson(value)));
}
