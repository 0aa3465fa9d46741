import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../azure/simulated-azure';
import { toJson } from '../../protocol/codec';
import type { ObjectValue } from '../../protocol/value';
import { equal, hasUnknown } from '../../protocol/value';
import type { JsonObject } from './arm-response';
import { isJsonObject } from './arm-response';
import { dynamicValue } from './config-errors';

/*
 * azapi's `ignore_no_op_changes`, on by default: a body or API version that asks for nothing but what Azure has is no change.
 * Source: ModifyPlan of azapi_resource and what it compares with in azapi 2.12.0 (facts only), read 2026-11.
 */

/** Which differences between what was asked for and what Azure answers count for nothing. */
interface Ignored {
  /** Properties that Azure does not answer. */
  readonly missing: boolean;
  /** Properties that were asked for with null. */
  readonly nulls: boolean;
  /** Case of texts. */
  readonly casing: boolean;
}

/** Whether a planned body or version differs from the prior one and asks for nothing that Azure does not have. */
export function asksForNothing(
  prior: ObjectValue,
  planned: ObjectValue,
  live: JsonObject | undefined,
): boolean {
  const [before, body] = [prior, planned].map(each => dynamicValue(each['body'] ?? null));
  if (!live || hasUnknown(body) || hasUnknown(planned['type'])) return false;
  if (equal(before, body) && equal(prior['type'], planned['type'])) return false;
  const wanted = toJson(body ?? null);
  const there = mergedOver(live, toJson(before ?? null));
  const found = shapedLike(wanted, there, {
    missing: false,
    nulls: planned['ignore_null_property'] === true,
    casing: planned['ignore_casing'] === true,
  });
  return isDeepStrictEqual(found, wanted);
}

/** What Azure answers, cut to the properties that were asked for. */
export function shapedLike(asked: Json, found: Json, ignored: Ignored): Json {
  if (isDeepStrictEqual(asked, found)) return asked;
  if (isJsonObject(asked) && isJsonObject(found)) {
    return Object.fromEntries(
      Object.entries(asked).flatMap(([name, value]): [string, Json][] => {
        const answer = found[name] ?? null;
        if (value === null && ignored.nulls) return [[name, null]];
        if (answer !== null) return [[name, shapedLike(value, answer, ignored)]];
        return ignored.missing || isZero(value) ? [[name, value]] : [];
      }),
    );
  }
  if (isArray(asked) && isArray(found)) return listShapedLike(asked, found, ignored);
  if (typeof asked === 'string' && typeof found === 'string') {
    const same = ignored.casing && asked.toLowerCase() === found.toLowerCase();
    const hidden = ignored.missing && /^(\**|<redacted>)$/.test(found);
    return same || hidden ? asked : found;
  }
  return found;
}

/** Items are told apart by `name`; without one, by their place. */
function listShapedLike(asked: readonly Json[], found: readonly Json[], ignored: Ignored): Json {
  if (asked.length === 0 || found.length === 0) return found;
  if (nameOf(asked[0]) === undefined || nameOf(found[0]) === undefined) {
    if (asked.length !== found.length) return found;
    return asked.map((item, i) => shapedLike(item, found[i] ?? null, ignored));
  }
  const shaped = asked.flatMap(item => {
    const match = found.find(other => nameOf(other) === nameOf(item));
    return match === undefined ? [] : [shapedLike(item, match, ignored)];
  });
  const more = found.filter(other => !asked.some(item => nameOf(item) === nameOf(other)));
  return [...shaped, ...more];
}

/** An answer with what a state holds laid over it: a state knows what Azure does not tell. */
function mergedOver(answer: Json, state: Json): Json {
  if (!isJsonObject(answer) || !isJsonObject(state)) return state;
  const merged = mapEntries(answer, (value, name) => {
    const over = state[name];
    return over === undefined ? value : mergedOver(value, over);
  });
  const own = Object.entries(state).filter(([name]) => (merged[name] ?? null) === null);
  return { ...merged, ...Object.fromEntries(own) };
}

function mapEntries(object: JsonObject, change: (value: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}

function nameOf(item: Json | undefined): string | undefined {
  const name = item !== undefined && isJsonObject(item) ? item['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Whether a value is the one that its type has where nothing is set. */
function isZero(value: Json): boolean {
  if (isArray(value)) return value.length === 0;
  if (isJsonObject(value)) return Object.keys(value).length === 0;
  return value === null || value === '' || value === 0 || value === false;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
