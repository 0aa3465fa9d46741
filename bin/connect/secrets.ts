import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { environmentFiles, loadEnvironment, nameOf } from '../../config';
import type { Device, Environment } from '../../config';
import { shown } from '../../text/shown';
import { fromHome } from '../from-home';
import { overSsh, quoted } from '../over-ssh';
import { SecretUnavailable } from './connect-error';
import type { ListedWorkload } from './listed-workload';

/** What a caller reads with an identity of its own. */
interface Secrets {
  /** Key or token; undefined where none is needed. */
  readonly key: () => Promise<string | undefined>;
  /** The certificate of the host, without its key; undefined where a public one answers, or none. */
  readonly certificate: () => Promise<string | undefined>;
}

const keyName = /api-key$/;

/** Where the key and the certificate of a workload are, and how to get them; nothing is read before it is called. */
export function secretsOf({ environment, address }: ListedWorkload): Secrets {
  const { auth, audience, keySource = '' } = address;
  const none = (): Promise<undefined> => Promise.resolve(undefined);
  if (auth === 'none') return { key: none, certificate: none };
  if (auth === 'entra-id') return { key: () => token(String(audience)), certificate: none };
  if (keySource.startsWith('file:')) return { key: () => fileKey(keySource), certificate: none };
  const source = new URL(keySource);
  const beside = keySource.replace(keyName, 'certificate');
  if (source.protocol === 'https:')
    return { key: () => vaultSecret(keySource), certificate: () => vaultCertificate(beside) };
  if (source.protocol === 'secretsmanager:') {
    const read = (name: string): Promise<string> => managedSecret(name, regionOf(environment));
    return {
      key: () => read(source.pathname),
      certificate: async () => onlyCertificate(await read(beside.slice(source.protocol.length))),
    };
  }
  const device = (command: string): Promise<string> => onDevice(source, environment, command);
  const tls = source.pathname.replace(keyName, 'tls.pem');
  const published = source.pathname.replace(/^\/etc/, '/opt').replace(keyName, 'certificate.pem');
  return {
    key: () => device(`sudo -n cat ${quoted(source.pathname)}`),
    // The next certificate is there before it is used. What an earlier release set up has only the pair, whose key stays on the device.
    certificate: async () =>
      onlyCertificate(
        await device(`cat ${quoted(published)} 2>/dev/null || sudo -n openssl x509 -in ${quoted(tls)}`),
      ),
  };
}

async function vaultCertificate(id: string): Promise<string> {
  return onlyCertificate(await vaultSecret(id));
}

function vaultSecret(id: string): Promise<string> {
  return said('az', ['keyvault', 'secret', 'show', '--id', id, '--query', 'value', '--output', 'tsv']);
}

/** A token of the caller's own login with the Azure CLI. */
export function token(audience: string): Promise<string> {
  return said('az', [
    'account',
    'get-access-token',
    '--scope',
    audience,
    '--query',
    'accessToken',
    '--output',
    'tsv',
  ]);
}

function managedSecret(name: string, region: string | undefined): Promise<string> {
  const where = region === undefined ? [] : ['--region', region];
  const what = ['--secret-id', name, '--query', 'SecretString', '--output', 'text'];
  return said('aws', ['secretsmanager', 'get-secret-value', ...what, ...where]);
}

function fileKey(source: string): Promise<string> {
  const path = fromHome(source.slice('file:'.length));
  try {
    return Promise.resolve(readFileSync(path, 'utf8').trim());
  } catch {
    throw new SecretUnavailable(
      `${path} cannot be read, and has the key of the models on this machine; run berth up`,
    );
  }
}

export async function onDevice(
  source: URL,
  environment: string,
  command: string,
  what?: string,
): Promise<string> {
  const device = deviceAt(source, environment);
  return overSsh(device, args => said('ssh', [...args, command], what));
}

/** The host key is the one that the environment pins. */
function deviceAt({ hostname, port, username }: URL, environment: string): NonNullable<Device['connection']> {
  const connections = Object.values(environmentOf(environment)?.devices ?? {}).flatMap(
    each => each.connection ?? [],
  );
  const found = connections.find(each => each.host === hostname && String(each.port) === (port || '22'));
  if (found) return { ...found, user: username };
  throw new SecretUnavailable(
    `${hostname}: the host key of this device is needed, and no device of ${environment} in this project is reached there; run it in the project that deployed it`,
  );
}

export function regionOf(environment: string): string | undefined {
  return environmentOf(environment)?.aws?.region;
}

function environmentOf(name: string): Environment | undefined {
  const file = environmentFiles(process.cwd()).find(each => nameOf(each) === name);
  return file === undefined ? undefined : loadEnvironment(file);
}

/** The certificates of a text, and nothing else of it: a key that lies beside them is not handed on. */
function onlyCertificate(text: string): string {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  for (const each of found) new X509Certificate(each);
  if (found.length === 0)
    throw new SecretUnavailable('a certificate in PEM is needed, got none; deploy the host again');
  return `${found.join('\n')}\n`;
}

const run = promisify(execFile);

/** What a program of the caller prints. What it says of a failure is shown, never what it printed: that may be a part of a secret. */
export async function said(program: string, args: readonly string[], what = 'read it'): Promise<string> {
  try {
    return (await run(program, [...args], { env: process.env })).stdout.trim();
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { readonly stderr?: string };
    if (code === 'ENOENT')
      throw new SecretUnavailable(
        `${program}: it is not on the path, and the key is read with it; install it, and log in`,
      );
    throw new SecretUnavailable(
      `${program} could not ${what}: ${shown(stderr.trim().split('\n').at(-1) ?? '', 300)}`,
    );
  }
}
