import { error } from '../../protocol/messages';
import type { Diagnostic } from '../../protocol/messages';
import { isList } from '../../protocol/value';
import type { ObjectValue } from '../../protocol/value';
import type { Attribute } from '../../schema/schema';
import {
  computed,
  defaulted,
  forcing,
  optional,
  required,
  schemaOf,
  textByKey,
} from '../state-only/attributes';
import { stateOnly } from '../state-only/state-only-provider';
import type { SimulatedProvider } from '../simulated-provider';
import type { StateOnlyFacts, StateOnlyResource } from '../state-only/state-only-provider';
import { pet } from './pet';
import { characters } from './characters';

const keepers = { keepers: optional(textByKey) };

const characterArguments: Record<string, Attribute> = {
  length: required('number'),
  lower: defaulted('bool', true),
  upper: defaulted('bool', true),
  numeric: defaulted('bool', true),
  number: defaulted('bool', true),
  special: defaulted('bool', true),
  min_lower: defaulted('number', 0),
  min_upper: defaulted('number', 0),
  min_numeric: defaulted('number', 0),
  min_special: defaulted('number', 0),
  override_special: optional('string'),
  ...keepers,
};

const password: StateOnlyResource = {
  schema: schemaOf(
    {
      ...forcing(characterArguments),
      id: computed('string'),
      result: computed('string', { sensitive: true }),
      bcrypt_hash: computed('string', { sensitive: true }),
    },
    {},
    3,
  ),
  // The hash has bcrypt's form alone: nothing in a rehearsal compares it.
  made: (planned, draw) => ({
    id: 'none',
    result: characters(planned, draw),
    bcrypt_hash: `$2a$10$${draw.bytes(40).toString('base64').replaceAll('+', '.').slice(0, 53)}`,
  }),
  problems: minimumProblems,
  imported: result => ({ id: 'none', result }),
};

const text: StateOnlyResource = {
  schema: schemaOf(
    { ...forcing(characterArguments), id: computed('string'), result: computed('string') },
    {},
    2,
  ),
  made: (planned, draw) => {
    const result = characters(planned, draw);
    return { id: result, result };
  },
  problems: minimumProblems,
  imported: result => ({ id: result, result }),
};

const id: StateOnlyResource = {
  schema: schemaOf({
    ...forcing({ byte_length: required('number'), prefix: optional('string'), ...keepers }),
    ...Object.fromEntries(['id', 'b64_std', 'b64_url', 'dec', 'hex'].map(name => [name, computed('string')])),
  }),
  made: ({ byte_length: length, prefix }, draw) => {
    const bytes = draw.bytes(Number(length));
    const before = typeof prefix === 'string' ? prefix : '';
    return {
      id: bytes.toString('base64url'),
      b64_std: before + bytes.toString('base64'),
      b64_url: before + bytes.toString('base64url'),
      dec: before + String(BigInt(`0x${bytes.toString('hex') || '0'}`)),
      hex: before + bytes.toString('hex'),
    };
  },
};

const integer: StateOnlyResource = {
  schema: schemaOf({
    ...forcing({ min: required('number'), max: required('number'), seed: optional('string'), ...keepers }),
    id: computed('string'),
    result: computed('number'),
  }),
  made: ({ min, max }, draw) => {
    const result = Number(min) + draw.below(Number(max) - Number(min) + 1);
    return { id: String(result), result };
  },
  problems: ({ min, max }) =>
    typeof min === 'number' && typeof max === 'number' && min > max
      ? [
          error(
            'Create Random Integer Error',
            'The minimum (min) value needs to be smaller than or equal to maximum (max) value.',
          ),
        ]
      : [],
};

const shuffle: StateOnlyResource = {
  schema: schemaOf({
    ...forcing({
      input: required(['list', 'string']),
      result_count: optional('number'),
      seed: optional('string'),
      ...keepers,
    }),
    id: computed('string'),
    result: computed(['list', 'string']),
  }),
  made: ({ input, result_count: count }, draw) => {
    const values = isList(input) ? input : [];
    const wanted = typeof count === 'number' ? count : values.length;
    // More than there are begins again, as often as it takes.
    const rounds = values.length === 0 ? 0 : Math.ceil(wanted / values.length);
    const drawn = Array.from({ length: rounds }, () => draw.shuffled(values)).flat();
    return { id: '-', result: drawn.slice(0, wanted) };
  },
};

/** hashicorp/random. Source: its documentation, version 3.7. */
const randomFacts: StateOnlyFacts = {
  protocol: 5,
  resources: {
    random_bytes: {
      schema: schemaOf({
        ...forcing({ length: required('number'), ...keepers }),
        base64: computed('string', { sensitive: true }),
        hex: computed('string', { sensitive: true }),
      }),
      made: ({ length }, draw) => {
        const bytes = draw.bytes(Number(length));
        return { base64: bytes.toString('base64'), hex: bytes.toString('hex') };
      },
    },
    random_id: id,
    random_integer: integer,
    random_password: password,
    random_pet: pet,
    random_shuffle: shuffle,
    random_string: text,
    random_uuid: {
      schema: schemaOf({ ...forcing(keepers), id: computed('string'), result: computed('string') }),
      made: (_planned, draw) => {
        const result = draw.uuid();
        return { id: result, result };
      },
      imported: result => ({ id: result, result }),
    },
  },
};

/** The provider refuses a length that its minima do not fit into. */
function minimumProblems({ length, ...rest }: ObjectValue): readonly Diagnostic[] {
  const minima = ['min_lower', 'min_upper', 'min_numeric', 'min_special'].map(name => rest[name]);
  const sum = minima.reduce<number>((total, each) => total + (typeof each === 'number' ? each : 0), 0);
  if (typeof length !== 'number' || length >= Math.max(1, sum)) return [];
  const detail = `Attribute length value must be at least ${Math.max(1, sum)}, the sum of min_upper, min_lower, min_numeric and min_special, got: ${length}`;
  return [error('Invalid Attribute Value', detail, ['length'])];
}

export const simulatedRandom: SimulatedProvider = stateOnly('hashicorp/random', () => randomFacts);
