import { hexOf, uuidOf } from '../azure/uuid';
import type { Type, Value } from '../protocol/value';
import { signedInTenantId } from './client';

type CommonRule = readonly [pattern: RegExp, value: (subject: Common) => string];

interface Common {
  readonly id: string;
  readonly name: string;
  readonly attribute: string;
  readonly location: string;
}

/** Attributes whose name tells their form, whatever the type. The first match counts. */
const rules: readonly CommonRule[] = [
  [/^tenant_id$/, () => signedInTenantId],
  [
    /(^|_)(principal|client|object|unique|app|workspace|machine|customer)_id$|guid$/,
    ({ id, attribute }) => uuidOf(id, attribute),
  ],
  [/^instrumentation_key$/, ({ id, attribute }) => uuidOf(id, attribute)],
  [
    /^connection_string$/,
    ({ id, location }) =>
      `InstrumentationKey=${uuidOf(id, 'instrumentation_key')};IngestionEndpoint=https://${location}-1.in.applicationinsights.azure.com/`,
  ],
  [/^(primary|secondary)_(blob|dfs|file|queue|table|web)_(endpoint|host)$/, storageAddress],
  [/mac_address$/, ({ id }) => (hexOf(12, id).match(/../g) ?? []).join('-').toUpperCase()],
  [/ip_address$/, ({ id }) => `192.0.2.${1 + (parseInt(hexOf(4, id), 16) % 254)}`],
  [
    /(_|^)(key|token|password|secret|connection_string)$/,
    ({ id, attribute }) => `simulated-${attribute}-${hexOf(8, id, attribute)}`,
  ],
  [
    /fqdn$|host_?name$/,
    ({ name, location }) => `${name.toLowerCase()}.${location || 'global'}.simulated.azure.example`,
  ],
  [/(uri|url|endpoint)$/, ({ name }) => `https://${name.toLowerCase()}.simulated.azure.example/`],
  [/_id$/, ({ id, attribute }) => uuidOf(id, attribute)],
];

/** The value that an attribute's name suggests; undefined when it suggests none, or is not text. */
export function commonValue(
  id: string,
  name: string,
  attribute: string,
  type: Type,
  location: string,
): Value | undefined {
  if (type !== 'string') return undefined;
  const rule = rules.find(([pattern]) => pattern.test(attribute));
  return rule?.[1]({ id, name, attribute, location });
}

function storageAddress({ name, attribute }: Common): string {
  const [which, service = 'blob', kind] = attribute.split('_');
  const account = which === 'secondary' ? `${name}-secondary` : name;
  const zone = service === 'web' ? 'z1.web' : service;
  const host = `${account}.${zone}.core.windows.net`;
  return kind === 'host' ? host : `https://${host}/`;
}
