import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { fourDigits, measuredOutputTokens, measuredPromptTokens } from '../sizing';
import { shown } from '../text/shown';
import { MeasureError } from './measure-error';

/** What was measured, and with what. */
export interface Speeds {
  readonly promptTokensPerSecond: number;
  /** Undefined for a model that puts out none. */
  readonly decodeTokensPerSecond: number | undefined;
  readonly by: string;
}

/** What of a result of `llama-bench -o json` is used; there is more. */
const resultSchema = z.looseObject({
  build_commit: z.string(),
  cpu_info: z.string().default(''),
  gpu_info: z.string().default(''),
  backends: z.string().default(''),
  n_prompt: z.number(),
  n_gen: z.number(),
  avg_ts: z.number().positive(),
});
type Result = z.output<typeof resultSchema>;

const run = promisify(execFile);

/** What `llama-bench` is asked of a file. */
export function benchArguments(file: string, isEmbedding: boolean): string[] {
  const tokens = ['-p', `${measuredPromptTokens}`, '-n', `${isEmbedding ? 0 : measuredOutputTokens}`];
  return ['-m', file, ...tokens, ...(isEmbedding ? ['-embd', '1'] : []), '-o', 'json'];
}

/**
 * What `llama-bench` says.
 * @param command that is llama-bench, or that reaches one, looked up on the path
 * @param args of it, with those of `benchArguments`
 * @throws {MeasureError} when it cannot be run, fails, or prints something else
 */
export async function benchSpeeds(
  command: string,
  args: readonly string[],
  isEmbedding: boolean,
): Promise<Speeds> {
  const results = resultsIn(await outputOf(command, args), command);
  const speedOf = (is: (result: Result) => boolean): number | undefined => results.find(is)?.avg_ts;
  const promptTokensPerSecond = speedOf(({ n_prompt, n_gen }) => n_prompt > 0 && n_gen === 0);
  const decodeTokensPerSecond = speedOf(({ n_prompt, n_gen }) => n_prompt === 0 && n_gen > 0);
  if (promptTokensPerSecond === undefined || (decodeTokensPerSecond === undefined && !isEmbedding))
    throw new MeasureError(
      `${command}: results of a prompt and of generated tokens are needed, got ${results.length}; use a llama-bench of llama.cpp that prints both`,
    );
  return {
    promptTokensPerSecond: fourDigits(promptTokensPerSecond),
    decodeTokensPerSecond:
      decodeTokensPerSecond === undefined ? undefined : fourDigits(decodeTokensPerSecond),
    by: `llama-bench ${results[0]?.build_commit ?? ''}, ${hardwareOf(results[0])}`,
  };
}

async function outputOf(command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(command, [...args], { maxBuffer: 16 * 2 ** 20, env: process.env });
    return stdout;
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === 'ENOENT')
      throw new MeasureError(
        command === 'ssh'
          ? 'ssh: it is not on the path; install OpenSSH, or run berth measure on the device with --file'
          : `${command}: it is not on the path; install llama.cpp, which has it, or name it with --bench`,
      );
    const said = stderr.trim().split('\n').at(-1) ?? '';
    throw new MeasureError(`${command}: it failed and said ${said === '' ? 'nothing' : shown(said, 300)}`);
  }
}

function resultsIn(text: string, command: string): readonly Result[] {
  try {
    return z.array(resultSchema).min(1).parse(JSON.parse(text));
  } catch {
    throw new MeasureError(
      `${command}: results of llama-bench -o json are needed, got ${shown(text.trim(), 100)}; use one of llama.cpp`,
    );
  }
}

function hardwareOf(result: Result | undefined): string {
  const name = result?.gpu_info === '' ? result.cpu_info : (result?.gpu_info ?? '');
  return `${name === '' ? 'unknown hardware' : shown(name, 100)}${result?.backends ? ` (${shown(result.backends, 40)})` : ''}`;
}
