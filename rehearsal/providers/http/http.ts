import type { ObjectValue } from '../../protocol/value';
import { computed, optional, required, schemaOf, textByKey } from '../state-only/attributes';
import { Refusal } from '../state-only/state-only-provider';
import { stateOnly } from '../state-only/state-only-provider';
import type { SimulatedProvider } from '../simulated-provider';
import type { StateOnlyFacts } from '../state-only/state-only-provider';

/** An address that RFC 5737 keeps for examples. */
const ownAddress = '203.0.113.7';

/** Services that tell their callers the address they call from, the commonest use of the data source. */
const addressServices =
  /^(www\.)?(ifconfig\.(me|co|io)|ip(v4)?\.icanhazip\.com|icanhazip\.com|checkip\.amazonaws\.com|api(4)?\.ipify\.org|ipinfo\.io|ipconfig\.io|ident\.me|v4\.ident\.me|myexternalip\.com|ip\.seeip\.org)$/;

const texts = Object.fromEntries(
  ['method', 'request_body', 'ca_cert_pem', 'client_cert_pem', 'client_key_pem'].map(name => [
    name,
    optional('string'),
  ]),
);

/** hashicorp/http, which asks nobody. Source: its documentation, version 3.5. */
const httpFacts: StateOnlyFacts = {
  protocol: 5,
  data: {
    http: {
      schema: schemaOf(
        {
          url: required('string'),
          ...texts,
          insecure: optional('bool'),
          request_headers: optional(textByKey),
          request_timeout_ms: optional('number'),
          id: computed('string'),
          body: computed('string'),
          response_body: computed('string'),
          response_body_base64: computed('string'),
          response_headers: computed(textByKey),
          status_code: computed('number'),
        },
        {
          retry: {
            nesting: 'SINGLE',
            min: 0,
            max: 0,
            block: {
              attributes: Object.fromEntries(
                ['attempts', 'max_delay_ms', 'min_delay_ms'].map(name => [name, optional('number')]),
              ),
              blocks: {},
            },
          },
        },
      ),
      read: answer,
    },
  },
};

function answer({ url }: ObjectValue): ObjectValue | Refusal {
  const at = URL.parse(String(url));
  if (!at || !addressServices.test(at.hostname))
    return new Refusal(
      'A rehearsal asks nobody',
      `data.http would call ${String(url)}. Only services that tell one's own address are answered (with ${ownAddress}); put what this one answers into a variable.`,
    );
  const wantsJson = /json/.test(at.pathname + at.search);
  const body = wantsJson ? JSON.stringify({ ip: ownAddress }) : `${ownAddress}\n`;
  return {
    id: String(url),
    body,
    response_body: body,
    response_body_base64: Buffer.from(body).toString('base64'),
    response_headers: { 'Content-Type': wantsJson ? 'application/json' : 'text/plain' },
    status_code: 200,
  };
}

export const simulatedHttp: SimulatedProvider = stateOnly('hashicorp/http', () => httpFacts);
