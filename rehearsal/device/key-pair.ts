import { ssh2 } from './ssh2';

/** A generated ed25519 key. */
export interface KeyPair {
  readonly privateKey: string;
  /** As in an `authorized_keys` line, without a comment. */
  readonly publicKey: string;
}

/**
 * Generates a key. ssh2 strips leading zero bytes from a generated public key, so that one in 256 cannot be read
 * back [mscdex/ssh2 #1513]: such a one is drawn again.
 */
export function generateKeyPair(): KeyPair {
  for (;;) {
    const pair = ssh2().utils.generateKeyPairSync('ed25519');
    const publicKey = pair.public.split(' ').slice(0, 2).join(' ');
    if (isReadable(pair.private) && isReadable(publicKey)) return { privateKey: pair.private, publicKey };
  }
}

/** ssh2 answers an unreadable key with an error or throws it, depending on where reading stops. */
function isReadable(text: string): boolean {
  try {
    return !(ssh2().utils.parseKey(text) instanceof Error);
  } catch {
    return false;
  }
}
