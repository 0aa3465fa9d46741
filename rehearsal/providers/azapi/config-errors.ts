import type { Diagnostic } from '../../protocol/messages';
import { error } from '../../protocol/messages';
import type { ObjectValue, Value } from '../../protocol/value';
import { Dynamic, unknownValue, isList, isObject } from '../../protocol/value';
import type { ArmSchema } from './arm-schema';
import { armSchema, parseResourceType } from './arm-schema';
import { bodyErrors } from './body-errors';
import { composeId, isResourceGroup } from './resource-id';

/** What azapi refuses in the configuration of an `azapi_resource`, at plan time. */
export function resourceErrors(config: ObjectValue): readonly Diagnostic[] {
  const type = config['type'];
  if (typeof type !== 'string') return [];
  const parsed = parseResourceType(type);
  if (!parsed) {
    const detail = `The argument "type" must be <resource-type>@<api-version>, got ${type}`;
    return [error('Invalid Type', detail, ['type'])];
  }
  if ((config['parent_id'] ?? null) === null && !isResourceGroup(parsed.armType)) {
    return [
      error(
        'Missing required argument',
        'The argument "parent_id" is required, but no definition was found.',
      ),
    ];
  }
  const body = dynamicValue(config['body'] ?? null);
  if (typeof body === 'string') {
    return [error('Invalid Type', 'The value must not be a string', ['body'])];
  }
  return [...idErrors(config, parsed.armType), ...schemaErrors(config, body, armSchema(parsed))];
}

function idErrors(config: ObjectValue, armType: string): readonly Diagnostic[] {
  const { parent_id: parent = null, name = null } = config;
  if (typeof parent !== 'string' || typeof name !== 'string') return [];
  const { problem } = composeId(armType, parent, name);
  return problem ? [error('Invalid configuration', problem, ['parent_id'])] : [];
}

function schemaErrors(
  config: ObjectValue,
  body: Value,
  schema: ArmSchema | undefined,
): readonly Diagnostic[] {
  if (config['schema_validation_enabled'] === false || !schema || body === unknownValue) return [];
  const errors = bodyErrors(schema, requestBody(config, body, schema));
  if (errors.length === 0) return [];
  const detail =
    `embedded schema validation failed: the argument "body" is invalid:\n${errors.join('\n')}\n` +
    ' You can try to update `azapi` provider to the latest version or disable the validation using the feature flag ' +
    '`schema_validation_enabled = false` within the resource block';
  return [error('Invalid configuration', detail)];
}

/** What azapi sends: the body with the arguments that stand beside it. */
function requestBody(config: ObjectValue, body: Value, schema: ArmSchema): Value {
  const sent: Record<string, Value> = { ...(isObject(body) ? merged(body, config) : {}) };
  for (const name of ['name', 'location', 'tags']) {
    const value = config[name] ?? null;
    if (value !== null && schema.properties?.[name]) sent[name] = value;
  }
  const identity = config['identity'];
  if (isList(identity) && isObject(identity[0])) sent['identity'] = { type: identity[0]['type'] ?? null };
  return sent;
}

function merged(body: ObjectValue, config: ObjectValue): ObjectValue {
  const secret = dynamicValue(config['sensitive_body'] ?? null);
  return isObject(secret) ? deepMerge(body, secret) : body;
}

/** An object with another one's values laid over it, level by level. */
function deepMerge(base: ObjectValue, over: ObjectValue): ObjectValue {
  const result: Record<string, Value> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key] ?? null;
    result[key] = isObject(before) && isObject(value) ? deepMerge(before, value) : value;
  }
  return result;
}

/** What a dynamic holds. */
export function dynamicValue(value: Value): Value {
  return value instanceof Dynamic ? value.value : value;
}

/** What azapi refuses where a resource is named either by its id or by name and parent. */
export function idProblems(config: ObjectValue): readonly Diagnostic[] {
  const has = (name: string) => (config[name] ?? null) !== null;
  const problems: string[] = [];
  if (!has('name') && has('parent_id')) {
    problems.push('The argument "name" is required when the argument "parent_id" is set');
  }
  if (has('name') && !has('parent_id')) {
    problems.push('The argument "parent_id" is required when the argument "name" is set');
  }
  if (!has('name') && !has('resource_id'))
    problems.push('One of the arguments "name" or "resource_id" must be set');
  if (has('name') && has('resource_id'))
    problems.push('Only one of the arguments "name" or "resource_id" can be set');
  return problems.map(problem => error('Invalid configuration', problem));
}

/** What an argument of an action may be. Source: validators of azapi 2.12, read 2026-11-30. */
const actionArguments = {
  method: ['POST', 'PATCH', 'PUT', 'DELETE', 'GET', 'HEAD'],
  when: ['apply', 'destroy'],
};

/** What azapi refuses in the configuration of an `azapi_resource_action`. */
export function actionErrors(config: ObjectValue): readonly Diagnostic[] {
  return Object.entries(actionArguments).flatMap(([name, allowed]) => {
    const value = config[name] ?? null;
    if (typeof value !== 'string' || allowed.includes(value)) return [];
    const options = allowed.map(option => `"${option}"`).join(' ');
    const detail = `Attribute ${name} value must be one of: [${options}], got: "${value}"`;
    return [error('Invalid Attribute Value Match', detail, [name])];
  });
}
