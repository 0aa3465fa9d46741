import { X509Certificate, createPublicKey } from 'node:crypto';
import { error } from '../../protocol/messages';
import { isList } from '../../protocol/value';
import type { ObjectValue } from '../../protocol/value';
import type { Attribute, NestedBlock } from '../../schema/schema';
import { rfc3339 } from '../rfc3339';
import { computed, defaulted, forcing, optional, required, schemaOf } from '../state-only/attributes';
import { Refusal } from '../state-only/state-only-provider';
import { stateOnly } from '../state-only/state-only-provider';
import type { SimulatedProvider } from '../simulated-provider';
import type { StateOnlyFacts, StateOnlyResource } from '../state-only/state-only-provider';
import { allowedUses, alternativeNamesOf, issue, nameOf, request, requested } from './certificates';
import { algorithmOf, algorithms, curveNames, newKey, parseKey, privateForms, publicForms } from './keys';

const hidden = { sensitive: true };

const publicHalf: Record<string, Attribute> = Object.fromEntries(
  [
    'id',
    'public_key_pem',
    'public_key_openssh',
    'public_key_fingerprint_md5',
    'public_key_fingerprint_sha256',
  ].map(name => [name, computed('string')]),
);

const privateKey: StateOnlyResource = {
  schema: schemaOf(
    {
      ...forcing({
        algorithm: required('string'),
        openssh_comment: optional('string'),
        rsa_bits: defaulted('number', 2048),
        ecdsa_curve: defaulted('string', 'P224'),
      }),
      private_key_pem: computed('string', hidden),
      private_key_openssh: computed('string', hidden),
      private_key_pem_pkcs8: computed('string', hidden),
      ...publicHalf,
    },
    {},
    1,
  ),
  made: ({ algorithm, rsa_bits: bits, ecdsa_curve: curve, openssh_comment: given }) => {
    const key = newKey(String(algorithm), Number(bits), String(curve));
    const comment = typeof given === 'string' ? given : '';
    return { ...privateForms(key, comment), ...publicForms(key, comment) };
  },
  problems: ({ algorithm, ecdsa_curve: curve }) => [
    ...oneOf('algorithm', algorithm, algorithms),
    ...oneOf('ecdsa_curve', curve, curveNames),
  ],
};

const subject: NestedBlock = {
  nesting: 'LIST',
  min: 0,
  max: 1,
  forceNew: true,
  block: {
    attributes: {
      ...Object.fromEntries(
        [
          'common_name',
          'country',
          'locality',
          'organization',
          'organizational_unit',
          'postal_code',
          'province',
          'serial_number',
        ].map(name => [name, optional('string', { forceNew: true })]),
      ),
      street_address: optional(['list', 'string'], { forceNew: true }),
      email_address: optional('string', { forceNew: true }),
    },
    blocks: {},
  },
};

const names = forcing(
  Object.fromEntries(['dns_names', 'ip_addresses', 'uris'].map(name => [name, optional(['list', 'string'])])),
);

const issued: Record<string, Attribute> = {
  ...forcing({
    validity_period_hours: required('number'),
    allowed_uses: required(['list', 'string']),
    is_ca_certificate: defaulted('bool', false),
    set_subject_key_id: defaulted('bool', false),
    max_path_length: optional('number'),
  }),
  early_renewal_hours: defaulted('number', 0),
  ready_for_renewal: { ...computed('bool'), default: false },
  cert_pem: computed('string'),
  validity_start_time: computed('string'),
  validity_end_time: computed('string'),
  id: computed('string'),
};

function selfSigned(now: () => Date): StateOnlyResource {
  return {
    schema: schemaOf(
      {
        ...issued,
        ...names,
        ...forcing({
          private_key_pem: required('string', hidden),
          set_authority_key_id: defaulted('bool', false),
        }),
        key_algorithm: computed('string'),
      },
      { subject },
    ),
    made: async (planned, draw) => {
      const key = parseKey(String(planned['private_key_pem']));
      const holder = {
        name: nameOf(planned),
        key: createPublicKey(key),
        alternativeNames: alternativeNamesOf(planned),
      };
      return {
        ...(await issue(holder, { key }, planned, { now: now(), draw })),
        key_algorithm: algorithmOf(key),
      };
    },
    problems: unknownUses,
  };
}

function locallySigned(now: () => Date): StateOnlyResource {
  return {
    schema: schemaOf({
      ...issued,
      ...forcing({
        cert_request_pem: required('string'),
        ca_private_key_pem: required('string', hidden),
        ca_cert_pem: required('string'),
      }),
      ca_key_algorithm: computed('string'),
    }),
    made: async (planned, draw) => {
      const key = parseKey(String(planned['ca_private_key_pem']));
      const authority = { key, certificate: String(planned['ca_cert_pem']) };
      const holder = requested(String(planned['cert_request_pem']));
      return {
        ...(await issue(holder, authority, planned, { now: now(), draw })),
        ca_key_algorithm: algorithmOf(key),
      };
    },
    problems: unknownUses,
  };
}

const certificateRequest: StateOnlyResource = {
  schema: schemaOf(
    {
      ...names,
      ...forcing({ private_key_pem: required('string', hidden) }),
      key_algorithm: computed('string'),
      cert_request_pem: computed('string'),
      id: computed('string'),
    },
    { subject },
  ),
  made: async (planned, draw) => {
    const key = parseKey(String(planned['private_key_pem']));
    return {
      cert_request_pem: await request(planned, key),
      key_algorithm: algorithmOf(key),
      id: draw.bytes(20).toString('hex'),
    };
  },
};

/** hashicorp/tls, but that it calls nobody. Source: its documentation and schema, version 4.1. */
function tlsFacts(now: () => Date): StateOnlyFacts {
  return {
    protocol: 5,
    settings: {
      attributes: {},
      blocks: {
        proxy: {
          nesting: 'LIST',
          min: 0,
          max: 1,
          block: {
            attributes: {
              url: optional('string'),
              username: optional('string'),
              password: optional('string', hidden),
              from_env: optional('bool'),
            },
            blocks: {},
          },
        },
      },
    },
    resources: {
      tls_private_key: privateKey,
      tls_self_signed_cert: selfSigned(now),
      tls_cert_request: certificateRequest,
      tls_locally_signed_cert: locallySigned(now),
    },
    data: {
      tls_public_key: {
        schema: schemaOf({
          private_key_pem: optional('string', hidden),
          private_key_openssh: optional('string', hidden),
          algorithm: computed('string'),
          ...publicHalf,
        }),
        read: readPublicKey,
      },
      tls_certificate: {
        schema: schemaOf({
          url: optional('string'),
          content: optional('string', hidden),
          verify_chain: optional('bool'),
          id: computed('string'),
          certificates: computed(['list', certificateType]),
        }),
        read: readCertificate,
      },
    },
  };
}

function readPublicKey({ private_key_pem: pem }: ObjectValue): ObjectValue | Refusal {
  if (typeof pem !== 'string')
    return new Refusal('A rehearsal reads PEM', 'data.tls_public_key needs private_key_pem, got none');
  const key = parseKey(pem);
  return { algorithm: algorithmOf(key), ...publicForms(key, '') };
}

const certificateTexts = [
  'cert_pem',
  'issuer',
  'not_after',
  'not_before',
  'public_key_algorithm',
  'serial_number',
  'sha1_fingerprint',
  'signature_algorithm',
  'subject',
];

const certificateType = [
  'object',
  {
    ...Object.fromEntries(certificateTexts.map(name => [name, 'string' as const])),
    is_ca: 'bool',
    max_path_length: 'number',
    version: 'number',
  },
] as const;

function readCertificate({ content, url }: ObjectValue): ObjectValue | Refusal {
  if (typeof content !== 'string')
    return new Refusal(
      'A rehearsal asks nobody',
      `data.tls_certificate would call ${String(url)}; give it the certificate as content`,
    );
  const pems = content.match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g) ?? [];
  const certificates = pems.map(pem => {
    const read = new X509Certificate(pem);
    return {
      cert_pem: `${pem}\n`,
      issuer: read.issuer.replaceAll('\n', ','),
      not_after: rfc3339(new Date(read.validTo)),
      not_before: rfc3339(new Date(read.validFrom)),
      public_key_algorithm: algorithmOf(read.publicKey),
      serial_number: String(BigInt(`0x${read.serialNumber}`)),
      sha1_fingerprint: read.fingerprint.replaceAll(':', '').toLowerCase(),
      signature_algorithm: '',
      subject: read.subject.replaceAll('\n', ','),
      is_ca: read.ca,
      max_path_length: -1,
      version: 3,
    };
  });
  return { id: certificates[0]?.sha1_fingerprint ?? '', certificates };
}

function unknownUses({ allowed_uses: uses }: ObjectValue) {
  return (isList(uses) ? uses : []).flatMap(use => oneOf('allowed_uses', use, allowedUses));
}

function oneOf(name: string, given: unknown, allowed: readonly string[]) {
  if (typeof given !== 'string' || allowed.includes(given)) return [];
  const detail = `Attribute ${name} value must be one of: ${JSON.stringify(allowed)}, got: "${given}"`;
  return [error('Invalid Attribute Value Match', detail, [name])];
}

export const simulatedTls: SimulatedProvider = stateOnly('hashicorp/tls', ({ now }) => tlsFacts(now));
