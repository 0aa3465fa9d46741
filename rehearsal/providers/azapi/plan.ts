import { error } from '../../protocol/messages';
import type { PlanAnswer, PlanRequest } from '../../protocol/provider';
import type { ObjectValue, Value } from '../../protocol/value';
import { unknownValue, equal } from '../../protocol/value';
import { toJson } from '../../protocol/codec';
import { planBlock, replacePaths } from '../plan-values';
import type { JsonObject } from './arm-response';
import { armSchema, parseResourceType } from './arm-schema';
import { dynamicValue } from './config-errors';
import { locationAndTags } from './provider-defaults';
import type { ProviderDefaults } from './provider-defaults';
import { asksForNothing } from './no-op-changes';
import { isResourceGroup } from './resource-id';
import { azapiResources } from './schema';
import { hasNewSecret } from './sensitive-body';
import { queried } from './output';

/** Attributes whose change makes Azure answer anew, so that the output is not known before apply. */
const answeredAnew = [
  'type',
  'body',
  'response_export_values',
  'identity',
  'tags',
  'location',
  'sensitive_body_version',
];

/**
 * Plans any resource of azapi.
 * @param defaults of the provider block
 * @param live what a GET of an id answers
 */
export function planAzapi(
  request: PlanRequest,
  defaults: ProviderDefaults,
  live: (id: string) => JsonObject | undefined,
): PlanAnswer {
  const { type, prior, config } = request;
  const block = azapiResources[type]?.block ?? { attributes: {}, blocks: {} };
  const filled = planBlock(block, request.proposed, prior);
  const own =
    type === 'azapi_resource' ? { ...filled, ...placeOf(filled, config ?? {}, prior, defaults) } : filled;
  const kept = type === 'azapi_resource' && prior ? withoutNoOps(own, prior, live) : own;
  const answered = outputs(kept, prior, hasNewSecret(request));
  // A request that is made at all says everything that is configured.
  const planned = { ...(answered['output'] === unknownValue ? own : kept), ...answered };
  const replace = prior
    ? [...replacePaths(block, prior, planned), ...typeChange(prior, planned), ...triggersOf(prior, planned)]
    : [];
  const isNameless = type === 'azapi_resource' && ((config ?? {})['name'] ?? defaults.name) === null;
  return { planned, replace, diagnostics: isNameless ? [nameless] : [] };
}

const nameless = error(
  'Missing required argument',
  'The argument "name" is required, but no definition was found.',
);

/** azapi knows where a resource is, and its tags, before apply. */
function placeOf(
  planned: ObjectValue,
  config: ObjectValue,
  prior: ObjectValue | null,
  defaults: ProviderDefaults,
): ObjectValue {
  const parsed = parseResourceType(String(planned['type']));
  const body = dynamicValue(planned['body'] ?? null);
  const named = config['name'] ?? defaults.name;
  return {
    ...(named === null ? {} : { name: named }),
    ...((config['parent_id'] ?? null) === null && isResourceGroup(parsed?.armType ?? '')
      ? { parent_id: `/subscriptions/${defaults.subscriptionId}` }
      : {}),
    ...locationAndTags(config, body, prior, parsed, defaults),
  };
}

/** A body and version that ask for nothing new stay as they were. */
function withoutNoOps(
  planned: ObjectValue,
  prior: ObjectValue,
  live: (id: string) => JsonObject | undefined,
): ObjectValue {
  const { body = null, type = null } = prior;
  return asksForNothing(prior, planned, live(String(prior['id']))) ? { ...planned, body, type } : planned;
}

function outputs(planned: ObjectValue, prior: ObjectValue | null, newSecret: boolean): ObjectValue {
  const anew =
    !prior || newSecret || answeredAnew.some(name => !equal(prior[name] ?? null, planned[name] ?? null));
  const names = 'sensitive_output' in planned ? ['output', 'sensitive_output'] : ['output'];
  return Object.fromEntries(names.map(name => [name, anew ? unknownValue : (prior[name] ?? null)]));
}

/** Another API version of the same type is an update; another type is another resource. */
function typeChange(prior: ObjectValue, planned: ObjectValue) {
  const armType = (value: Value | undefined) => String(value).split('@')[0]?.toLowerCase();
  return armType(prior['type']) === armType(planned['type']) ? [] : [['type']];
}

/** What `replace_triggers_refs` queries of the body, where another answer makes another resource (terraform-provider-azapi, `azapi_resource.go`). */
function triggersOf(prior: ObjectValue, planned: ObjectValue) {
  const refs = planned['replace_triggers_refs'];
  if (!Array.isArray(refs)) return [];
  const answers = ({ body = null }: ObjectValue) =>
    JSON.stringify(refs.map(ref => queried(toJson(body) as JsonObject, String(ref))));
  return answers(prior) === answers(planned) ? [] : [['body']];
}

/** Whether the project's tables have the request schema of this resource's type. */
export function hasArmSchema(planned: ObjectValue): boolean {
  const parsed = parseResourceType(String(planned['type']));
  return parsed !== undefined && armSchema(parsed) !== undefined;
}
