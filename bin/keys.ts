import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SecretUnavailable } from './connect/connect-error';
import { listedWorkload } from './connect/listed-workload';
import type { ListedWorkload } from './connect/listed-workload';
import { onDevice, regionOf, said } from './connect/secrets';
import { quoted } from './over-ssh';
import { UsageError } from './usage-error';

/** For how long the key before counts on machines and devices. Unit: days. */
const overlapDays = 7;
const day = 86_400_000;

/**
 * Gives the host or device of a workload another key. The one before it counts for a week beside the new one, so callers change in their
 * own time; a second one within that week would cut off who still has the first, and is refused. No key is printed or an argument of a program.
 */
export async function rotateKey(environment: string, workload: string): Promise<void> {
  const listed = listedWorkload(workload, environment);
  const { address } = listed;
  const from = await rotated(listed);
  const until = new Date(Date.now() + overlapDays * day).toISOString().slice(0, 10);
  process.stdout.write(
    [
      `${listed.workload} of ${environment}: another key is in ${address.keySource ?? ''}`,
      `  read it      ${from}: npx berth connect ${listed.workload} --environment ${environment} --env`,
      `  the one before counts until ${until}, for every model of the same host`,
      '',
    ].join('\n'),
  );
}

/** @returns when callers may use it */
async function rotated(listed: ListedWorkload): Promise<string> {
  const { environment, workload, address } = listed;
  const { auth, keySource = '' } = address;
  if (auth !== 'api-key')
    throw new UsageError(
      `${workload}: it has no key that could be changed, its callers show ${auth === 'none' ? 'nothing' : 'a token of Entra ID'}; name a workload on machines or devices`,
    );
  if (keySource.startsWith('file:'))
    throw new UsageError(
      `${workload}: its key is of this machine, in ${keySource.slice('file:'.length)}; run berth down, remove that file, and berth up makes another`,
    );
  const source = new URL(keySource);
  if (source.protocol === 'ssh:') {
    await rotateOnDevice(source, environment);
    return 'now';
  }
  await (source.protocol === 'https:'
    ? rotateInVault(source)
    : rotateInSecretsManager(source.pathname, regionOf(environment)));
  return 'in a quarter of an hour, when every machine has it';
}

async function rotateOnDevice(source: URL, environment: string): Promise<void> {
  const [, unit = ''] = /^\/etc\/berth\/([^/]+)\/api-key$/.exec(source.pathname) ?? [];
  // Why it refuses is said on standard output, which is shown of no program.
  const line = `sudo -n sh ${quoted(`/opt/berth/${unit}/berth-device.sh`)} rotate ${quoted(unit)} >&2`;
  await onDevice(source, environment, line, 'change it');
}

async function rotateInVault({ hostname, pathname }: URL): Promise<void> {
  const name = pathname.replace('/secrets/', '');
  const secret = ['--vault-name', hostname.replace(/\..*/, ''), '--name', name];
  const made = ['--query', '[].attributes.created', '--output', 'json'];
  refuseWithinOverlap(name, await said('az', ['keyvault', 'secret', 'list-versions', ...secret, ...made]));
  await withNewKey(file =>
    said('az', ['keyvault', 'secret', 'set', ...secret, '--file', file, '--output', 'none']),
  );
}

async function rotateInSecretsManager(name: string, region: string | undefined): Promise<void> {
  const where = ['--secret-id', name, ...(region === undefined ? [] : ['--region', region])];
  const versions = ['--query', 'Versions[].CreatedDate', '--output', 'json'];
  refuseWithinOverlap(
    name,
    await said('aws', ['secretsmanager', 'list-secret-version-ids', ...where, ...versions]),
  );
  await withNewKey(file =>
    said('aws', [
      'secretsmanager',
      'put-secret-value',
      ...where,
      '--secret-string',
      pathToFileURL(file).href,
      '--output',
      'text',
    ]),
  );
}

/** @param json when each version was made: dates, or seconds since 1970 */
function refuseWithinOverlap(name: string, json: string): void {
  const made = (JSON.parse(json) as readonly (string | number)[]).map(each =>
    typeof each === 'number' ? each * 1000 : Date.parse(each),
  );
  const newest = Math.max(...made);
  // The first one took the place of none.
  if (made.length < 2 || Date.now() - newest >= overlapDays * day) return;
  const until = new Date(newest + overlapDays * day).toISOString().slice(0, 10);
  throw new SecretUnavailable(
    `${name}: the key was changed less than ${overlapDays} days ago, and the one before it counts until ${until}; wait until then`,
  );
}

async function withNewKey(write: (file: string) => Promise<unknown>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-key-'));
  try {
    const file = join(folder, 'key');
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
    await write(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
