import { z } from 'zod';
import { fourDigits, measuredOutputTokens, measuredPromptTokens } from '../sizing';
import { shown } from '../text/shown';
import type { Speeds } from './llama-bench';
import { MeasureError } from './measure-error';
import { UsageError } from './usage-error';

/** What llama-server says of a request beside its answer. */
const answerSchema = z.looseObject({
  timings: z.looseObject({
    prompt_n: z.number(),
    prompt_per_second: z.number().positive(),
    predicted_n: z.number(),
    predicted_per_second: z.number().positive(),
  }),
});
type Timings = z.output<typeof answerSchema>['timings'];

/** Requests that are sent one after another; the middle one counts. */
const requests = 3;
const waitMilliseconds = 600_000;

/**
 * What a deployed llama-server says of its own speed, asked when nobody else asks it.
 * @param address of the API, such as https://till.example.com:8443/v1
 * @param keyVariable environment variable that holds the key, which is shown nowhere
 * @throws {MeasureError} when it cannot be reached, refuses, or says nothing of its speed
 */
export async function endpointSpeeds(
  address: string,
  model: string,
  isEmbedding: boolean,
  keyVariable: string | undefined,
): Promise<Speeds> {
  if (isEmbedding)
    throw new UsageError(
      '--endpoint: a model that answers is needed, because llama-server tells no speed of embeddings; measure the file with llama-bench',
    );
  const url = urlOf(address);
  const headers = { 'content-type': 'application/json', ...keyOf(keyVariable) };
  const timings: Timings[] = [];
  for (let i = 0; i < requests; i++) timings.push(await ask(url, headers, model, i));
  const middle = (of: (each: Timings) => number): number =>
    fourDigits(timings.map(of).toSorted((a, b) => a - b)[Math.floor(requests / 2)] ?? 0);
  return {
    promptTokensPerSecond: middle(each => each.prompt_per_second),
    decodeTokensPerSecond: middle(each => each.predicted_per_second),
    by: `berth measure against ${url.host}`,
  };
}

function urlOf(address: string): URL {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new UsageError(
      `--endpoint: an address is allowed, got ${shown(address)}; write it like https://till.example.com:8443/v1`,
    );
  return new URL(`${address.replace(/\/$/, '')}/chat/completions`);
}

function keyOf(variable: string | undefined): Readonly<Record<string, string>> {
  if (variable === undefined) return {};
  const key = process.env[variable];
  if (!key)
    throw new UsageError(
      `--key-variable: a variable that holds a key is needed, and ${variable} holds none; set it`,
    );
  return { authorization: `Bearer ${key}` };
}

async function ask(
  url: URL,
  headers: Readonly<Record<string, string>>,
  model: string,
  attempt: number,
): Promise<Timings> {
  // About a token a word, and no two prompts begin alike, so that no cache answers.
  const content = `${attempt} ${'word '.repeat(measuredPromptTokens - 12)}Write a long story.`;
  const body = JSON.stringify({
    model,
    messages: [{ role: 'user', content }],
    max_tokens: measuredOutputTokens,
    cache_prompt: false,
  });
  const answer = await textOf(url, { method: 'POST', headers, body });
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success)
    throw new MeasureError(
      `${url.host}: the timings of llama-server are needed, got an answer without; only llama.cpp tells them, so measure another engine in your own way and write it into verified`,
    );
  return parsed.data.timings;
}

async function textOf(url: URL, init: RequestInit): Promise<unknown> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(waitMilliseconds) });
    if (!response.ok)
      throw new MeasureError(`${url.host}: it answers ${response.status}; look at its address and key`);
    return await response.json();
  } catch (error) {
    if (error instanceof MeasureError) throw error;
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new MeasureError(`${url.host}: it cannot be asked: ${shown(why, 200)}`);
  }
}
