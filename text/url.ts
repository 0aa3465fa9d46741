/** Words at the end of a query key that carries a credential: of Azure, AWS, Google, and of everybody's own services. */
const credentialWords =
  /(^|[-_.]|aws|google|access|api|auth|session|security|client|user|shared|private|sub(scription)?[-_]?)(sig|signature|token|secret|passw(or)?d|pwd|pass|credentials?|authorization|auth|bearer|jwt|sas|key|key-?id|key-pair-id|accesskeyid|accessid|sessionid|code)$/i;

/**
 * The credential that a URL carries, in words: `user info`, or the key of its query; undefined when none is seen. Whoever
 * reads the URL could use it, and what is signed ends to be valid one day.
 */
export function credentialIn(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'user info';
  const keys = [...url.searchParams.keys(), ...new URLSearchParams(url.hash.slice(1)).keys()];
  const found = keys.find(key => credentialWords.test(key));
  return found === undefined ? undefined : `the query key ${found}`;
}

/** Characters that a URL may hold (RFC 3986); others are written as %XX. */
export const urlCharacters = /^[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]+$/;
