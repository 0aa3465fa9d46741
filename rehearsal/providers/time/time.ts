import { error } from '../../protocol/messages';
import type { Diagnostic } from '../../protocol/messages';
import type { ObjectValue } from '../../protocol/value';
import type { Attribute } from '../../schema/schema';
import { rfc3339 } from '../rfc3339';
import { computed, defaulted, forcing, optional, schemaOf, textByKey } from '../state-only/attributes';
import { stateOnly } from '../state-only/state-only-provider';
import type { SimulatedProvider } from '../simulated-provider';
import type { StateOnlyFacts, StateOnlyResource } from '../state-only/state-only-provider';

const fieldNames = ['year', 'month', 'day', 'hour', 'minute', 'second', 'unix'] as const;
const units = ['years', 'months', 'days', 'hours', 'minutes', 'seconds'] as const;

const fields: Record<string, Attribute> = Object.fromEntries(
  fieldNames.map(name => [name, computed('number')]),
);
const triggers = forcing({ triggers: optional(textByKey) });

/** hashicorp/time, but that nobody waits. Source: its documentation, version 0.13. */
function timeFacts(now: () => Date): StateOnlyFacts {
  return {
    protocol: 5,
    resources: {
      time_static: staticTime(now),
      time_offset: offset(now),
      time_rotating: rotating(now),
      time_sleep: {
        schema: schemaOf({
          create_duration: optional('string'),
          destroy_duration: optional('string'),
          id: computed('string'),
          ...triggers,
        }),
        made: () => ({ id: rfc3339(now()) }),
        problems: config => [
          ...durationProblems('create_duration', config),
          ...durationProblems('destroy_duration', config),
        ],
      },
    },
  };
}

function staticTime(now: () => Date): StateOnlyResource {
  return {
    schema: schemaOf({
      ...forcing({ rfc3339: defaulted('string') }),
      ...triggers,
      ...fields,
      id: computed('string'),
    }),
    made: ({ rfc3339: given }) => {
      const at = dateOf(given, now);
      return { ...fieldsOf(at), rfc3339: rfc3339(at), id: rfc3339(at) };
    },
    imported: id => ({ ...fieldsOf(new Date(id)), rfc3339: id, id }),
  };
}

function offset(now: () => Date): StateOnlyResource {
  const made = (planned: ObjectValue): ObjectValue => {
    const base = dateOf(planned['base_rfc3339'], now);
    const at = moved(base, planned, 'offset_');
    return { ...fieldsOf(at), base_rfc3339: rfc3339(base), rfc3339: rfc3339(at), id: rfc3339(base) };
  };
  return {
    schema: schemaOf({
      ...forcing({ base_rfc3339: defaulted('string') }),
      ...triggers,
      ...fields,
      ...Object.fromEntries(units.map(unit => [`offset_${unit}`, optional('number')])),
      rfc3339: computed('string'),
      id: computed('string'),
    }),
    made,
    remade: made,
    problems: config =>
      someOf(
        config,
        units.map(unit => `offset_${unit}`),
      ),
  };
}

function rotating(now: () => Date): StateOnlyResource {
  const rotations = units.slice(0, -1).map(unit => `rotation_${unit}`);
  const made = (planned: ObjectValue): ObjectValue => {
    const at = dateOf(planned['rfc3339'], now);
    const stated = rotations.every(name => (planned[name] ?? null) === null);
    const next = stated ? dateOf(planned['rotation_rfc3339'], now) : moved(at, planned, 'rotation_');
    return { ...fieldsOf(at), rfc3339: rfc3339(at), rotation_rfc3339: rfc3339(next), id: rfc3339(at) };
  };
  return {
    schema: schemaOf({
      ...forcing({ rfc3339: defaulted('string') }),
      ...triggers,
      ...fields,
      ...Object.fromEntries(rotations.map(name => [name, optional('number')])),
      rotation_rfc3339: defaulted('string'),
      id: computed('string'),
    }),
    made,
    remade: made,
    problems: config => someOf(config, [...rotations, 'rotation_rfc3339']),
  };
}

function someOf(config: ObjectValue, names: readonly string[]): readonly Diagnostic[] {
  if (names.some(name => (config[name] ?? null) !== null)) return [];
  return [
    error(
      'Missing Attribute Configuration',
      `At least one of these attributes must be configured: [${names.join(',')}]`,
    ),
  ];
}

function durationProblems(name: string, config: ObjectValue): readonly Diagnostic[] {
  const given = config[name];
  if (typeof given !== 'string' || /^[0-9]+(\.[0-9]+)?(ms|s|m|h)$/.test(given)) return [];
  const detail = `Attribute ${name} must be a number immediately followed by ms (milliseconds), s (seconds), m (minutes), or h (hours). For example, "30s" for 30 seconds. Got: ${given}`;
  return [error('Invalid Attribute Value Match', detail, [name])];
}

function dateOf(given: unknown, now: () => Date): Date {
  return typeof given === 'string' && given !== '' ? new Date(given) : now();
}

/** Days past the end of a month run into the next one, as Go has it too. */
function moved(base: Date, planned: ObjectValue, prefix: string): Date {
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = units.map(unit =>
    Number(planned[prefix + unit] ?? 0),
  );
  return new Date(
    Date.UTC(
      base.getUTCFullYear() + years,
      base.getUTCMonth() + months,
      base.getUTCDate() + days,
      base.getUTCHours() + hours,
      base.getUTCMinutes() + minutes,
      base.getUTCSeconds() + seconds,
    ),
  );
}

function fieldsOf(at: Date): Record<(typeof fieldNames)[number], number> {
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    unix: Math.floor(at.getTime() / 1000),
  };
}

export const simulatedTime: SimulatedProvider = stateOnly('hashicorp/time', ({ now }) => timeFacts(now));
