import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '../config';
import { defaultPrivateKeyFile, privateKeyVariable } from '../stacks/device-parts';

type Connection = NonNullable<Device['connection']>;

/**
 * Reaches a device as a deploy does: with the key of devices or one that SSH knows, and by the host key that the environment pins.
 * @param call gets the arguments of ssh, behind which the command comes
 */
export async function overSsh<T>(
  connection: Connection,
  call: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-ssh-'));
  try {
    const knownHosts = join(folder, 'known_hosts');
    writeFileSync(knownHosts, `${knownHost(connection)}\n`);
    return await call(sshArguments(connection, knownHosts));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A word for a shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function knownHost({ host, port, hostKey }: Connection): string {
  return `${port === 22 ? host : `[${host}]:${port}`} ${hostKey.trim()}`;
}

function sshArguments({ host, port, user }: Connection, knownHosts: string): string[] {
  const options = {
    BatchMode: 'yes',
    ForwardAgent: 'no',
    IdentityFile: process.env[`TF_VAR_${privateKeyVariable}`] ?? defaultPrivateKeyFile,
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: knownHosts,
    GlobalKnownHostsFile: devNull,
    ConnectTimeout: '30',
  };
  return [
    '-p',
    String(port),
    ...Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
    '--',
    `${user}@${host}`,
  ];
}
