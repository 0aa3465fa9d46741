import { computed, defaulted, forcing, optional, schemaOf, textByKey } from '../state-only/attributes';
import { stateOnly } from '../state-only/state-only-provider';
import type { SimulatedProvider } from '../simulated-provider';
import type { StateOnlyFacts } from '../state-only/state-only-provider';

/** hashicorp/null. Source: its documentation, version 3.2. */
const nullFacts: StateOnlyFacts = {
  protocol: 5,
  resources: {
    null_resource: {
      schema: schemaOf({ id: computed('string'), ...forcing({ triggers: optional(textByKey) }) }),
      made: (_planned, draw) => ({ id: String(draw.bytes(8).readBigUInt64BE() >> 1n) }),
      imported: id => ({ id }),
    },
  },
  data: {
    null_data_source: {
      schema: schemaOf({
        id: computed('string'),
        inputs: optional(textByKey),
        outputs: computed(textByKey),
        random: computed('string'),
        has_computed_default: defaulted('string', 'default'),
      }),
      read: ({ inputs = null }, draw) => ({
        id: 'static',
        outputs: inputs,
        random: String(draw.bytes(8).readBigUInt64BE() >> 1n),
      }),
    },
  },
};

export const simulatedNull: SimulatedProvider = stateOnly('hashicorp/null', () => nullFacts);
