import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { EndpointAddress } from '../../stacks/own-machine';
import { shown } from '../../text/shown';
import { smallCall } from '../small-call';
import { isRunning } from './engine-process';
import type { Started } from './engine-process';
import { OwnMachineUnavailable } from './own-machine-error';

/** What every model is asked once it is loaded. */
export const question = 'Say hello in one short sentence.';

/** Loading takes as long as the disk reads. Unit: milliseconds. */
const loading = 600_000;
/** Of one answer on a slow machine. Unit: milliseconds. */
const answering = 300_000;
const answerTokens = 48;

const chatSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        message: z.looseObject({ content: z.string().nullish(), reasoning_content: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.looseObject({ completion_tokens: z.number().int().positive() }),
});
const vectorSchema = z.looseObject({
  data: z.array(z.looseObject({ embedding: z.array(z.number()).min(1) })).min(1),
});

/** Waits until a model is loaded. @throws {OwnMachineUnavailable} with what the engine said last, where it ended or takes too long */
export async function untilLoaded(
  { baseUrl, model }: EndpointAddress,
  engine: Started,
  log: string,
): Promise<void> {
  const health = new URL('/health', baseUrl);
  for (const deadline = Date.now() + loading; ; await wait(200)) {
    if (!isRunning(engine))
      throw new OwnMachineUnavailable(`${model}: the engine ended before it answered: ${lastOf(log)}`);
    const status = await statusOf(health);
    if (status === 200) return;
    if (Date.now() > deadline)
      throw new OwnMachineUnavailable(
        `${model}: the engine did not load it within ${loading / 60_000} minutes; ${log} tells what it did`,
      );
  }
}

async function statusOf(url: URL): Promise<number> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5000) })).status;
  } catch {
    return 0;
  }
}

function lastOf(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return `${shown(lines.slice(-3).join(' '), 500)} (${log})`;
}

/**
 * Asks a model for something, first without the key.
 * @returns what it answered: a text, or of how many numbers its vector is
 * @throws {OwnMachineUnavailable} where it answers without the key, or not at all
 */
export async function ask(address: EndpointAddress, key: string): Promise<string> {
  const { model } = address;
  const without = await post(address, undefined);
  if (without.status !== 401)
    throw new OwnMachineUnavailable(
      `${model}: it answers ${without.status} to a call without the key, and not 401`,
    );
  const { status, body } = await post(address, key);
  if (status !== 200)
    throw new OwnMachineUnavailable(
      `${model}: it answers ${status} to its first question: ${shown(body, 300)}`,
    );
  const text = address.api === 'openai-embeddings' ? vectorIn(body) : textIn(body);
  if (text === undefined)
    throw new OwnMachineUnavailable(`${model}: its first answer holds no token: ${shown(body, 300)}`);
  return text;
}

async function post(
  address: EndpointAddress,
  key: string | undefined,
): Promise<{ status: number; body: string }> {
  const { api, baseUrl, model } = address;
  const [path, input] = smallCall(address, question);
  const more = api === 'openai-embeddings' ? {} : { max_tokens: answerTokens, ...silent };
  const response = await fetch(`${baseUrl}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ ...input, ...more }),
    signal: AbortSignal.timeout(answering),
  }).catch((error: unknown) => {
    throw new OwnMachineUnavailable(`${model}: its first question was not answered (${String(error)})`);
  });
  return { status: response.status, body: await response.text() };
}

/** A model that can answer without thinking first does. */
const silent = { chat_template_kwargs: { enable_thinking: false } };

function textIn(body: string): string | undefined {
  const { choices: [first] = [] } = parsed(chatSchema, body) ?? {};
  if (!first) return undefined;
  const { content, reasoning_content } = first.message;
  return shown((content ?? '').trim() || (reasoning_content ?? '').trim(), 300);
}

function vectorIn(body: string): string | undefined {
  const length = parsed(vectorSchema, body)?.data[0]?.embedding.length;
  return length === undefined ? undefined : `a vector of ${length} numbers`;
}

function parsed<T>(schema: z.ZodType<T>, body: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
