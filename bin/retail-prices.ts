import type { Dispatcher } from 'undici';
import { RefreshError, parseRetailPage, retailFilter } from '../config';
import type { RetailItem, RetailService, RetailType } from '../config';

/** Where prices are read, and how patiently. */
interface RetailPricesApi {
  /** Address of the list, without a query. */
  readonly url: string;
  /** Waits so many seconds; told apart so that a test does not. */
  readonly wait: (seconds: number) => Promise<void>;
}

export const retailPricesUrl = 'https://prices.azure.com/api/retail/prices';

const tries = 5;
/** A server that asks for more is not waited for. */
const longestWaitSeconds = 120;
const timeoutSeconds = 30;
/** A region has some ten pages; a list that never ends is broken. */
const mostPages = 500;
/** A page has some hundred kilobytes; a larger answer is no price list. Unit: bytes. */
const largestPage = 20 * 1024 * 1024;
const passing = [429, 500, 502, 503, 504];

/**
 * Every meter of a service in a region, over all pages.
 * @throws {RefreshError} when the list cannot be read or has another form
 */
export async function readRetailPrices(
  api: RetailPricesApi,
  service: RetailService,
  region: string,
  type: RetailType = 'Consumption',
): Promise<RetailItem[]> {
  const first = new URL(api.url);
  first.search = new URLSearchParams({
    // The first version that lists savings plans.
    'api-version': '2023-01-01-preview',
    currencyCode: "'USD'",
    $filter: retailFilter(service, region, type),
  }).toString();
  const items: RetailItem[] = [];
  const seen = new Set<string>();
  for (let next: URL | undefined = first; next;) {
    if (seen.has(next.href) || seen.size === mostPages)
      throw new RefreshError(`the price list of ${region} does not end; nothing was written`);
    seen.add(next.href);
    const page = parseRetailPage(await readJson(api, next), region, type);
    items.push(...page.Items);
    next =
      page.NextPageLink === null || page.NextPageLink === '' ? undefined : linkOf(page.NextPageLink, first);
  }
  return items;
}

/** A next page is on the same server, whatever the list says. */
function linkOf(link: string, first: URL): URL {
  if (URL.canParse(link)) {
    const url = new URL(link);
    if (url.origin === first.origin) return url;
  }
  throw new RefreshError(
    `the price list has another form than Berth knows, at NextPageLink: expected an address at ${first.origin}, received ${link}; nothing was written`,
  );
}

async function readJson(api: RetailPricesApi, url: URL): Promise<unknown> {
  const response = await request(api, url);
  const text = await textOf(response, url);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RefreshError(
      `the price list at ${url.origin} must be JSON, got ${JSON.stringify(text.slice(0, 40))}; nothing was written`,
    );
  }
}

/** Reads no more than a page may have, whatever the server sends or says of its length. */
async function textOf(response: Response, url: URL): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > largestPage) break;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    throw unreachable(url, error);
  }
  if (bytes <= largestPage) return text;
  throw new RefreshError(
    `the price list at ${url.origin} answers more than ${largestPage / 1024 / 1024} MiB for one page; nothing was written`,
  );
}

/** Waits as long as a busy server asks, a few times. */
async function request({ wait }: RetailPricesApi, url: URL): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await reach(url);
    if (response.ok) return response;
    const seconds = retryAfter(response.headers.get('retry-after')) ?? 2 ** attempt;
    if (!passing.includes(response.status) || attempt === tries || seconds > longestWaitSeconds) {
      const asked = seconds > longestWaitSeconds ? `, and asks to wait ${seconds} s` : '';
      throw new RefreshError(
        `the price list at ${url.origin} answers ${response.status}${asked}; try later, nothing was written`,
      );
    }
    await response.body?.cancel();
    await wait(seconds);
  }
}

async function reach(url: URL): Promise<Response> {
  const dispatcher = proxyOf();
  try {
    return await fetch(url, {
      ...(dispatcher ? { dispatcher } : {}),
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
  } catch (error) {
    throw unreachable(url, error);
  }
}

function unreachable(url: URL, error: unknown): RefreshError {
  return new RefreshError(
    `the price list at ${url.origin} cannot be reached (${reasonOf(error)}); check the connection, nothing was written`,
  );
}

/** Node's own fetch reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY from version 24 on, and only when asked to. */
function proxyOf(): Dispatcher | undefined {
  const named = ['https_proxy', 'http_proxy', 'HTTPS_PROXY', 'HTTP_PROXY'].some(name => process.env[name]);
  if (!named) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only behind a proxy
  const { EnvHttpProxyAgent } = require('undici') as typeof import('undici');
  return new EnvHttpProxyAgent();
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { readonly cause?: NodeJS.ErrnoException };
  return cause?.code ?? cause?.message ?? message;
}

/** Seconds, from a number of them or from a date. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
