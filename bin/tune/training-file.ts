import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FineTuningPlan } from '../../config';
import { readText } from '../../config/read-file';
import { TuneError } from './tune-error';

/** A file of examples that Azure takes, as far as that can be told here. */
export interface TrainingFile {
  /** As the environment names it. */
  readonly path: string;
  readonly text: string;
  /** Of its bytes, hexadecimal. */
  readonly sha256: string;
  readonly examples: number;
  /** About, at four characters a token. */
  readonly tokens: number;
}

/** https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning: fewer examples, or a larger file, are refused. */
const fewestExamples = 10;
const mostBytes = 512e6;

const charactersPerToken = 4;

/** Wrong lines that a message names. */
const namedLines = 5;

/**
 * Reads and checks a file of examples. No message has a word of what it says.
 * @param at key of the environment that names it
 * @throws {TuneError} naming the lines that are wrong
 */
export function trainingFile(
  directory: string,
  path: string,
  method: FineTuningPlan['method'],
  at: string,
): TrainingFile {
  const text = readText(join(directory, path), mostBytes);
  const lines = text.split('\n').map(line => line.trim());
  const wrong = lines.flatMap((line, i) => {
    const problem = line === '' ? undefined : problemOf(line, method);
    return problem === undefined ? [] : [`line ${i + 1}: ${problem}`];
  });
  const examples = lines.filter(line => line !== '').length;
  const bytes = Buffer.byteLength(text);
  const problems = [
    ...wrong.slice(0, namedLines),
    ...(wrong.length > namedLines ? [`${wrong.length - namedLines} more lines are wrong`] : []),
    ...(examples < fewestExamples
      ? [`at least ${fewestExamples} examples are needed, got ${examples}; add some`]
      : []),
    ...(bytes > mostBytes ? [`at most ${mostBytes} bytes are taken, got ${bytes}; leave some out`] : []),
  ];
  if (problems.length > 0)
    throw new TuneError(problems.map(problem => `${path} (fineTuning.${at}): ${problem}`).join('\n'));
  return {
    ...{ path, text, examples, tokens: Math.ceil(text.length / charactersPerToken) },
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

function problemOf(line: string, method: FineTuningPlan['method']): string | undefined {
  const example = parsed(line);
  if (typeof example !== 'object' || example === null) return 'one JSON object is needed; correct it';
  const keys = example as Record<string, unknown>;
  if (method === 'dpo') return problemOfPair(keys);
  if (!Array.isArray(keys.messages)) return 'a list of messages is needed; add it';
  return hasAnswer(keys.messages) ? undefined : 'a message of the role assistant is needed; add the answer';
}

function problemOfPair({
  input,
  preferred_output: better,
  non_preferred_output: worse,
}: Record<string, unknown>) {
  const { messages } = (input ?? {}) as { readonly messages?: unknown };
  if (!Array.isArray(messages)) return 'input.messages, a list, is needed with method dpo; add it';
  return Array.isArray(better) && Array.isArray(worse)
    ? undefined
    : 'preferred_output and non_preferred_output, lists of messages, are needed with method dpo; add them';
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function hasAnswer(messages: readonly unknown[]): boolean {
  return messages.some(each => (each as { readonly role?: unknown } | null)?.role === 'assistant');
}
