import { join } from 'node:path';
import { writeOutput } from '../config';
import { listedWorkload } from './connect/listed-workload';
import type { ListedWorkload } from './connect/listed-workload';
import { secretsOf } from './connect/secrets';
import { quoted } from './over-ssh';
import { foldersOf } from './own-machine/folders';
import { smallCall } from './small-call';
import { UsageError } from './usage-error';

export interface ConnectOptions {
  readonly environment?: string;
  readonly env?: boolean;
  readonly curl?: boolean;
  readonly key?: boolean;
  readonly json?: boolean;
}

/**
 * How to call a workload. The key is printed where a program is to read it (`--env`, `--json`, `--key`) and nowhere else; the
 * certificate, which is no secret, is written to a file.
 */
export async function connect(workload: string, options: ConnectOptions): Promise<void> {
  checkForm(options);
  const listed = listedWorkload(workload, options.environment);
  const secrets = secretsOf(listed);
  if (options.key) return print((await secrets.key()) ?? '');
  const certificate = await secrets.certificate();
  const file = certificate === undefined ? undefined : certificateFile(listed, certificate);
  if (options.env) return print(variables(listed, await secrets.key(), file));
  if (options.json) return print(document(listed, await secrets.key(), certificate, file));
  print(options.curl ? curlLine(listed, file) : summary(listed, file));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function checkForm({ env, curl, key, json }: ConnectOptions): void {
  if ([env, curl, key, json].filter(Boolean).length > 1)
    throw new UsageError('--env, --json, --curl and --key are one each; choose one of them');
}

function certificateFile({ environment, address }: ListedWorkload, certificate: string): string {
  const file = join(foldersOf(environment).state, `${new URL(address.baseUrl).hostname}.pem`);
  writeOutput(file, certificate, { makeDirectories: true });
  return file;
}

/** What clients of the OpenAI API read, and what makes Node.js, Python and curl trust the certificate. */
function variables(
  { address: { baseUrl, model } }: ListedWorkload,
  key: string | undefined,
  file: string | undefined,
): string {
  const values = {
    OPENAI_BASE_URL: baseUrl,
    OPENAI_MODEL: model,
    ...(key === undefined ? {} : { OPENAI_API_KEY: key }),
    ...(file === undefined ? {} : { NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file, CURL_CA_BUNDLE: file }),
  };
  return Object.entries(values)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join('\n');
}

function document(
  { environment, workload, address }: ListedWorkload,
  key: string | undefined,
  certificate: string | undefined,
  certificateFile: string | undefined,
): string {
  const secrets = {
    key: key ?? null,
    certificate: certificate ?? null,
    certificateFile: certificateFile ?? null,
  };
  return JSON.stringify({ environment, workload, ...address, ...secrets }, null, 2);
}

/** A line that asks for the key when it runs, so that no history of a shell holds it. */
function curlLine({ environment, workload, address }: ListedWorkload, file: string | undefined): string {
  const { auth, baseUrl } = address;
  const key = `$(npx berth connect ${workload} --environment ${environment} --key)`;
  const trust = file === undefined ? '' : ` --cacert ${quoted(file)}`;
  const authorization = auth === 'none' ? '' : ` -H "Authorization: Bearer ${key}"`;
  const [path, input] = smallCall(address);
  return `curl -s ${quoted(`${baseUrl}${path}`)}${trust}${authorization} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(input))}`;
}

function summary(listed: ListedWorkload, file: string | undefined): string {
  const { environment, workload, address } = listed;
  const { api, auth, baseUrl, model, audience, keySource } = address;
  const call = `npx berth connect ${workload} --environment ${environment}`;
  const keyed = {
    'api-key': `a key, from ${keySource ?? ''}`,
    'entra-id': `a token of Entra ID for ${audience ?? ''}`,
    none: 'none',
  };
  return [
    `${workload} of ${environment}: ${model}, by ${api}`,
    `  base URL     ${baseUrl}`,
    `  key          ${keyed[auth]}`,
    `  certificate  ${file ?? 'none of its own'}`,
    `  variables    eval "$(${call} --env)"`,
    `  curl         ${call} --curl`,
  ].join('\n');
}
