import { createHash } from 'node:crypto';

const statement = 'cdktf-berth: nobody has the private half of this key.';

/**
 * An SSH public key that nobody can log in with, for machines that are reached without SSH. Azure makes no Linux
 * machine without a password or a key, and a generated key pair would leave its private half in Terraform's state.
 *
 * The 32 bytes of the Ed25519 point are the SHA-256 of a sentence, so nobody has computed them from a private key; the
 * sentence is chosen so that they are a point of the curve.
 */
export function unusableSshPublicKey(): string {
  const point = createHash('sha256').update(statement).digest();
  const blob = Buffer.concat([sshString(Buffer.from('ssh-ed25519')), sshString(point)]);
  return `ssh-ed25519 ${blob.toString('base64')} unusable`;
}

/** A string of the SSH wire format: its length in four bytes, then the bytes (RFC 4251, section 5). */
function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
