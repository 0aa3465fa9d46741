import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateKeyVariable } from '../stacks/device-parts';
import { fromHome } from './from-home';
import type { Stack } from '../rehearsal/run';

/** A resource that is set up over SSH. */
interface Connected {
  readonly connection?: { readonly type?: string; readonly private_key?: string };
}

const howTo = (file: string): string =>
  `make one with ssh-keygen -t ed25519 -N '' -f ${file}, and let it in on each device with ssh-copy-id -i ${file}.pub; another file is named by TF_VAR_${privateKeyVariable}`;

/**
 * What keeps stacks from reaching their devices: Terraform connects with a private key from a file, because it would forward an SSH agent to
 * each device. A line, or none.
 */
export function deviceKeyProblems(stacks: readonly Stack[], environment: NodeJS.ProcessEnv): string[] {
  const asking = stacks.filter(connects);
  if (asking.length === 0) return [];
  const declared = asking[0]?.json.variable?.[privateKeyVariable] as
    { readonly default?: string } | undefined;
  const file = environment[`TF_VAR_${privateKeyVariable}`] ?? declared?.default ?? '';
  const why = `${asking.map(({ name }) => name).join(', ')} sets up devices over SSH`;
  let text: string;
  try {
    text = readFileSync(fromHome(file, environment.HOME), 'utf8');
  } catch {
    return [`there is no private key at ${file}, and ${why}: ${howTo(file)}`];
  }
  return hasPassphrase(text)
    ? [
        `the private key at ${file} has a passphrase, and ${why}, where nobody can be asked: ${howTo(join(file, '..', 'berth'))}`,
      ]
    : [];
}

function connects({ json }: Stack): boolean {
  const resources = Object.values(json.resource ?? {}).flatMap(ofType =>
    Object.values(ofType),
  ) as Connected[];
  return resources.some(
    ({ connection }) =>
      connection?.type === 'ssh' && connection.private_key?.includes(`var.${privateKeyVariable}`),
  );
}

/** OpenSSH's own format names a cipher after its magic (PROTOCOL.key of OpenSSH); the older one says it in its head. */
function hasPassphrase(text: string): boolean {
  if (/ENCRYPTED/.test(text)) return true;
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)/.exec(text)?.[1];
  if (body === undefined) return false;
  const cipher = Buffer.from(body, 'base64').subarray('openssh-key-v1\0'.length + 4);
  return !cipher.toString('latin1').startsWith('none');
}
