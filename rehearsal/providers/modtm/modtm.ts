import { computed, defaulted, optional, required, schemaOf, textByKey } from '../state-only/attributes';
import { stateOnly } from '../state-only/state-only-provider';
import type { SimulatedProvider } from '../simulated-provider';
import type { StateOnlyFacts } from '../state-only/state-only-provider';

/** azure/modtm, the telemetry of Azure Verified Modules, but that nothing is sent. Source: its code, version 0.3. */
const modtmFacts: StateOnlyFacts = {
  protocol: 6,
  settings: {
    attributes: {
      enabled: optional('bool'),
      endpoint: optional('string'),
      module_source_regex: optional(['list', 'string']),
    },
    blocks: {},
  },
  resources: {
    modtm_telemetry: {
      schema: schemaOf({
        id: computed('string'),
        tags: required(textByKey),
        endpoint: optional('string'),
        nonce: defaulted('number'),
      }),
      made: (_planned, draw) => ({ id: draw.uuid(), nonce: 0 }),
      imported: id => ({ id }),
    },
  },
  data: {
    modtm_module_source: {
      schema: schemaOf({
        module_path: required('string'),
        module_source: computed('string'),
        module_version: computed('string'),
      }),
      read: () => ({ module_source: '', module_version: '' }),
    },
  },
};

export const simulatedModtm: SimulatedProvider = stateOnly('azure/modtm', () => modtmFacts);
