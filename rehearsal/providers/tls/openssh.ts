import { createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

/** A public key as the SSH protocol writes it. */
interface SshPublicKey {
  readonly type: string;
  readonly blob: Buffer;
}

/** Names of curves in SSH by their names in a JSON Web Key. P-224 has none. */
const curves: Readonly<Record<string, string>> = {
  'P-256': 'nistp256',
  'P-384': 'nistp384',
  'P-521': 'nistp521',
};

/** A public key by RFC 4253, RFC 5656 and RFC 8709; undefined for a curve that SSH does not have. */
export function openSshPublic(key: KeyObject): SshPublicKey | undefined {
  const parts = publicParts(key);
  return parts && { type: parts.type, blob: Buffer.concat([text(parts.type), ...parts.fields]) };
}

/** A private key in the form of OpenSSH (PROTOCOL.key), without a passphrase; empty for a curve that SSH does not have. */
export function openSshPrivate(key: KeyObject, comment: string): string {
  const half = openSshPublic(createPublicKey(key));
  const jwk = jwkOf(key);
  const parts = publicParts(createPublicKey(key));
  if (!half || !jwk || !parts) return '';
  // Both numbers must be equal, and nothing is encrypted that they could prove.
  const check = Buffer.alloc(8);
  const secret = Buffer.concat([check, text(half.type), ...privateFields(jwk, parts.fields), text(comment)]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, i) => i + 1));
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    text('none'),
    text('none'),
    field(Buffer.alloc(0)),
    Buffer.from([0, 0, 0, 1]),
    field(half.blob),
    field(Buffer.concat([secret, padding])),
  ]);
  const lines = body.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

function publicParts(
  key: KeyObject,
): { readonly type: string; readonly fields: readonly Buffer[] } | undefined {
  const jwk = jwkOf(key);
  if (!jwk) return undefined;
  if (jwk.kty === 'RSA') return { type: 'ssh-rsa', fields: [number(jwk.e), number(jwk.n)] };
  if (jwk.kty === 'OKP') return { type: 'ssh-ed25519', fields: [field(bytes(jwk.x))] };
  const curve = curves[jwk.crv ?? ''];
  if (curve === undefined) return undefined;
  const point = Buffer.concat([Buffer.from([4]), bytes(jwk.x), bytes(jwk.y)]);
  return { type: `ecdsa-sha2-${curve}`, fields: [text(curve), field(point)] };
}

function privateFields(jwk: JsonWebKey, fields: readonly Buffer[]): readonly Buffer[] {
  if (jwk.kty === 'RSA') return [jwk.n, jwk.e, jwk.d, jwk.qi, jwk.p, jwk.q].map(number);
  if (jwk.kty === 'OKP') return [...fields, field(Buffer.concat([bytes(jwk.d), bytes(jwk.x)]))];
  return [...fields, number(jwk.d)];
}

/** Undefined for a curve that JSON Web Keys do not have. */
function jwkOf(key: KeyObject): JsonWebKey | undefined {
  try {
    return key.export({ format: 'jwk' });
  } catch {
    return undefined;
  }
}

function bytes(base64url: string | undefined): Buffer {
  return Buffer.from(base64url ?? '', 'base64url');
}

/** A positive number: without leading zeros, but for one where the first bit would make it negative. */
function number(base64url: string | undefined): Buffer {
  const raw = bytes(base64url);
  const first = raw.findIndex(byte => byte !== 0);
  const bare = first < 0 ? Buffer.alloc(0) : raw.subarray(first);
  return field((bare[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bare]) : bare);
}

function text(value: string): Buffer {
  return field(Buffer.from(value));
}

function field(content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
