import type { AzureOpenAI } from 'openai';
import { shown } from '../../text/shown';
import { token } from '../connect/secrets';
import { TuneError, TuneUnavailable } from './tune-error';

/** The version that Microsoft documents training tiers with. */
const apiVersion = '2025-04-01-preview';

const audience = 'https://cognitiveservices.azure.com/.default';

/** A token of the Azure CLI is good for at least five minutes. */
const tokenSeconds = 240;

/** The account that trains, as its SDK speaks to it with the caller's own login. */
export interface Account {
  /**
   * Asks the account something.
   * @param what is asked, the beginning of a sentence
   * @throws {TuneUnavailable} without login, role, quota or a way there @throws {TuneError} when it refuses what was asked
   */
  ask<T>(what: string, call: (client: AzureOpenAI) => Promise<T>): Promise<T>;
}

type Sdk = typeof import('openai');

/** @throws {TuneUnavailable} when the SDK is not installed */
export function accountAt(endpoint: string): Account {
  const sdk = loadSdk();
  const login = new Login();
  const client = new sdk.AzureOpenAI({
    // Named, since variables of the environment would be taken instead, and a key of somebody else's is none of ours.
    baseURL: `${endpoint}/openai`,
    apiKey: '',
    apiVersion,
    azureADTokenProvider: () => login.token(),
  });
  return {
    ask: async (what, call) => {
      // A login that failed has its own message, which the SDK would wrap.
      await login.token();
      try {
        return await call(client);
      } catch (error) {
        throw refusalOf(sdk, error, what, endpoint);
      }
    },
  };
}

function loadSdk(): Sdk {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional peer, loaded when it is needed
    return require('openai') as Sdk;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new TuneUnavailable(
      'berth tune speaks to the account with the package openai, which is not installed; run: npm install --save-dev openai@6',
    );
  }
}

/** The caller's own login, asked anew before its token ends. */
class Login {
  private last: { readonly token: string; readonly until: number } | undefined;

  async token(): Promise<string> {
    if (this.last && Date.now() < this.last.until) return this.last.token;
    const fetched = await token(audience);
    this.last = { token: fetched, until: Date.now() + tokenSeconds * 1000 };
    return fetched;
  }
}

/** What a failed call means; what is no failure of the account is a defect. */
function refusalOf(sdk: Sdk, error: unknown, what: string, endpoint: string): unknown {
  if (error instanceof sdk.APIConnectionError)
    return new TuneUnavailable(
      `${what}: ${endpoint} cannot be reached; an account of Berth answers inside its own network only, so run this there, or in a job there`,
    );
  if (!(error instanceof sdk.APIError)) return error;
  const { status, code } = error as { readonly status?: number; readonly code?: string | null };
  const reason = `${code ?? `HTTP ${status}`}: ${withoutData(error.message)}`;
  if (status === 401)
    return new TuneUnavailable(`${what}: the login is not accepted, or has ended (${reason}); run: az login`);
  if (status === 403 && !isQuota(reason))
    return new TuneUnavailable(
      `${what}: the login may not (${reason}); it needs the role Cognitive Services OpenAI Contributor on the account`,
    );
  if (status === 429 || isQuota(reason))
    return new TuneUnavailable(
      `${what}: the account has no room for it (${reason}); wait until a job ends, or ask Azure for more quota`,
    );
  if (status === undefined || status >= 500)
    return new TuneUnavailable(`${what}: the account failed (${reason}); run this again, it goes on`);
  return new TuneError(`${what}: the account refuses it (${reason}); correct what it names`);
}

function isQuota(reason: string): boolean {
  return /quota/i.test(reason);
}

/** What an account says of data may quote it: what stands in quotes or brackets is left out. */
export function withoutData(message: string): string {
  const left = message.replace(/(["'`])(?:(?!\1)[^\\]|\\.)*\1|\{[^]*\}|\[[^]*\]/g, '…');
  return shown(left, 300);
}
