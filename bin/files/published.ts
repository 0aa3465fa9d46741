import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Response } from 'undici';
import { z } from 'zod';
import { refusalOf } from '../../config';
import { shown } from '../../text/shown';
import { FileUnavailable } from './stated-file';

const patienceMilliseconds = 30_000;

interface Asked<T> {
  readonly url: string;
  /** Goes to the address alone, and into no message. @default - none */
  readonly token?: string | undefined;
  /** Variable that a token is read from, for advice. */
  readonly variable: string;
  readonly accept?: string;
  readonly schema: z.ZodType<T>;
}

/** An answer of an API, and where the next part of it is. */
interface Answer<T> {
  readonly value: T;
  readonly next?: string | undefined;
}

/**
 * Asks an API that states what files there are. Proxies are those of HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
 * @throws {FileUnavailable} naming the address, and what to do
 */
export async function ask<T>({ url, token, variable, accept, schema }: Asked<T>): Promise<Answer<T>> {
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const headers = {
      'user-agent': 'cdktf-berth',
      ...(accept === undefined ? {} : { accept }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const signal = AbortSignal.timeout(patienceMilliseconds);
    const response = await fetch(url, { dispatcher, headers, signal }).catch((error: unknown) => {
      const { cause, message } = error as Error & { readonly cause?: NodeJS.ErrnoException };
      throw new FileUnavailable(`${url} cannot be reached: ${refusalOf(cause) ?? cause?.message ?? message}`);
    });
    if (!response.ok)
      throw new FileUnavailable(`${url} answers ${response.status}${adviceOf(response, token, variable)}`);
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success)
      throw new FileUnavailable(
        `${url} answers something else than is published of it: ${shown(z.prettifyError(parsed.error), 200)}`,
      );
    return { value: parsed.data, next: nextOf(response, url) };
  } finally {
    await dispatcher.close();
  }
}

function adviceOf({ status, headers }: Response, token: string | undefined, variable: string): string {
  if (status === 401 || status === 403 || status === 429) {
    const limited = headers.get('x-ratelimit-remaining') === '0' || status === 429;
    const what = limited ? 'too many were asked from this address' : 'it wants to know who asks';
    return `: ${what}; ${token === undefined ? `put a token into ${variable}` : `the token in ${variable} is not enough`}`;
  }
  return status === 404 ? ': there is none of this name, or it is private' : '';
}

/** Lists come in pages, whose address stands in the header Link. */
function nextOf(response: Response, url: string): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  if (next === undefined) return undefined;
  const target = new URL(next, url);
  // The token goes nowhere else.
  return target.host === new URL(url).host ? target.href : undefined;
}
