import { shown } from '../text/shown';
import { credentialIn, urlCharacters } from '../text/url';
import type { Form } from './form';

/** Longest address of a file, in characters: it stands in a machine's recipe. */
export const longestUrl = 2048;

/** What a release of an engine may be called. */
export const engineForm: Form = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  allowed: `1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit`,
};

/** One public host key, with or without the comment that ends a `.pub` file. */
export const hostKeyPattern =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+={0,2}( [\w.@:+-]+)?$/;

/** What a machine downloads: weights as llama.cpp reads them, or a build of the engine. */
export const endings = { weights: '.gguf', engine: '.tar.gz' } as const;

/** Whether an address is of a file with an ending, whatever query follows it. */
export function namesFile({ pathname }: URL, ending: string): boolean {
  return pathname.endsWith(ending);
}

/**
 * Why no machine can download a file from an address, as what follows the place that holds it; undefined where one can.
 * @param ending that the file's name must have
 */
export function downloadProblem(url: string, ending: string): string | undefined {
  if (!url.startsWith('https://') || !urlCharacters.test(url) || !URL.canParse(url))
    return `must be an https address in the characters of a URL, not "${shown(url)}": encode others as %XX`;
  const parsed = new URL(url);
  const credential = credentialIn(parsed);
  if (credential !== undefined)
    return `must hold no credentials, got ${credential}, because machines get it in plain text: host the file where the machine may read it without`;
  if (!namesFile(parsed, ending))
    return `must name a ${ending} file, not "${shown(parsed.pathname)}": choose such a file`;
  return url.length > longestUrl
    ? `must have at most ${longestUrl} characters, got ${url.length}: host the file under a shorter address`
    : undefined;
}
