import { createPublicKey, webcrypto } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type * as X509 from '@peculiar/x509';
import { isList, isObject } from '../../protocol/value';
import type { ObjectValue, Value } from '../../protocol/value';
import { rfc3339 } from '../rfc3339';
import type { Draw } from '../state-only/draws';

/** Who signs a certificate: itself, or a certificate authority. */
interface Issuer {
  readonly key: KeyObject;
  /** Of the authority. @default - none: the certificate signs itself */
  readonly certificate?: string;
}

/** What the provider stores of a certificate. */
interface Issued {
  readonly id: string;
  readonly cert_pem: string;
  readonly validity_start_time: string;
  readonly validity_end_time: string;
}

/** Issues a certificate for a public key, as the arguments of the resource say. */
export async function issue(
  subject: {
    readonly name: string;
    readonly key: KeyObject;
    readonly alternativeNames: readonly X509.JsonGeneralName[];
  },
  issuer: Issuer,
  planned: ObjectValue,
  { now, draw }: { readonly now: Date; readonly draw: Draw },
): Promise<Issued> {
  const x509 = library();
  const end = new Date(now.getTime() + Number(planned['validity_period_hours']) * 3_600_000);
  const serial = Buffer.concat([Buffer.from([1]), draw.bytes(15)]).toString('hex');
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    subject: subject.name,
    issuer:
      issuer.certificate === undefined ? subject.name : new x509.X509Certificate(issuer.certificate).subject,
    notBefore: now,
    notAfter: end,
    publicKey: await publicKeyOf(subject.key),
    signingKey: await signingKeyOf(issuer.key),
    signingAlgorithm: signatureOf(issuer.key),
    extensions: extensionsOf(planned, subject.alternativeNames),
  });
  return {
    id: String(BigInt(`0x${serial}`)),
    cert_pem: `${certificate.toString('pem')}\n`,
    validity_start_time: rfc3339(now),
    validity_end_time: rfc3339(end),
  };
}

/** A request for a certificate, in PEM. */
export async function request(planned: ObjectValue, key: KeyObject): Promise<string> {
  const x509 = library();
  const names = alternativeNamesOf(planned);
  const made = await x509.Pkcs10CertificateRequestGenerator.create({
    name: nameOf(planned),
    keys: { privateKey: await signingKeyOf(key), publicKey: await publicKeyOf(createPublicKey(key)) },
    signingAlgorithm: signatureOf(key),
    extensions: names.length > 0 ? [new x509.SubjectAlternativeNameExtension([...names])] : [],
  });
  return `${made.toString('pem')}\n`;
}

/** What a request asks for. */
export function requested(pem: string) {
  const x509 = library();
  const { subject, publicKey, extensions } = new x509.Pkcs10CertificateRequest(pem);
  const names = extensions.find(
    (each): each is X509.SubjectAlternativeNameExtension =>
      each instanceof x509.SubjectAlternativeNameExtension,
  );
  const key = createPublicKey({ key: Buffer.from(publicKey.rawData), format: 'der', type: 'spki' });
  return { name: subject, key, alternativeNames: names?.names.toJSON() ?? [] };
}

const nameParts: Readonly<Record<string, string>> = {
  common_name: 'CN',
  organization: 'O',
  organizational_unit: 'OU',
  locality: 'L',
  province: 'ST',
  country: 'C',
  postal_code: '2.5.4.17',
  serial_number: '2.5.4.5',
};

/** The distinguished name of the `subject` block. */
export function nameOf({ subject }: ObjectValue): string {
  const [given] = isList(subject) ? subject : [];
  if (!isObject(given)) return '';
  return Object.entries(nameParts)
    .flatMap(([attribute, part]) => {
      const value = given[attribute];
      return typeof value === 'string' && value !== ''
        ? [`${part}=${value.replace(/[,+"\\<>;=#]/g, '\\$&')}`]
        : [];
    })
    .join(', ');
}

/** What else the holder of a certificate is called. */
export function alternativeNamesOf(planned: ObjectValue): readonly X509.JsonGeneralName[] {
  return [
    ...texts(planned['dns_names']).map(value => ({ type: 'dns' as const, value })),
    ...texts(planned['ip_addresses']).map(value => ({ type: 'ip' as const, value })),
    ...texts(planned['uris']).map(value => ({ type: 'url' as const, value })),
  ];
}

const keyUses = {
  digital_signature: 'digitalSignature',
  content_commitment: 'nonRepudiation',
  key_encipherment: 'keyEncipherment',
  data_encipherment: 'dataEncipherment',
  key_agreement: 'keyAgreement',
  cert_signing: 'keyCertSign',
  crl_signing: 'cRLSign',
  encipher_only: 'encipherOnly',
  decipher_only: 'decipherOnly',
} as const;

const extendedUses = {
  any_extended: '2.5.29.37.0',
  server_auth: '1.3.6.1.5.5.7.3.1',
  client_auth: '1.3.6.1.5.5.7.3.2',
  code_signing: '1.3.6.1.5.5.7.3.3',
  email_protection: '1.3.6.1.5.5.7.3.4',
  ipsec_end_system: '1.3.6.1.5.5.7.3.5',
  ipsec_tunnel: '1.3.6.1.5.5.7.3.6',
  ipsec_user: '1.3.6.1.5.5.7.3.7',
  timestamping: '1.3.6.1.5.5.7.3.8',
  ocsp_signing: '1.3.6.1.5.5.7.3.9',
} as const;

/** What a key may be used for. */
export const allowedUses: readonly string[] = [...Object.keys(keyUses), ...Object.keys(extendedUses)];

function extensionsOf(planned: ObjectValue, names: readonly X509.JsonGeneralName[]): X509.Extension[] {
  const x509 = library();
  const uses = texts(planned['allowed_uses']);
  const bits = uses.flatMap(use =>
    use in keyUses ? [x509.KeyUsageFlags[keyUses[use as keyof typeof keyUses]]] : [],
  );
  const extended = uses.flatMap(use =>
    use in extendedUses ? [extendedUses[use as keyof typeof extendedUses]] : [],
  );
  return [
    new x509.BasicConstraintsExtension(planned['is_ca_certificate'] === true, undefined, true),
    ...(bits.length > 0
      ? [
          new x509.KeyUsagesExtension(
            bits.reduce((all, bit) => all | bit, 0),
            true,
          ),
        ]
      : []),
    ...(extended.length > 0 ? [new x509.ExtendedKeyUsageExtension(extended)] : []),
    ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension([...names])] : []),
  ];
}

/** The library is loaded where a stack makes a certificate; it takes metadata of classes for granted. */
function library(): typeof X509 {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as the next
  require('reflect-metadata');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a dynamic import fails in jest's CommonJS
  return require('@peculiar/x509') as typeof X509;
}

function signatureOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject) {
  if (asymmetricKeyType === 'ed25519') return { name: 'Ed25519' };
  if (asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return { name: 'ECDSA', hash: 'SHA-256', namedCurve: curveOf(asymmetricKeyDetails?.namedCurve) };
}

function curveOf(name: string | undefined): string {
  const curve = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }[name ?? ''];
  if (curve !== undefined) return curve;
  throw new Error(
    `a rehearsal issues certificates for keys on the curves P256, P384 and P521, got ${String(name)}`,
  );
}

function signingKeyOf(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, signatureOf(key), true, ['sign']);
}

function publicKeyOf(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const der = key.export({ type: 'spki', format: 'der' });
  return webcrypto.subtle.importKey('spki', der, signatureOf(key), true, ['verify']);
}

function texts(value: Value | undefined): readonly string[] {
  return isList(value) ? value.filter(each => typeof each === 'string') : [];
}
