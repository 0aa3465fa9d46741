import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { openSshPrivate, openSshPublic } from './openssh';

/** Names of curves in Node.js by their names in the provider. */
const curves: Readonly<Record<string, string>> = {
  P224: 'secp224r1',
  P256: 'prime256v1',
  P384: 'secp384r1',
  P521: 'secp521r1',
};

export const algorithms = ['RSA', 'ECDSA', 'ED25519'] as const;
export const curveNames = Object.keys(curves);

/** A new private key, as real as any: it parses, and signs. */
export function newKey(algorithm: string, rsaBits: number, curve: string): KeyObject {
  switch (algorithm) {
    case 'RSA':
      return generateKeyPairSync('rsa', { modulusLength: rsaBits }).privateKey;
    case 'ECDSA':
      return generateKeyPairSync('ec', { namedCurve: curves[curve] ?? curve }).privateKey;
    default:
      return generateKeyPairSync('ed25519').privateKey;
  }
}

/** @throws Error when the text is no private key */
export function parseKey(pem: string): KeyObject {
  return createPrivateKey(pem);
}

/** RSA, ECDSA or ED25519. */
export function algorithmOf({ asymmetricKeyType }: KeyObject): string {
  return asymmetricKeyType === 'ec' ? 'ECDSA' : (asymmetricKeyType ?? '').toUpperCase();
}

/** A private key in the forms in which the provider gives it. */
export function privateForms(key: KeyObject, comment: string) {
  const type = { rsa: 'pkcs1', ec: 'sec1' } as const;
  const own = type[key.asymmetricKeyType as keyof typeof type] ?? 'pkcs8';
  return {
    private_key_pem: pemOf(key, own),
    private_key_pem_pkcs8: pemOf(key, 'pkcs8'),
    private_key_openssh: openSshPrivate(key, comment),
  };
}

/** The public half of a key in the forms in which the provider gives it. */
export function publicForms(key: KeyObject, comment: string) {
  const half = createPublicKey(key);
  const wire = openSshPublic(half);
  const pem = half.export({ type: 'spki', format: 'pem' }) as string;
  const md5 = wire && createHash('md5').update(wire.blob).digest('hex').match(/../g)?.join(':');
  const sha256 = wire && createHash('sha256').update(wire.blob).digest('base64').replace(/=+$/, '');
  return {
    id: createHash('sha1')
      .update(half.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
    public_key_pem: pem,
    public_key_openssh: wire
      ? `${wire.type} ${wire.blob.toString('base64')}${comment === '' ? '' : ` ${comment}`}\n`
      : '',
    public_key_fingerprint_md5: md5 ?? '',
    public_key_fingerprint_sha256: sha256 === undefined ? '' : `SHA256:${sha256}`,
  };
}

function pemOf(key: KeyObject, type: 'pkcs1' | 'sec1' | 'pkcs8'): string {
  // Node.js types each form with its kind of key; the form was chosen by the kind.
  return key.export({ type: type as 'pkcs8', format: 'pem' }) as string;
}
