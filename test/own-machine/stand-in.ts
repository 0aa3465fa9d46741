import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Stands in for llama-server: takes its arguments, refuses a key that is not the one of the file, and answers health, chat and
 * embeddings. What is no GGUF ends it, as it ends the real one.
 */
const program = `#!${process.execPath}
const { readFileSync } = require('node:fs');
const argument = name => process.argv[process.argv.indexOf(name) + 1];
if (process.argv.includes('--version')) {
  console.error('version: 10534 (2b56210)');
  process.exit(0);
}
const weights = readFileSync(argument('--model'), 'utf8');
if (!weights.startsWith('GGUF')) {
  console.error('error loading model: invalid magic characters: ' + weights.slice(0, 4));
  process.exit(1);
}
const key = readFileSync(argument('--api-key-file'), 'utf8').trim();
require('node:http').createServer((request, response) => {
  const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.url === '/health') return answer(200, { status: 'ok' });
  if (request.headers.authorization !== 'Bearer ' + key) return answer(401, { error: { message: 'Invalid API Key' } });
  if (request.url === '/v1/chat/completions')
    return answer(200, {
      choices: [{ message: { role: 'assistant', content: 'Hello from ' + argument('--alias') + '.' } }],
      usage: { completion_tokens: 4 },
    });
  if (request.url === '/v1/embeddings') return answer(200, { data: [{ embedding: [1, 2, 3] }] });
  answer(404, {});
}).listen(Number(argument('--port')), argument('--host'));
`;

export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/** An engine archive with the stand-in. @param folder to work in @returns its file */
export function packStandIn(folder: string): string {
  const engine = join(folder, 'pack', 'llama-b10534');
  mkdirSync(engine, { recursive: true });
  writeFileSync(join(engine, 'llama-server'), program);
  chmodSync(join(engine, 'llama-server'), 0o755);
  const archive = join(folder, 'engine.tar.gz');
  execFileSync('tar', ['-czf', archive, '-C', join(folder, 'pack'), 'llama-b10534']);
  return archive;
}

/** What is published, in an environment with this machine. */
export interface Published {
  readonly engine: { readonly url: string; readonly sha256: string };
  readonly weights: { readonly url: string; readonly sha256: string };
}

/** An environment of one chat on this machine. */
export function ownEnvironmentText({ engine, weights }: Published): string {
  const engines = ['amd64', 'arm64'].map(arch => ({
    arch,
    accelerator: 'cpu',
    version: 'b10534',
    ...engine,
  }));
  return JSON.stringify({
    name: 'local',
    weights: { small: { model: 'qwen3-0.6b', quantisation: 'Q4_K_M', revision: 'main', ...weights } },
    engines,
    devices: {
      mine: {
        site: 'here',
        hardware: { memoryGib: 1, memoryBandwidthGbs: 50, runsOn: 'cpu', arch: 'amd64' },
      },
    },
    workloads: [
      {
        name: 'assistant',
        task: 'chat',
        scope: 'focused',
        quality: 'any',
        residency: 'device',
        site: 'here',
        traffic: { requestsPerDay: 100, inputTokens: 400, outputTokens: 150 },
      },
    ],
  });
}
